package brimful.secret;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Finds the passwords in a file of values with commas, semicolons, tabs or bars between them.
///
/// The first record that has several cells is the heading, and holds to the end of the file, or
/// until another one comes. What is in quotes may go on over lines; a quote that is not closed is a
/// character. The time is linear. For one thread, and one file.
final class PasswordRecords {
  private static final String MARKS = "\t|;,";

  /// A cell in quotes is no longer; behind a quote that is not closed, no more is read twice.
  private static final int QUOTED_MAX = 4_000;

  private static final int SEP_LENGTH = "sep=;".length();

  private final List<String> names = new ArrayList<>();
  private final List<Integer> secret = new ArrayList<>();
  private boolean begun;
  private char mark;

  /// Where a cell is.
  private record Cell(int start, int end) {
    String of(String text) {
      return text.substring(start, end);
    }
  }

  /// Adds the passwords in the next text of the file.
  void read(String text, List<SecretSpan> found) {
    boolean blank = true;
    int at = 0;
    while (at < text.length()) {
      if (!begun && text.regionMatches(true, at, "sep=", 0, 4) && isLine(text, at + SEP_LENGTH)) {
        mark = text.charAt(at + SEP_LENGTH - 1);
        at = lineEnd(text, at) + 1;
        continue;
      }
      char between = mark == 0 ? mark(text, at) : mark;
      var cells = new ArrayList<Cell>();
      int next = record(text, at, between, cells);
      boolean empty = cells.stream().allMatch(cell -> cell.start() == cell.end());
      if (!empty && !heading(text, cells, between, blank)) {
        row(text, cells, found);
      }
      blank = empty;
      at = next;
    }
  }

  private static boolean isLine(String text, int end) {
    return end <= text.length() && lineEnd(text, end) - end <= 1;
  }

  /// Returns what is between the cells of a first record.
  private static char mark(String text, int from) {
    char best = ',';
    int most = 0;
    for (char each : MARKS.toCharArray()) {
      var cells = new ArrayList<Cell>();
      record(text, from, each, cells);
      boolean named = cells.stream().anyMatch(cell -> PasswordTables.isName(cell.of(text)));
      int size = cells.size() + (named && cells.size() > 1 ? 1_000_000 : 0);
      if (size > most) {
        most = size;
        best = each;
      }
    }
    return best;
  }

  /// Takes a record as the heading if it is one.
  ///
  /// @param blank whether it comes first, or after an empty line
  private boolean heading(String text, List<Cell> cells, char between, boolean blank) {
    List<String> all = cells.stream().map(cell -> cell.of(text).toLowerCase(Locale.ROOT)).toList();
    boolean named = all.stream().anyMatch(PasswordTables::isName);
    if (begun) {
      long again = all.stream().distinct().filter(names::contains).count();
      if (cells.size() < 2 || again + (blank ? 1 : 0) < 2) {
        return false;
      }
    } else if (!named && (cells.size() == 1 || all.getFirst().startsWith("#"))) {
      return true;
    }
    boolean first = !begun;
    begun = true;
    mark = first && cells.size() == 1 && mark == 0 ? ',' : between;
    if (isPair(all)) {
      return false;
    }
    names.clear();
    secret.clear();
    names.addAll(all.stream().filter(name -> !name.isEmpty()).toList());
    for (int i = 0; i < all.size(); i++) {
      if (PasswordTables.isName(all.get(i))) {
        secret.add(i);
      }
    }
    return true;
  }

  private static boolean isPair(List<String> cells) {
    return cells.size() == 2
        && PasswordTables.isName(cells.getFirst())
        && PasswordTables.isPassword(cells.getLast(), Assignments.Kind.TEXT);
  }

  private void row(String text, List<Cell> cells, List<SecretSpan> found) {
    if (isPair(cells.stream().map(cell -> cell.of(text)).toList())) {
      add(text, cells.getLast(), found);
      return;
    }
    for (int place : secret) {
      if (place < cells.size()) {
        add(text, cells.get(place), found);
      }
    }
  }

  private static void add(String text, Cell cell, List<SecretSpan> found) {
    PasswordTables.add(text, cell.start(), cell.end(), Assignments.Kind.TABLE, found);
  }

  /// Adds the cells of a record, and returns where the next one begins.
  private static int record(String text, int from, char mark, List<Cell> cells) {
    int start = from;
    while (true) {
      int open = start;
      while (open < text.length() && text.charAt(open) == ' ') {
        open++;
      }
      int at = text.startsWith("\"", open) ? close(text, open, mark) : open;
      while (at < text.length() && text.charAt(at) != mark && text.charAt(at) != '\n') {
        at++;
      }
      cells.add(trimmed(text, start, at));
      if (at >= text.length() || text.charAt(at) == '\n') {
        return at + 1;
      }
      start = at + 1;
    }
  }

  /// Returns where a quote is closed; where it is open if it is not.
  private static int close(String text, int open, char mark) {
    int limit = Math.min(text.length(), open + QUOTED_MAX);
    for (int i = open + 1; i < limit; i++) {
      if (text.charAt(i) != '"') {
        continue;
      }
      if (text.startsWith("\"", i + 1)) {
        i++;
        continue;
      }
      int after = i + 1;
      while (after < limit && " \r".indexOf(text.charAt(after)) >= 0) {
        after++;
      }
      boolean ends =
          after == text.length() || text.charAt(after) == mark || text.charAt(after) == '\n';
      return ends ? i + 1 : open;
    }
    return open;
  }

  private static Cell trimmed(String text, int from, int to) {
    int start = from;
    int end = to;
    while (start < end && " \t\r\"\uFEFF".indexOf(text.charAt(start)) >= 0) {
      start++;
    }
    while (end > start && " \t\r\"".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return new Cell(start, end);
  }

  private static int lineEnd(String text, int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }
}
