package brimful.extract.ole;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// The text of a document of Word 6 or 95, in paragraphs and rows of tables.
///
/// A cell ends with the sign 7, and so does a row, as if it had one more cell without text. An
/// empty cell looks the same; so the width of a table is the smallest for which each of two rows or
/// more ends where one should. In other tables, what has no text ends a row.
final class OldWordText {
  private static final char CELL_END = '\u0007';
  private static final char PARAGRAPH_END = '\r';

  /// A paragraph, which is a row of one cell, or a row.
  record Row(List<String> cells, boolean table) {
    Row {
      cells = List.copyOf(cells);
    }
  }

  private OldWordText() {}

  static List<Row> rows(String text) {
    List<Row> rows = new ArrayList<>();
    List<String> cells = new ArrayList<>();
    String shown = withoutFields(text);
    int from = 0;
    for (int at = 0; at < shown.length(); at++) {
      char c = shown.charAt(at);
      if (c == CELL_END) {
        cells.add(clean(shown.substring(from, at)));
        from = at + 1;
      } else if (c == PARAGRAPH_END) {
        endTable(cells, rows);
        addParagraph(shown.substring(from, at), rows);
        from = at + 1;
      }
    }
    endTable(cells, rows);
    addParagraph(shown.substring(from), rows);
    return rows;
  }

  private static void addParagraph(String text, List<Row> rows) {
    String clean = clean(text);
    if (!clean.isEmpty()) {
      rows.add(new Row(List.of(clean), false));
    }
  }

  private static void endTable(List<String> cells, List<Row> rows) {
    int columns = columns(cells);
    List<String> row = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      boolean end = columns == 0 ? cells.get(i).isEmpty() : i % (columns + 1) == columns;
      if (!end) {
        row.add(cells.get(i));
      }
      if (end || i == cells.size() - 1) {
        rows.add(new Row(row, true));
        row = new ArrayList<>();
      }
    }
    cells.clear();
  }

  /// Returns how many cells each row has; 0 if they have different numbers.
  private static int columns(List<String> cells) {
    return IntStream.rangeClosed(1, cells.size() / 2 - 1)
        .filter(columns ->
            cells.size() % (columns + 1) == 0
                && IntStream.range(0, cells.size() / (columns + 1))
                    .allMatch(row -> cells.get(row * (columns + 1) + columns).isEmpty()))
        .findFirst()
        .orElse(0);
  }

  /// A field is shown as its result, which stands behind its code.
  private static String withoutFields(String text) {
    return text.replaceAll("\u0013[^\u0013-\u0015]*+\u0014?", "").replace("\u0015", "");
  }

  private static String clean(String text) {
    return text.replaceAll("[\u000b\f]", "\n")
        .replace('\u001e', '-')
        .replaceAll("[\u0000-\u0008\u000e-\u001f]", "")
        .strip();
  }
}
