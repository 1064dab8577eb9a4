package brimful.corpus;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A rectangle of cells of a sheet; rows and columns count from 1, both ends are included.
public record CellRange(int firstColumn, int firstRow, int lastColumn, int lastRow) {
  private static final Pattern RANGE =
      Pattern.compile(
          "\\$?([A-Za-z]{1,3})\\$?([1-9]\\d{0,6})(?::\\$?([A-Za-z]{1,3})\\$?([1-9]\\d{0,6}))?");

  private static final int LETTERS = 26;

  public CellRange {
    if (firstColumn < 1 || firstRow < 1 || lastColumn < firstColumn || lastRow < firstRow) {
      throw new IllegalArgumentException(
          "columns %s to %s, rows %s to %s: count from 1, and give the smaller first"
              .formatted(firstColumn, lastColumn, firstRow, lastRow));
    }
  }

  /// Returns the cells of some rows, from the first column on.
  public static CellRange rows(int first, int last, int columns) {
    return new CellRange(1, first, Math.max(1, columns), last);
  }

  /// Parses `B7` or `A2:D40`, also with `$`; empty if a text is something else.
  public static Optional<CellRange> parse(String text) {
    Matcher range = RANGE.matcher(text);
    return range.matches() ? Optional.of(of(range)) : Optional.empty();
  }

  /// Parses what [#parse] does at a position of a text, whatever follows.
  public static Optional<CellRange> at(String text, int start) {
    Matcher range = RANGE.matcher(text).region(start, text.length());
    return range.lookingAt() ? Optional.of(of(range)) : Optional.empty();
  }

  private static CellRange of(Matcher range) {
    int column = column(range.group(1));
    int row = Integer.parseInt(range.group(2));
    int otherColumn = range.group(3) == null ? column : column(range.group(3));
    int otherRow = range.group(4) == null ? row : Integer.parseInt(range.group(4));
    return new CellRange(
        Math.min(column, otherColumn),
        Math.min(row, otherRow),
        Math.max(column, otherColumn),
        Math.max(row, otherRow));
  }

  private static int column(String letters) {
    int column = 0;
    for (int i = 0; i < letters.length(); i++) {
      column = column * LETTERS + (letters.charAt(i) & 0x1f);
    }
    return column;
  }

  /// Returns the smallest rectangle with both.
  public CellRange to(CellRange other) {
    return new CellRange(
        Math.min(firstColumn, other.firstColumn),
        Math.min(firstRow, other.firstRow),
        Math.max(lastColumn, other.lastColumn),
        Math.max(lastRow, other.lastRow));
  }

  /// Returns it as spreadsheets write it: `A2:D40`, or `B7` for one cell.
  public String display() {
    String first = letters(firstColumn) + firstRow;
    String last = letters(lastColumn) + lastRow;
    return first.equals(last) ? first : first + ":" + last;
  }

  private static String letters(int column) {
    var letters = new StringBuilder();
    for (int left = column; left > 0; left = (left - 1) / LETTERS) {
      letters.append((char) ('A' + (left - 1) % LETTERS));
    }
    return letters.reverse().toString();
  }
}
