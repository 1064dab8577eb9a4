package brimful.chunk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/// Cuts a text at the lowest total cost, as typesetting breaks a paragraph into lines (Knuth and
/// Plass, 1981).
///
/// Of all cuts within the limits it takes those with the lowest sum of costs: for each chunk, for
/// cutting where text belongs together, and for joining half of one definition with parts of
/// another. So one rule both groups small definitions and splits large ones. Dynamic programming
/// over rows; time is linear in the rows times the rows of a chunk.
final class Cutter {
  private static final int CHUNK = 96;

  /// The cost of each definition that is only partly in a chunk together with other text.
  private static final int MIX = 150;

  /// The cost of an empty chunk; it falls to zero at [#SMALL_TOKENS].
  private static final int SMALL = 128;

  private static final int SMALL_TOKENS = 96;

  /// The cost of a full chunk; it grows with the square of the size, so that equal parts are
  /// cheapest.
  private static final int FULL = 48;

  private final CutPoints cutPoints;
  private final int rowsMax;

  Cutter(CutPoints cutPoints, int rowsMax) {
    this.cutPoints = cutPoints;
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
    int[] bySize = bySize(tokens, cutPoints.size(whole.from, whole.to));
    int[] cut = new int[rows + 1];
    long[] best = new long[rows + 1];
    long sizeMax = (long) tokens << Estimate.UNIT_BITS;
    Arrays.fill(best, 1, rows + 1, Long.MAX_VALUE);
    for (int to = 1; to <= rows; to++) {
      int shallowest = Integer.MAX_VALUE;
      for (int from = to - 1; from >= 0 && to - from <= rowsMax; from--) {
        int first = whole.from + from;
        long size = cutPoints.size(first, whole.from + to);
        if (from < to - 1) {
          shallowest = Math.min(shallowest, cutPoints.depth(first + 1));
          if (size > sizeMax) {
            break;
          }
        }
        long cost =
            best[from]
                + cost(first, whole.from + to, shallowest)
                + bySize[(int) Math.min(tokens, size >> Estimate.UNIT_BITS)];
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
    int left = Math.max(0, cutPoints.depth(from) - shallowest);
    int right = Math.max(0, cutPoints.depth(to) - shallowest);
    return CHUNK + cutPoints.cost(from) + (long) MIX * (left + right);
  }

  /// Returns the cost of a chunk of each size up to the limit, as far as the whole reaches.
  private static int[] bySize(int tokensMax, long whole) {
    int[] costs = new int[(int) Math.min(tokensMax, whole >> Estimate.UNIT_BITS) + 1];
    for (int tokens = 0; tokens < costs.length; tokens++) {
      int small = Math.max(0, SMALL_TOKENS - tokens) * SMALL / SMALL_TOKENS;
      costs[tokens] =
          small + (int) ((long) FULL * tokens * tokens / ((long) tokensMax * tokensMax));
    }
    return costs;
  }
}
