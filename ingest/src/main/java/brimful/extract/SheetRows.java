package brimful.extract;

import brimful.corpus.CellRange;
import brimful.corpus.Locator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Collects the rows of one sheet, each with its cells as its place, and finds the header row.
///
/// The header row is shown with every chunk of the sheet. It is the first of the upper rows with
/// several cells, all of them short, different and not numbers, that has rows below it; a row that
/// is alone above a gap of text is a title. Not thread-safe.
final class SheetRows {
  /// A header row comes early; below this many rows none is looked for.
  private static final int HEADER_ROW_MAX = 12;

  private static final int HEADER_CELL_MAX = 60;
  private static final int HEADER_MAX = 600;
  private static final String HIDDEN = "(hidden)";

  /// Numbers, amounts, percentages, dates and times.
  private static final Pattern QUANTITY =
      Pattern.compile("[-+(]?\\p{Sc}?\\s?\\d[\\d.,:/\\s'-]*\\)?\\s?(?:%|\\p{Sc}|[A-Z]{3})?|=.*");

  private final StringBuilder text = new StringBuilder();
  private final List<Locator> places = new ArrayList<>();
  private List<String> header = List.of();
  private int rows;
  private int below;

  boolean isEmpty() {
    return places.isEmpty();
  }

  /// Adds a row.
  ///
  /// @param line its cells in one line
  /// @param number counts from 1
  /// @param columns the number of its last column
  void add(String sheet, List<String> cells, String line, int number, int columns) {
    if (!places.isEmpty()) {
      text.append('\n');
    }
    text.append(line);
    places.add(new Locator.Sheet(sheet, Optional.of(CellRange.rows(number, number, columns))));
    rows++;
    long filled = cells.stream().filter(cell -> !cell.isEmpty()).count();
    if (!header.isEmpty()) {
      below += filled > 1 ? 1 : 0;
    } else if (rows <= HEADER_ROW_MAX && filled > 1 && isHeader(cells)) {
      header = List.copyOf(cells);
    } else if (filled > 1 && cells.stream().anyMatch(cell -> QUANTITY.matcher(cell).matches())) {
      // Data without a header above it.
      rows = HEADER_ROW_MAX;
    }
  }

  private static boolean isHeader(List<String> cells) {
    var seen = new HashSet<String>();
    return cells.stream()
        .filter(cell -> !cell.isEmpty())
        .allMatch(cell ->
            cell.length() <= HEADER_CELL_MAX
                && !QUANTITY.matcher(cell).matches()
                && seen.add(cell));
  }

  /// Returns the sheet as a section.
  ///
  /// @param beside what stands on the sheet but in no row
  Section section(Locator.Sheet sheet, boolean hidden, String beside) {
    String heading = below > 0 ? String.join(" | ", header) : "";
    if (heading.length() > HEADER_MAX) {
      heading = "";
    }
    String marked = hidden ? (HIDDEN + " " + heading).strip() : heading;
    var whole = new StringBuilder(text);
    var all = new ArrayList<>(places);
    for (String line : beside.lines().filter(line -> !line.isBlank()).toList()) {
      whole.append('\n').append(line);
      all.add(sheet);
    }
    return new Section(sheet, whole.toString(), marked, all);
  }
}
