package brimful.extract.pdf;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Finds tables with empty cells on a page, whose rows would read as if the next cell stood there.
///
/// A row is a line with gaps that are wider than between words. Where gaps of three rows or more
/// lie above each other and no cell is in between, columns are apart; a cell that reaches over gaps
/// of other rows is the head of several columns. Only a table in which a row lacks a cell between
/// others is written with ` | `: the others are as clear without, and shorter.
///
/// Linear in the rows of a page, and quadratic in the cells of one table.
final class TableRows {
  private static final String MARK = " | ";
  private static final int ROWS_MIN = 3;
  private static final int COLUMNS_MIN = 3;

  /// More rows or columns than any page has that is no drawing.
  private static final int ROWS_MAX = 300;

  /// In so many rows two cells may share a column, as a head's words do; in more, some columns were
  /// not found, and marks would mislead.
  private static final double CROWDED_SHARE_MAX = 0.1;

  /// Each cell is compared with each gap.
  private static final int CELLS_MAX = 5_000;

  private static final int COLUMNS_MAX = 40;

  /// So many gaps of other rows lie under a head of several columns.
  private static final int SPANNED_MIN = 2;

  /// Fewer cells of a table are filled only where there is none.
  private static final double FILLED_SHARE = 0.4;

  /// A gap of more than this share of the letters' size is one between cells.
  private static final float GAP_SHARE = 0.9f;

  /// Rows of a table are not more than this many sizes apart.
  private static final float APART_SIZES = 4.5f;

  /// So many lines without a gap end a table; fewer are the parts of a long cell.
  private static final int PLAIN_LINES = 3;

  private static final Pattern BEFORE = Pattern.compile("[\\p{Sc}(]+");

  /// Behind it, a sign of money belongs to the next figure, however near it stands.
  private static final Pattern FIGURE = Pattern.compile("[(\\-\\u2013\\u2014]?[\\d.,]*\\)?");

  private static final Pattern AFTER = Pattern.compile("[)%]+");

  /// A part of a line, from its first to its last word.
  private record Cell(String text, float left, float right) {
    Cell with(Cell next) {
      return new Cell(
          text + " " + next.text, Math.min(left, next.left), Math.max(right, next.right));
    }
  }

  private record Row(int line, List<Cell> cells) {}

  private record Span(float left, float right) {}

  private TableRows() {}

