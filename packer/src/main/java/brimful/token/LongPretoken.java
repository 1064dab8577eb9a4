package brimful.token;

import java.util.Arrays;

/// Merges the bytes of one long pretoken with a heap of its pairs, in O(n log n) time for n bytes.
///
/// [PairMerger] searches short pretokens for their next merge. That is faster below a few dozen
/// bytes, but would take hours for a megabyte of one letter.
///
/// Takes about 32 bytes of memory for each byte of the pretoken. Not thread-safe; used once.
final class LongPretoken {
  private static final int END = -1;

  private final MergeTable merges;

  /// The token that starts at each byte, if one does.
  private final int[] ids;

  private final int[] next;
  private final int[] previous;

  /// What the token at each byte merges to with its successor, or [MergeTable#NONE].
  private final int[] pairs;

  private final LongHeap heap;

  LongPretoken(MergeTable merges, byte[] text, int from, int to) {
    this.merges = merges;
    int length = to - from;
    ids = new int[length];
    next = new int[length];
    previous = new int[length];
    pairs = new int[length];
    heap = new LongHeap(length);
    for (int i = 0; i < length; i++) {
      ids[i] = merges.ofByte(text[from + i]);
      previous[i] = i - 1;
      next[i] = i + 1 < length ? i + 1 : END;
    }
    for (int i = 0; i < length; i++) {
      pair(i);
    }
  }

  /// Returns the ids of the pretoken's tokens.
  int[] merged() {
    int count = ids.length;
    while (!heap.isEmpty()) {
      long entry = heap.remove();
      int at = (int) entry;
      if (pairs[at] == (int) (entry >>> Integer.SIZE)) {
        merge(at);
        count--;
      }
    }
    int[] tokens = new int[count];
    int at = 0;
    for (int i = 0; i < count; i++) {
      tokens[i] = ids[at];
      at = next[at];
    }
    return tokens;
  }

  private void merge(int at) {
    int gone = next[at];
    ids[at] = pairs[at];
    pairs[gone] = MergeTable.NONE;
    next[at] = next[gone];
    if (next[at] != END) {
      previous[next[at]] = at;
    }
    pair(at);
    if (previous[at] != END) {
      pair(previous[at]);
    }
  }

  /// Ranks a token and its successor for merging; of equal ranks, the left one comes first.
  private void pair(int at) {
    pairs[at] = next[at] == END ? MergeTable.NONE : merges.of(ids[at], ids[next[at]]);
    if (pairs[at] != MergeTable.NONE) {
      heap.add((long) pairs[at] << Integer.SIZE | at);
    }
  }

  /// A binary min-heap of positive numbers, without boxing.
  private static final class LongHeap {
    private long[] values;
    private int size;

    LongHeap(int capacity) {
      values = new long[Math.max(1, capacity)];
    }

    boolean isEmpty() {
      return size == 0;
    }

    void add(long value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, size + (size >> 1) + 1);
      }
      int at = size++;
      while (at > 0) {
        int parent = (at - 1) >> 1;
        if (values[parent] <= value) {
          break;
        }
        values[at] = values[parent];
        at = parent;
      }
      values[at] = value;
    }

    long remove() {
      long least = values[0];
      long moved = values[--size];
      int at = 0;
      int child = 1;
      while (child < size) {
        if (child + 1 < size && values[child + 1] < values[child]) {
          child++;
        }
        if (values[child] >= moved) {
          break;
        }
        values[at] = values[child];
        at = child;
        child = 2 * at + 1;
      }
      values[at] = moved;
      return least;
    }
  }
}
