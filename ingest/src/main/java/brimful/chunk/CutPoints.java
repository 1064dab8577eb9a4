package brimful.chunk;

import brimful.chunk.outline.Definition;
import brimful.chunk.outline.Definition.Kind;
import brimful.chunk.outline.Lines;
import java.util.Arrays;
import java.util.List;

/// The possible cuts of a text and their costs.
///
/// A border precedes every line that is not blank; blank lines belong to the line before them,
/// leading ones to the first. A row is such a line with its blank ones.
final class CutPoints {
  private static final int DEFINITION = 0;
  private static final int DEFINITION_END = 8;
  private static final int PARAGRAPH = 32;
  private static final int LINE = 80;

  /// Added between a definition's comments, annotations and header, which belong together.
  private static final int LEAD = 240;

  /// Added before a line that closes something.
  private static final int CLOSER = 48;

  /// Added for each column of indentation, up to a bound.
  private static final int COLUMN = 3;

  private static final int COLUMNS_MAX = 24;

  private final Lines lines;
  private final int[] line;
  private final int[] cost;
  private final int[] depth;
  private final long[] tokensBefore;
  private final int rows;

  private CutPoints(Lines lines, int rows) {
    this.lines = lines;
    this.rows = rows;
    this.line = new int[rows + 1];
    this.cost = new int[rows + 1];
    this.depth = new int[rows + 1];
    this.tokensBefore = new long[rows + 1];
  }

  static CutPoints of(Lines lines, List<Definition> definitions) {
    int count = lines.count();
    int[] inks = new int[count];
    int rows = 0;
    for (int i = 0; i < count; i++) {
      if (!lines.blank(i)) {
        inks[rows++] = i;
      }
    }
    var cutPoints = new CutPoints(lines, rows);
    System.arraycopy(inks, 0, cutPoints.line, 0, rows);
    cutPoints.line[rows] = count;
    if (rows > 0) {
      cutPoints.line[0] = 0;
    }
    cutPoints.measure();
    cutPoints.price(definitions, rows == 0 ? 0 : inks[0]);
    return cutPoints;
  }

  int rows() {
    return rows;
  }

  /// Returns the first line of a row, or the number of lines for the row after the last.
  int line(int row) {
    return line[row];
  }

  /// Returns the cost of a cut before a row.
  int cost(int row) {
    return cost[row];
  }

  /// Returns how many definitions a cut before a row would cut in two.
  int depth(int row) {
    return depth[row];
  }

  /// Returns the estimated tokens of the rows between two, in [Estimate#UNIT]s.
  long size(int fromRow, int toRow) {
    return tokensBefore[toRow] - tokensBefore[fromRow];
  }

  private void measure() {
    for (int row = 0; row < rows; row++) {
      int start = lines.start(line[row]);
      int end = Math.min(lines.start(line[row + 1]), lines.text().length());
      tokensBefore[row + 1] = tokensBefore[row] + Estimate.of(lines.text(), start, end);
    }
  }

  private void price(List<Definition> definitions, int firstInk) {
    int count = lines.count();
    int[] opened = new int[count + 2];
    boolean[] starts = new boolean[count + 2];
    boolean[] ends = new boolean[count + 2];
    int[] leads = new int[count + 2];
    for (Definition each : definitions) {
      if (each.kind() != Kind.CONSTANT) {
        opened[each.firstLine() + 1]++;
        opened[each.lastLine() + 1]--;
        starts[each.firstLine()] = true;
        ends[each.lastLine() + 1] = true;
        leads[each.firstLine() + 1]++;
        leads[Math.max(each.firstLine(), each.headerLine()) + 1]--;
      }
    }
    int row = 0;
    int open = 0;
    int leading = 0;
    boolean blankBefore = false;
    boolean endBefore = false;
    for (int i = 0; i < count; i++) {
      open += opened[i];
      leading += leads[i];
      endBefore |= ends[i];
      if (i >= firstInk && !lines.blank(i)) {
        depth[row] = open;
        int base =
            starts[i] ? DEFINITION : endBefore ? DEFINITION_END : blankBefore ? PARAGRAPH : LINE;
        cost[row] = base + (starts[i] ? 0 : place(i)) + (leading > 0 ? LEAD : 0);
        row++;
        blankBefore = false;
        endBefore = false;
      } else {
        blankBefore = true;
      }
    }
    Arrays.fill(depth, rows, rows + 1, 0);
  }

  /// Returns the cost of a cut before a line, by its indentation and how it starts.
  private int place(int i) {
    String text = lines.text();
    int ink = lines.firstInk(i);
    boolean closes =
        ")]}".indexOf(text.charAt(ink)) >= 0
            || text.startsWith("</", ink)
            || (text.startsWith("end", ink) && lines.end(i) - ink <= "end;".length());
    return Math.min(COLUMNS_MAX, lines.indent(i)) * COLUMN + (closes ? CLOSER : 0);
  }
}
