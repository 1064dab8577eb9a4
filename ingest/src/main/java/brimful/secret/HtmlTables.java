package brimful.secret;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the cells of a column in the source text of a page. One pass over the table's tags.
final class HtmlTables {
  /// How far before its name the row of a heading begins at most, and how long it is at most: each
  /// name in a page may have such a row, and all of them are read.
  private static final int ROW_MAX = 2_000;

  /// How far after its tag the name of a heading is found at most.
  private static final int NAME_MAX = 60;

  private static final Pattern TAGS_BEFORE = Pattern.compile("(?:\\s|<[^<>]{1,200}>){1,20}");
  private static final Pattern NO_NAME = Pattern.compile("[^\\w .-]");

  private HtmlTables() {}

  /// Adds the cells below a heading.
  ///
  /// @param hit within the heading's name
  /// @param name whether a text is that of such a heading
  /// @param cells adds a cell from a place to another one, if it is to be found
  /// @return where the table ends; -1 if no heading of a table is here
  static int column(String text, int hit, Predicate<String> name, CellSink cells) {
    int tag = hit;
    while (tag >= 0 && hit - tag <= NAME_MAX && text.charAt(tag) != '>') {
      tag--;
    }
    if (tag < 0 || hit - tag > NAME_MAX || NO_NAME.matcher(text).region(tag + 1, hit).find()) {
      return -1;
    }
    int row = before(text, "<tr", tag);
    if (row < 0) {
      return -1;
    }
    var scan = new Scan(text, row, name, cells);
    return scan.isHeading() ? scan.end() : -1;
  }

  private static int before(String text, String tag, int from) {
    for (int at = from; at >= 0 && from - at < ROW_MAX; at--) {
      if (text.charAt(at) == '<' && text.regionMatches(true, at, tag, 0, tag.length())) {
        return at;
      }
    }
    return -1;
  }

  /// Takes a cell of the column.
  @FunctionalInterface
  interface CellSink {
    void cell(int start, int end);
  }

  /// A pass over the rows of a table.
  private static final class Scan {
    private final String text;
    private final Predicate<String> name;
    private final CellSink cells;
    private final List<Integer> columns = new ArrayList<>();
    private int at;
    private int place = -1;
    private int start = -1;
    private boolean heading = true;
    private boolean headed;
    private int limit;

    Scan(String text, int row, Predicate<String> name, CellSink cells) {
      this.text = text;
      this.name = name;
      this.cells = cells;
      at = row;
    }

    /// Reads the first row, all of whose cells are headings.
    boolean isHeading() {
      int row = at;
      headed = true;
      limit = (int) Math.min(text.length(), row + (long) ROW_MAX);
      next(end -> end > row && (is(end, "</tr") || is(end, "<tr")));
      heading = false;
      headed &= at < limit;
      limit = text.length();
      return headed && !columns.isEmpty();
    }

    /// Reads the other rows, and returns where the table ends.
    int end() {
      next(_ -> false);
      return Math.min(text.length(), at);
    }

    private void next(IntPredicate last) {
      while (at < limit) {
        int tag = text.indexOf('<', at);
        if (tag < 0 || is(tag, "</table") || is(tag, "<table")) {
          close(tag < 0 ? text.length() : tag);
          at = tag < 0 ? text.length() : tag + 1;
          return;
        }
        at = tag + 1;
        if (is(tag, "<td") || is(tag, "<th>") || is(tag, "<th ")) {
          close(tag);
          headed &= !heading || is(tag, "<th");
          place++;
          int open = text.indexOf('>', tag);
          start = open < 0 ? -1 : open + 1;
          at = open < 0 ? text.length() : open + 1;
        } else if (is(tag, "</td") || is(tag, "</th") || is(tag, "</tr") || is(tag, "<tr")) {
          close(tag);
          place = is(tag, "</tr") || is(tag, "<tr") ? -1 : place;
          if (last.test(tag)) {
            return;
          }
        }
      }
    }

    private boolean is(int tag, String wanted) {
      return text.regionMatches(true, tag, wanted, 0, wanted.length());
    }

    private void close(int end) {
      if (start < 0 || start >= end) {
        start = -1;
        return;
      }
      Matcher tags = TAGS_BEFORE.matcher(text).region(start, end);
      int from = tags.lookingAt() ? tags.end() : start;
      int tag = text.indexOf('<', from);
      int to = tag < 0 ? end : Math.min(end, tag);
      while (to > from && Character.isWhitespace(text.charAt(to - 1))) {
        to--;
      }
      start = -1;
      if (heading && to - from < ROW_MAX && name.test(text.substring(from, to))) {
        columns.add(place);
      } else if (!heading && columns.contains(place) && to > from) {
        cells.cell(from, to);
      }
    }
  }
}
