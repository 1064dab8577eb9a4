package brimful.extract.format;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/// Counts the blank cells that keep columns in line where a cell of a table spans several.
///
/// Not thread-safe.
final class SpannedCells {
  /// More columns or rows than this are a mistake, or an attack.
  private static final int SPAN_MAX = 100;

  private final Deque<Table> tables = new ArrayDeque<>();

  /// @param below how many more rows a cell above takes, by column
  private static final class Table {
    private final Map<Integer, Integer> below = new HashMap<>();
    private int column;
  }

  void startTable() {
    tables.push(new Table());
  }

  void endTable() {
    tables.poll();
  }

  void startRow() {
    Table table = tables.peek();
    if (table != null) {
      table.column = 0;
    }
  }

  /// Returns how many blank cells go before the next one, because of cells above.
  int before() {
    Table table = tables.peek();
    int blanks = 0;
    while (table != null && takeBelow(table)) {
      blanks++;
    }
    return blanks;
  }

  /// Returns how many blank cells end a row, because of cells above.
  int rest() {
    Table table = tables.peek();
    if (table == null || table.below.isEmpty()) {
      return 0;
    }
    int first = table.column;
    int last = table.below.keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
    while (table.column <= last) {
      if (!takeBelow(table)) {
        table.column++;
      }
    }
    return table.column - first;
  }

  private static boolean takeBelow(Table table) {
    Integer rows = table.below.get(table.column);
    if (rows == null) {
      return false;
    }
    if (rows > 1) {
      table.below.put(table.column, rows - 1);
    } else {
      table.below.remove(table.column);
    }
    table.column++;
    return true;
  }

  /// Returns how many blank cells go after a cell.
  int after(String colspan, String rowspan) {
    Table table = tables.peek();
    if (table == null) {
      return 0;
    }
    int columns = number(colspan);
    int rows = number(rowspan);
    for (int i = 0; i < columns; i++) {
      if (rows > 1) {
        table.below.put(table.column, rows - 1);
      }
      table.column++;
    }
    return columns - 1;
  }

  private static int number(String text) {
    return text.strip().matches("\\d{1,9}")
        ? Math.clamp(Integer.parseInt(text.strip()), 1, SPAN_MAX)
        : 1;
  }
}
