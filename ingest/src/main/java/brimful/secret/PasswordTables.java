package brimful.secret;

import brimful.corpus.DocumentId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Finds the cells below a heading such as `password`: in tables whose cells have bars or tabs
/// between them, as those of Markdown, sheets and pages. Files of values are read by
/// [PasswordRecords].
///
/// A table that goes on in the next text of its document has its heading there, too. A line is
/// looked at only below a heading, and where one may be: the time is linear. For one thread.
final class PasswordTables {
  static final String RULE = "table-password";

  /// What a heading has, as it is written; each is looked for on its own.
  private static final List<String> HEADINGS =
      List.of("assw", "ASSW", "assphrase", "ASSPHRASE", "ennwort", "pwd", "Pwd", "PWD");

  private static final Pattern NAME =
      Pattern.compile(
          "(?i)[\\w .-]{0,40}(?:password|passwd|passwort|passphrase|kennwort|pwd)(?:[ _-]?[0-9]{1,2})?");

  /// What a sentence has, and the name of a column has not.
  private static final Pattern SENTENCE =
      Pattern.compile(
          "(?i).*(?:\\b(?:my|your|the|an?|i|how|is|if|to|forgot|forgotten)\\b|(?:\\S+\\s+){4}).*");

  private static final Pattern SHORT_NAME =
      Pattern.compile("(?:[#№]|\\p{L}[\\p{L} _./()&:-]{0,38}[0-9]{0,2})?");

  /// What stands in an empty cell; all else in a file of values is one.
  private static final Pattern NO_VALUE =
      Pattern.compile(
          "(?i)null|none|nil|empty|undefined|redacted|true|false|\\$\\{[^{}]*}|\\{\\{[^{}]*}}|<[^<>]*>"
              + "|\\[secret: [^\\]]*]|x+|[^\\p{L}\\p{N}]*");

  private static final Pattern RULER = Pattern.compile("[|:\\-\\s+=]{3,2000}");

  private static final int LINE_MAX = 20_000;
  private static final int NAME_MAX = 80;
  private static final int CELL_MIN = 4;
  private static final int CELL_MAX = 200;
  private static final int CHOSEN_MIN = 6;

  /// Words of this length rarely describe something.
  private static final int PHRASE_MIN = 14;

  /// How far above a row its ruler is, in lines, and how long they are.
  private static final int RULER_LINES_MAX = 20;

  private static final int RULER_LINE_MAX = 400;

  private PasswordRecords records = new PasswordRecords();
  private Optional<Heading> open = Optional.empty();
  private Optional<DocumentId> document = Optional.empty();

  /// @param mark what is between two cells
  /// @param cells how many a row has
  /// @param secret which of them are passwords
  private record Heading(char mark, int cells, List<Integer> secret) {
    /// Empty cells at the end may be left out, and in sheets all but the first.
    boolean isRow(int size, Assignments.Kind kind) {
      int least = kind == Assignments.Kind.SHEET ? 1 : 2;
      return size == cells || (size >= least && size < cells && mark == '|');
    }
  }

  /// Where a cell is.
  private record Cell(int start, int end) {}

  /// Returns the passwords in a text, in order.
  ///
  /// @param text it goes on with that of the last call if that was for the same document
  List<SecretSpan> spans(DocumentId id, String text, Assignments.Kind kind) {
    var found = new ArrayList<SecretSpan>();
    if (document.filter(id::equals).isEmpty()) {
      records = new PasswordRecords();
    }
    if (kind == Assignments.Kind.TABLE) {
      document = Optional.of(id);
      records.read(text, found);
      return found;
    }
    int at = 0;
    if (open.isPresent() && document.filter(id::equals).isPresent()) {
      at = rows(text, 0, open.get(), kind, found);
    }
    document = Optional.of(id);
    int[] next = new int[HEADINGS.size()];
    Arrays.fill(next, -1);
    while (at < text.length()) {
      open = Optional.empty();
      int hit = hit(text, at, next);
      if (hit < 0) {
        return found;
      }
      int table =
          HtmlTables.column(
              text, hit, PasswordTables::isName, (from, to) -> add(text, from, to, kind, found));
      if (table >= 0) {
        at = Math.max(table, hit + 1);
        continue;
      }
      int line = text.lastIndexOf('\n', hit) + 1;
      int end = lineEnd(text, hit);
      Optional<Heading> heading =
          end - line > LINE_MAX ? Optional.empty() : heading(text, line, end);
      at = Math.min(text.length(), end + 1);
      if (heading.isPresent()) {
        open = heading;
        at = rows(text, at, heading.get(), kind, found);
      } else if (end - line <= RULER_LINE_MAX) {
        pair(text, line, end, found);
      }
    }
    return found;
  }

  /// Returns where the next heading may be; -1 if nowhere.
  private static int hit(String text, int from, int[] next) {
    int first = -1;
    for (int i = 0; i < next.length; i++) {
      if (next[i] < from && next[i] != Integer.MAX_VALUE) {
        int found = text.indexOf(HEADINGS.get(i), from);
        next[i] = found < 0 ? Integer.MAX_VALUE : found;
      }
      if (next[i] != Integer.MAX_VALUE && (first < 0 || next[i] < first)) {
        first = next[i];
      }
    }
    return first;
  }

