package brimful.chunk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/// Cuts a text where it costs least, as a paragraph is broken into lines.
///
/// Of all ways to cut within the limits it takes the one with the least cost in all: for each
/// chunk, for cutting where things belong together, and for joining the half of one definition with
/// parts of another. One rule so groups small definitions and splits large ones. It takes time
/// linear in the rows times the lines of a chunk.
final class Cutter {
  private static final int CHUNK = 96;

  /// For each definition that a chunk has a half of, along with what is not of it.
  private static final int MIX = 150;

  /// For a chunk without any text; it falls to nothing at [#SMALL_TOKENS].
  private static final int SMALL = 128;

  private static final int SMALL_TOKENS = 96;

  /// For a full chunk; it grows with the square of the size, so that equal halves are cheapest.
  private static final int FULL = 48;

  private final Borders borders;
  private final int rowsMax;

  Cutter(Borders borders, int rowsMax) {
    this.borders = borders;
    this.rowsMax = rowsMax;
  }

  /// Some rows, up to but without `to`.
  record Range(int from, int to) {
    int rows() {
      return to - from;
    }
  }

  /// Returns the ranges to cut into, in order, none larger than `tokens` unless it is one row.
  List<Range> cut(Range whole, int tokens) {
    int rows = whole.rows();
    int[] bySize = bySize(tokens);
    int[] cut = new int[rows + 1];
    long[] best = new long[rows + 1];
    Arrays.fill(best, 1, rows + 1, Long.MAX_VALUE);
    for (int to = 1; to <= rows; to++) {
      int shallowest = Integer.MAX_VALUE;
      for (int from = to - 1; from >= 0 && to - from <= rowsMax; from--) {
        int first = whole.from + from;
        long size = borders.size(first, whole.from + to);
        if (from < to - 1) {
          shallowest = Math.min(shallowest, borders.depth(first + 1));
          if (size > (long) tokens * Estimate.UNIT) {
            break;
          }
        }
        long cost =
            best[from]
                + cost(first, whole.from + to, shallowest)
                + bySize[(int) Math.min(tokens, size / Estimate.UNIT)];
        if (cost < best[to]) {
          best[to] = cost;
          cut[to] = from;
        }
      }
    }
    var ranges = new ArrayList<Range>();
    for (int to = rows; to > 0; to = cut[to]) {
      ranges.add(new Range(whole.from + cut[to], whole.from + to));
    }
    Collections.reverse(ranges);
    return ranges;
  }

  private long cost(int from, int to, int shallowest) {
    int left = Math.max(0, borders.depth(from) - shallowest);
    int right = Math.max(0, borders.depth(to) - shallowest);
    return CHUNK + borders.cost(from) + (long) MIX * (left + right);
  }

  /// Returns what a chunk costs for its size, for each number of tokens up to the most.
  private static int[] bySize(int tokensMax) {
    int[] costs = new int[tokensMax + 1];
    for (int tokens = 0; tokens <= tokensMax; tokens++) {
      int small = Math.max(0, SMALL_TOKENS - tokens) * SMALL / SMALL_TOKENS;
      costs[tokens] =
          small + (int) ((long) FULL * tokens * tokens / ((long) tokensMax * tokensMax));
    }
    return costs;
  }
}
