package brimful.token;

import java.util.Arrays;

/// Merges the bytes of one pretoken after the other, lowest rank first, leftmost first among equal
/// ranks.
///
/// Short pretokens are merged by linear search over neighbouring pairs, long ones by a heap
/// ([LongPretoken]). Not thread-safe: owns its working arrays.
final class PairMerger {
  /// Up to this length, searching all pairs for the next merge beats maintaining a heap.
  private static final int SHORT_BYTES_MAX = 64;

  private final MergeTable merges;
  private final int[] ids = new int[SHORT_BYTES_MAX];
  private final int[] pairs = new int[SHORT_BYTES_MAX];

  PairMerger(MergeTable merges) {
    this.merges = merges;
  }

  /// Returns how many tokens some bytes merge to.
  int count(byte[] utf8, int from, int to) {
    return to - from > SHORT_BYTES_MAX
        ? new LongPretoken(merges, utf8, from, to).merged().length
        : mergeShort(utf8, from, to);
  }

  /// Returns the ids of the tokens that some bytes merge to.
  int[] ids(byte[] utf8, int from, int to) {
    return to - from > SHORT_BYTES_MAX
        ? new LongPretoken(merges, utf8, from, to).merged()
        : Arrays.copyOf(ids, mergeShort(utf8, from, to));
  }

  /// Leaves the tokens of a pretoken at the start of [#ids] and returns their number.
  private int mergeShort(byte[] utf8, int from, int to) {
    int count = to - from;
    ids[0] = merges.ofByte(utf8[from]);
    for (int i = 1; i < count; i++) {
      ids[i] = merges.ofByte(utf8[from + i]);
      pairs[i - 1] = merges.of(ids[i - 1], ids[i]);
    }
    while (count > 1) {
      int at = leastPair(count - 1);
      if (pairs[at] == MergeTable.NONE) {
        break;
      }
      ids[at] = pairs[at];
      count--;
      System.arraycopy(ids, at + 2, ids, at + 1, count - at - 1);
      System.arraycopy(pairs, at + 1, pairs, at, count - at - 1);
      if (at + 1 < count) {
        pairs[at] = merges.of(ids[at], ids[at + 1]);
      }
      if (at > 0) {
        pairs[at - 1] = merges.of(ids[at - 1], ids[at]);
      }
    }
    return count;
  }

  private int leastPair(int count) {
    int least = 0;
    for (int i = 1; i < count; i++) {
      if (pairs[i] < pairs[least]) {
        least = i;
      }
    }
    return least;
  }
}