  /// Returns the texts of lines that are rows of such tables, by their places in the page.
  static Map<Integer, String> of(List<TextLine> lines) {
    Map<Integer, String> texts = new HashMap<>();
    List<Row> table = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      var row = new Row(i, cells(lines.get(i)));
      if (!table.isEmpty() && !follows(lines, table.getLast().line, i)) {
        write(table, texts);
        table.clear();
      }
      table.add(row);
    }
    write(table, texts);
    return texts;
  }

  private static boolean follows(List<TextLine> lines, int last, int next) {
    TextLine above = lines.get(last);
    TextLine below = lines.get(next);
    if (above.words().isEmpty() || below.words().isEmpty() || !below.upright()) {
      return false;
    }
    TextLine.Word one = above.words().getFirst();
    TextLine.Word other = below.words().getFirst();
    float down = other.y() - one.y();
    return down > 0 && down < APART_SIZES * Math.max(one.size(), other.size());
  }

  private static List<Cell> cells(TextLine line) {
    List<Cell> cells = new ArrayList<>();
    Optional<TextLine.Word> last = Optional.empty();
    for (TextLine.Word word : line.words()) {
      if (word.text().isBlank()) {
        continue;
      }
      var cell = new Cell(word.text(), word.left(), word.right());
      float gap = last.map(before -> word.left() - before.right()).orElse(Float.MAX_VALUE);
      float size = Math.max(word.size(), last.map(TextLine.Word::size).orElse(0f));
      boolean sign =
          BEFORE.matcher(word.text()).matches()
              && last.filter(before -> FIGURE.matcher(before.text()).matches()).isPresent();
      boolean apart =
          sign
              || cells.isEmpty()
              || (gap > GAP_SHARE * size
                  && !BEFORE.matcher(cells.getLast().text).matches()
                  && !AFTER.matcher(word.text()).matches());
      if (apart) {
        cells.add(cell);
      } else {
        cells.add(cells.removeLast().with(cell));
      }
      last = Optional.of(word);
    }
    return cells;
  }

  /// Writes the rows of what may be a table, of which single parts may be one.
  private static void write(List<Row> lines, Map<Integer, String> texts) {
    int from = 0;
    int plain = 0;
    for (int i = 0; i < lines.size(); i++) {
      plain = lines.get(i).cells.size() > 1 ? 0 : plain + 1;
      if (plain == PLAIN_LINES) {
        writeTable(lines.subList(from, i + 1), texts);
        from = i + 1;
        plain = 0;
      }
    }
    writeTable(lines.subList(from, lines.size()), texts);
  }

  private static void writeTable(List<Row> lines, Map<Integer, String> texts) {
    List<Row> rows = lines.stream().filter(row -> row.cells.size() > 1).toList();
    int cellCount = rows.stream().mapToInt(row -> row.cells.size()).sum();
    if (rows.size() < ROWS_MIN || rows.size() > ROWS_MAX || cellCount > CELLS_MAX) {
      return;
    }
    List<Span> columns = columns(rows);
    if (columns.size() < COLUMNS_MIN || columns.size() > COLUMNS_MAX) {
      return;
    }
    int filled = 0;
    int crowded = 0;
    boolean lacking = false;
    for (Row row : rows) {
      int places = (int) placed(row, columns).stream().filter(cell -> !cell.isEmpty()).count();
      filled += places;
      crowded += places < row.cells.size() ? 1 : 0;
      lacking |= lacks(row, columns);
    }
    boolean found = crowded <= CROWDED_SHARE_MAX * rows.size();
    if (!found || !lacking || filled < FILLED_SHARE * rows.size() * columns.size()) {
      return;
    }
    int first = rows.getFirst().line;
    int last = rows.getLast().line;
    for (Row row : lines) {
      boolean cell = row.cells.size() == 1 && within(row.cells.getFirst(), columns).size() == 1;
      if (row.line >= first && row.line <= last && (row.cells.size() > 1 || cell)) {
        List<String> cells = placed(row, columns);
        while (!cells.isEmpty() && cells.getLast().isEmpty()) {
          cells.removeLast();
        }
        texts.put(row.line, String.join(MARK, cells));
      }
    }
  }

  /// Returns where the columns are, from left to right.
  private static List<Span> columns(List<Row> rows) {
    List<Span> gaps = new ArrayList<>();
    for (Row row : rows) {
      for (int i = 1; i < row.cells.size(); i++) {
        gaps.add(new Span(row.cells.get(i - 1).right, row.cells.get(i).left));
      }
    }
    List<Cell> single =
        rows.stream()
            .flatMap(row -> row.cells.stream())
            .filter(cell -> spanned(cell, gaps) < SPANNED_MIN)
            .sorted(Comparator.comparingDouble(Cell::left).thenComparingDouble(Cell::right))
            .toList();
    List<Span> columns = new ArrayList<>();
    for (Cell cell : single) {
      Span last = columns.isEmpty() ? new Span(0, 0) : columns.getLast();
      boolean apart = columns.isEmpty() || (cell.left > last.right && isGutter(last, cell, gaps));
      if (apart) {
        columns.add(new Span(cell.left, cell.right));
      } else {
        columns.set(
            columns.size() - 1,
            new Span(Math.min(last.left, cell.left), Math.max(last.right, cell.right)));
      }
    }
    return columns;
  }

  private static int spanned(Cell cell, List<Span> gaps) {
    return (int)
        gaps.stream()
            .filter(gap -> gap.left >= cell.left && gap.right <= cell.right)
            .limit(SPANNED_MIN)
            .count();
  }

  private static boolean isGutter(Span column, Cell next, List<Span> gaps) {
    return gaps.stream()
            .filter(gap -> gap.left <= column.right && gap.right >= next.left)
            .limit(ROWS_MIN)
            .count()
        == ROWS_MIN;
  }

  /// Returns a text for each column, which is empty where there is none; what lies over several
  /// stands in the first.
  private static List<String> placed(Row row, List<Span> columns) {
    List<String> cells = new ArrayList<>(Collections.nCopies(columns.size(), ""));
    for (Cell cell : row.cells) {
      int at = within(cell, columns).getFirst();
      cells.set(at, (cells.get(at) + " " + cell.text).strip());
    }
    return cells;
  }

  /// Tells whether a row has no cell in a column, though it has some before and after it.
  private static boolean lacks(Row row, List<Span> columns) {
    int next = within(row.cells.getFirst(), columns).getFirst();
    for (Cell cell : row.cells) {
      List<Integer> within = within(cell, columns);
      if (within.getFirst() > next) {
        return true;
      }
      next = within.getLast() + 1;
    }
    return false;
  }

  /// Returns the columns that a cell lies in, or the one that is nearest.
  private static List<Integer> within(Cell cell, List<Span> columns) {
    List<Integer> within = new ArrayList<>();
    int nearest = 0;
    for (int i = 0; i < columns.size(); i++) {
      if (cell.left < columns.get(i).right && cell.right > columns.get(i).left) {
        within.add(i);
      }
      if (distance(cell, columns.get(i)) < distance(cell, columns.get(nearest))) {
        nearest = i;
      }
    }
    return within.isEmpty() ? List.of(nearest) : within;
  }

  private static float distance(Cell cell, Span column) {
    return Math.max(0, Math.max(column.left - cell.right, cell.left - column.right));
  }
}
