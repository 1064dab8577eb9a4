package brimful.extract.format;

/// Collects text in lines and paragraphs: no trailing blanks, and never more than one empty line.
///
/// Not thread-safe.
public final class TextWriter {
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder blanks = new StringBuilder();
  private final boolean collapse;
  private boolean flow;
  private String prefix = "";
  private int breaks;

  /// @param flow whether any blanks and line breaks in what is written are just one blank
  /// @param collapse whether any blanks are just one blank, though line breaks count
  public TextWriter(boolean flow, boolean collapse) {
    this.flow = flow;
    this.collapse = collapse;
  }

  public void flow(boolean on) {
    flow = on;
  }

  /// Makes what follows begin on a line of its own.
  public void line() {
    breaks = Math.max(breaks, 1);
    blanks.setLength(0);
  }

  /// Makes what follows begin after an empty line.
  public void block() {
    if (prefix.isEmpty()) {
      breaks = 2;
      blanks.setLength(0);
    }
  }

  /// Puts something in front of what follows; an empty mark takes it back.
  public void prefix(String mark) {
    prefix = mark;
  }

  public void write(String characters) {
    for (int i = 0; i < characters.length(); i++) {
      char c = characters.charAt(i);
      if (c == '\n' && !flow) {
        breaks = Math.min(2, breaks + 1);
        blanks.setLength(0);
      } else if (c == ' ' || c == '\t' || c == '\n' || c == '\u00a0') {
        blanks.append(c == '\t' ? '\t' : ' ');
      } else {
        begin();
        text.append(c);
      }
    }
  }

  /// Keeps apart what stands on one line.
  public void blank() {
    if (breaks == 0 && blanks.isEmpty()) {
      blanks.append(' ');
    }
  }

  public String text() {
    return text.toString();
  }

  /// Writes the breaks, the prefix and the blanks that wait for a character.
  private void begin() {
    if (breaks > 0 && !text.isEmpty()) {
      text.append("\n".repeat(breaks));
    }
    boolean atStart = breaks > 0 || text.isEmpty();
    if (!prefix.isEmpty()) {
      text.append(prefix);
      prefix = "";
    } else if (!flow && !collapse) {
      text.append(blanks);
    } else if (!blanks.isEmpty() && !atStart) {
      text.append(' ');
    }
    breaks = 0;
    blanks.setLength(0);
  }
}
