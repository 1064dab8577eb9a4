package brimful.secret;

import brimful.corpus.DocumentId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Finds the cells below a heading such as `password`: in tables whose cells have bars or tabs
/// between them, as those of Markdown and of pages, and in files of comma-separated values.
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

  private static final Pattern RULER = Pattern.compile("[|:\\-\\s+=]{3,2000}");

  private static final int LINE_MAX = 20_000;
  private static final int NAME_MAX = 80;
  private static final int CELL_MIN = 4;
  private static final int CELL_MAX = 200;
  private static final int CHOSEN_MIN = 6;

  /// Words of this length rarely describe something.
  private static final int PHRASE_MIN = 14;

  private Optional<Heading> open = Optional.empty();
  private Optional<DocumentId> document = Optional.empty();

  /// @param mark what is between two cells
  /// @param cells how many a row has
  /// @param secret which of them are passwords
  private record Heading(char mark, int cells, List<Integer> secret) {
    /// Empty cells at the end may be left out.
    boolean isRow(int size) {
      return size == cells || (size > 1 && size < cells && mark == '|');
    }
  }

  /// Where a cell is.
  private record Cell(int start, int end) {}

  /// Returns the passwords in a text, in order.
  ///
  /// @param text it goes on with that of the last call if that was for the same document
  List<SecretSpan> spans(DocumentId id, String text, Assignments.Kind kind) {
    var found = new ArrayList<SecretSpan>();
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
          end - line > LINE_MAX ? Optional.empty() : heading(text, line, end, kind);
      at = Math.min(text.length(), end + 1);
      if (heading.isPresent()) {
        open = heading;
        at = rows(text, at, heading.get(), kind, found);
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

  private static Optional<Heading> heading(String text, int line, int end, Assignments.Kind kind) {
    for (char mark : (kind == Assignments.Kind.TABLE ? "\t|;," : "\t|").toCharArray()) {
      List<Cell> cells = cells(text, line, end, mark);
      var secret = new ArrayList<Integer>();
      for (int i = 0; i < cells.size(); i++) {
        String name = text.substring(cells.get(i).start(), cells.get(i).end());
        if (isName(name)) {
          secret.add(i);
        }
      }
      if (cells.size() > 1 && !secret.isEmpty() && isFirst(text, line, mark, cells.size())) {
        return Optional.of(new Heading(mark, cells.size(), secret));
      }
    }
    return Optional.empty();
  }

  private static boolean isName(String text) {
    return text.length() <= NAME_MAX && NAME.matcher(text).matches();
  }

  /// A row among others may have such a word, too.
  private static boolean isFirst(String text, int line, char mark, int cells) {
    int before = text.lastIndexOf('\n', line - 2) + 1;
    return line == 0
        || line - before > LINE_MAX
        || cells(text, before, line - 1, mark).size() != cells;
  }

  private static void add(
      String text, int from, int to, Assignments.Kind kind, List<SecretSpan> found) {
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
      if (!ruler && !heading.isRow(cells.size())) {
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
  private static boolean isPassword(String value, Assignments.Kind kind) {
    if (value.length() < CELL_MIN
        || value.length() > CELL_MAX
        || Placeholders.isPlaceholder(value)
        || value.startsWith("-")
        || value.startsWith("/")
        || isName(value)) {
      return false;
    }
    if (kind == Assignments.Kind.TABLE) {
      return value.chars().anyMatch(Character::isLetterOrDigit);
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
