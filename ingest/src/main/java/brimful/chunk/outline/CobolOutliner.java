package brimful.chunk.outline;

import brimful.chunk.outline.Definition.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds programs, sections, paragraphs, files and records in COBOL, in fixed and in free form.
///
/// A paragraph has no word before its name: it stands in the margin of the procedure division,
/// where no statement begins.
final class CobolOutliner implements Outliner {
  private static final int HEADER_MAX = 400;

  /// How many columns the line numbers take.
  private static final int NUMBER_COLUMNS = 6;

  /// How much deeper than its division's header a paragraph may begin.
  private static final int MARGIN_COLUMNS = 3;

  private static final Pattern DIVISION =
      header("(?<name>identification|id|environment|data|procedure)\\s++division\\b");
  private static final Pattern PROGRAM =
      header("(?<label>program|function|class|method)-id\\s*+\\.?\\s*+[\"']?(?<name>[\\w-]++)");
  private static final Pattern END = header("end\\s++(?:program|function|class|method)\\b");
  private static final Pattern SECTION =
      header("(?<name>[\\w-]++)\\s++(?<label>section)(?:\\s++\\d++)?\\s*+\\.");
  private static final Pattern PARAGRAPH =
      header("(?<name>\\w[\\w-]*+)(?<label>)\\s*+\\.(?:\\s.*+)?");
  private static final Pattern DATA =
      header("(?:(?:fd|sd)|0?1|7[78])\\s++(?!filler\\b)(?<name>[a-z0-9][\\w-]*+)(?<label>)");

  /// Statements of one word.
  private static final Pattern STATEMENT =
      header("exit|continue|goback|else|stop|return|declaratives|eject|skip[123]|end-[\\w-]++");

  private static Pattern header(String pattern) {
    return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
  }

  @Override
  public List<Definition> outline(Lines lines) {
    return new Parse(lines).definitions();
  }

  /// One pass over a text.
  private static final class Parse {
    private final Lines lines;
    private final String text;
    private final Nesting nesting;
    private final Deque<DefinitionStart> programs = new ArrayDeque<>();
    private DefinitionStart section = DefinitionStart.NONE;

    /// A paragraph, a file or a record.
    private DefinitionStart part = DefinitionStart.NONE;

    private String division = "";
    private int margin = NUMBER_COLUMNS + 1 + MARGIN_COLUMNS;

    /// The line of an identification division, until its program has a name.
    private int identification = -1;

    private int lastCode;

    Parse(Lines lines) {
      this.lines = lines;
      this.text = lines.text();
      this.nesting = new Nesting(lines, List.of());
    }

    List<Definition> definitions() {
      for (int line = 0; line < lines.count(); line++) {
        if (codeStart(line) < lines.end(line) && !comment(line)) {
          read(line);
          lastCode = line;
        }
      }
      endSection();
      while (!programs.isEmpty()) {
        nesting.add(programs.pop(), lastCode);
      }
      return nesting.nested();
    }

    private boolean comment(int line) {
      int mark = lines.start(line) + NUMBER_COLUMNS;
      boolean marked = mark < lines.end(line) && "*/".indexOf(text.charAt(mark)) >= 0;
      return text.startsWith("*", lines.firstInk(line)) || (marked && numbers(line));
    }

    /// Returns whether the first columns hold a line's number or nothing.
    private boolean numbers(int line) {
      int start = lines.start(line);
      if (lines.end(line) - start < NUMBER_COLUMNS) {
        return false;
      }
      for (int at = start; at < start + NUMBER_COLUMNS; at++) {
        if (text.charAt(at) != ' ' && (text.charAt(at) < '0' || text.charAt(at) > '9')) {
          return false;
        }
      }
      int mark = start + NUMBER_COLUMNS;
      return mark == lines.end(line) || " *-/dD".indexOf(text.charAt(mark)) >= 0;
    }

    private int codeStart(int line) {
      int at = numbers(line) ? lines.start(line) + NUMBER_COLUMNS : lines.start(line);
      while (at < lines.end(line) && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
      return at;
    }

    private void read(int line) {
      int ink = codeStart(line);
      int indent = ink - lines.start(line);
      Matcher matcher = DIVISION.matcher(text);
      matcher.region(ink, Math.min(lines.end(line), ink + HEADER_MAX));
      if (matcher.lookingAt()) {
        endSection();
        division = matcher.group("name").toLowerCase(Locale.ROOT);
        identification = division.startsWith("id") ? line : identification;
        margin = indent + MARGIN_COLUMNS;
      } else if (matcher.usePattern(PROGRAM).lookingAt()) {
        endSection();
        int first = lead(identification < 0 ? line : identification);
        identification = -1;
        programs.push(start(matcher, Kind.TYPE, matcher.group("label"), first, line));
      } else if (matcher.usePattern(END).lookingAt()) {
        endSection();
        if (!programs.isEmpty()) {
          nesting.add(programs.pop(), line);
        }
      } else if (indent <= margin && matcher.usePattern(SECTION).lookingAt()) {
        endSection();
        if (division.equals("procedure")) {
          section = start(matcher, Kind.FUNCTION, "section", lead(line), line);
        }
      } else if (!division.equals("procedure") && matcher.usePattern(DATA).lookingAt()) {
        data(matcher, line);
      } else if (indent <= margin && (division.equals("procedure") || division.isEmpty())) {
        paragraph(matcher, line);
      }
    }

    private void data(Matcher matcher, int line) {
      boolean constant = text.charAt(matcher.start()) == '7';
      endPart();
      if (constant) {
        var start = start(matcher, Kind.CONSTANT, "", line, line);
        nesting.addTo(start, matcher.end("name"));
      } else {
        boolean file = Character.isLetter(text.charAt(matcher.start()));
        part = start(matcher, Kind.TYPE, file ? "file" : "record", lead(line), line);
      }
    }

    private void paragraph(Matcher matcher, int line) {
      if (matcher.usePattern(PARAGRAPH).matches()
          && !STATEMENT.matcher(matcher.group("name")).matches()) {
        endPart();
        part = start(matcher, Kind.FUNCTION, "paragraph", lead(line), line);
      }
    }

    private static DefinitionStart start(
        Matcher matcher, Kind kind, String label, int first, int line) {
      return new DefinitionStart(
          matcher.group("name"),
          kind,
          label.toLowerCase(Locale.ROOT),
          first,
          line,
          matcher.start("name"));
    }

    private int lead(int line) {
      int first = line;
      while (first > 0 && !lines.blank(first - 1) && comment(first - 1)) {
        first--;
      }
      return first;
    }

    private void endPart() {
      nesting.add(part, lastCode);
      part = DefinitionStart.NONE;
    }

    private void endSection() {
      endPart();
      nesting.add(section, lastCode);
      section = DefinitionStart.NONE;
    }
  }
}
