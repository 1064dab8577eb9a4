package brimful.chunk.outline;

import java.util.BitSet;

/// Finds lines that continue the one before: inside brackets or a multi-line string.
final class LogicalLines {
  private final BitSet continued = new BitSet();

  /// @param counts whether to look at all; in languages with closing words, no line continues
  LogicalLines(Lines lines, boolean counts) {
    if (counts) {
      read(lines);
    }
  }

  boolean continues(int line) {
    return continued.get(line);
  }

  private void read(Lines lines) {
    String text = lines.text();
    int brackets = 0;
    int at = 0;
    for (int line = 0; line < lines.count(); line++) {
      int end = lines.end(line);
      if (at > lines.start(line) || brackets > 0) {
        continued.set(line);
      }
      at = Math.max(at, lines.start(line));
      while (at < end) {
        char c = text.charAt(at);
        if (c == '#') {
          break;
        }
        if (c == '"' || c == '\'') {
          at = afterString(text, at, end);
          continue;
        }
        brackets += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 && brackets > 0 ? -1 : 0;
        at++;
      }
      if (brackets > 0 && line + 1 < lines.count() && definesAtMargin(lines, line + 1)) {
        brackets = 0;
      }
    }
  }

  /// A definition at the margin cannot be inside brackets, so one was left open.
  private static boolean definesAtMargin(Lines lines, int line) {
    String text = lines.text();
    int start = lines.start(line);
    return text.startsWith("def ", start) || text.startsWith("class ", start);
  }

  private static int afterString(String text, int at, int lineEnd) {
    char quote = text.charAt(at);
    String three = String.valueOf(quote).repeat(3);
    boolean triple = text.startsWith(three, at);
    int end = triple ? text.length() : lineEnd;
    for (int i = at + (triple ? 3 : 1); i < end; i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == quote && (!triple || text.startsWith(three, i))) {
        return i + (triple ? 3 : 1);
      }
    }
    return end;
  }
}