  private static Optional<Heading> heading(String text, int line, int end) {
    for (char mark : "\t|".toCharArray()) {
      List<Cell> cells = cells(text, line, end, mark);
      var secret = new ArrayList<Integer>();
      boolean names = true;
      for (int i = 0; i < cells.size(); i++) {
        String name = text.substring(cells.get(i).start(), cells.get(i).end());
        if (isName(name)) {
          secret.add(i);
        }
        names &= isName(name) || SHORT_NAME.matcher(name).matches();
      }
      if (names
          && cells.size() > 1
          && !secret.isEmpty()
          && isFirst(text, line, mark, cells.size())) {
        return Optional.of(new Heading(mark, cells.size(), secret));
      }
    }
    return Optional.empty();
  }

  /// Returns whether a cell is the name of a column of passwords, rather than a sentence.
  static boolean isName(String text) {
    return text.length() <= NAME_MAX
        && NAME.matcher(text).matches()
        && !SENTENCE.matcher(text).matches();
  }

  /// Adds the value of a row such as `password | value`, unless it is in a table with a ruler:
  /// those of manuals describe options.
  private static void pair(String text, int line, int end, List<SecretSpan> found) {
    List<Cell> cells = new ArrayList<>(cells(text, line, end, '|'));
    if (cells.size() == 4) {
      cells.removeIf(cell -> cell.start() == cell.end());
    }
    if (cells.size() != 2
        || !isName(text.substring(cells.getFirst().start(), cells.getFirst().end()))
        || isBelowRuler(text, line)) {
      return;
    }
    add(text, cells.getLast().start(), cells.getLast().end(), Assignments.Kind.TEXT, found);
  }

  private static boolean isBelowRuler(String text, int line) {
    int below = line;
    for (int i = 0; i < RULER_LINES_MAX && below > 0; i++) {
      int start = below - 1;
      while (start > 0 && below - start < RULER_LINE_MAX && text.charAt(start - 1) != '\n') {
        start--;
      }
      String above = text.substring(start, below - 1);
      if (above.indexOf('|') < 0) {
        return false;
      }
      if (RULER.matcher(above).matches()) {
        return true;
      }
      below = start;
    }
    return false;
  }

  /// A row among others may have such a word, too.
  private static boolean isFirst(String text, int line, char mark, int cells) {
    int before = text.lastIndexOf('\n', line - 2) + 1;
    return line == 0
        || line - before > LINE_MAX
        || cells(text, before, line - 1, mark).size() != cells;
  }

  static void add(String text, int from, int to, Assignments.Kind kind, List<SecretSpan> found) {
    if (isPassword(text.substring(from, to), kind)) {
      found.add(new SecretSpan(from, to, RULE));
    }
  }

  /// Adds the passwords of rows, and returns where the first line begins that is none.
  private static int rows(
      String text, int from, Heading heading, Assignments.Kind kind, List<SecretSpan> found) {
    int line = from;
    while (line < text.length()) {
      int end = lineEnd(text, line);
      if (end - line > LINE_MAX) {
        return line;
      }
      List<Cell> cells = cells(text, line, end, heading.mark());
      boolean ruler = RULER.matcher(text.substring(line, end)).matches();
      if (!ruler && !heading.isRow(cells.size(), kind)) {
        return line;
      }
      if (!ruler) {
        for (int place : heading.secret()) {
          if (place < cells.size()) {
            add(text, cells.get(place).start(), cells.get(place).end(), kind, found);
          }
        }
      }
      line = Math.min(text.length(), end + 1);
    }
    return line;
  }

  /// A cell of a page may describe something; one of a file of values is one.
  static boolean isPassword(String value, Assignments.Kind kind) {
    if (value.length() < CELL_MIN || value.length() > CELL_MAX) {
      return false;
    }
    if (kind == Assignments.Kind.TABLE || kind == Assignments.Kind.SHEET) {
      return !NO_VALUE.matcher(value).matches();
    }
    if (Placeholders.isPlaceholder(value)
        || value.startsWith("-")
        || value.startsWith("/")
        || isName(value)) {
      return false;
    }
    return value.indexOf(' ') < 0
        && (Assignments.isChosen(value, CHOSEN_MIN) || Assignments.isPhrase(value, PHRASE_MIN));
  }

  private static int lineEnd(String text, int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }

  /// Returns the cells of a line, without blanks and quotes around them.
  private static List<Cell> cells(String text, int line, int end, char mark) {
    var cells = new ArrayList<Cell>();
    int start = line;
    boolean quoted = false;
    for (int i = line; i <= end; i++) {
      char c = i < end ? text.charAt(i) : '\n';
      if (c == '"' && mark != '|' && (quoted || isBlank(text, start, i))) {
        quoted = !quoted;
      }
      if (i == end || (c == mark && !quoted)) {
        cells.add(trimmed(text, start, i));
        start = i + 1;
      }
    }
    return cells;
  }

  private static boolean isBlank(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) != ' ') {
        return false;
      }
    }
    return true;
  }

  private static Cell trimmed(String text, int from, int to) {
    int start = from;
    int end = to;
    while (start < end && " \t\r\"*`".indexOf(text.charAt(start)) >= 0) {
      start++;
    }
    while (end > start && " \t\r\"*`".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return new Cell(start, end);
  }
}
