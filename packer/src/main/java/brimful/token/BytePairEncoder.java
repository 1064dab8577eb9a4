package brimful.token;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Encodes text: splits it into pretokens and merges the bytes of each, lowest rank first, leftmost
/// first among equal ranks.
///
/// Short pretokens are merged by linear search over neighbouring pairs, long ones by a heap
/// ([LongPretoken]); [PretokenCache] keeps counts of pretokens that were merged before. Not
/// thread-safe: owns its working arrays and its cache.
final class BytePairEncoder {
  /// Up to this length, searching all pairs for the next merge beats maintaining a heap.
  private static final int SHORT_BYTES_MAX = 64;

  private final Splitter splitter;
  private final Merges merges;
  private final PretokenCache cache = new PretokenCache();
  private final int[] ids = new int[SHORT_BYTES_MAX];
  private final int[] pairs = new int[SHORT_BYTES_MAX];

  BytePairEncoder(Splitter splitter, Merges merges) {
    this.splitter = splitter;
    this.merges = merges;
  }

  int count(String text) {
    ByteBuffer padded = Utf8.padded(text, Splitter.PADDING);
    byte[] utf8 = padded.array();
    int length = padded.limit();
    int tokens = 0;
    int from = 0;
    while (from < length) {
      int block = from;
      long starts = splitter.asciiStarts(utf8, from, length);
      do {
        int to =
            starts == 0
                ? splitter.end(utf8, from, length)
                : block + Long.numberOfTrailingZeros(starts);
        tokens += countPretoken(utf8, from, to);
        from = to;
        starts &= starts - 1;
      } while (starts != 0);
    }
    return tokens;
  }

  private int countPretoken(byte[] utf8, int from, int to) {
    int size = to - from;
    long word = SwarBytes.at(utf8, from);
    if (size < Long.BYTES) {
      return countShort(utf8, from, to, PretokenCache.end(word, size));
    }
    if (size < 2 * Long.BYTES) {
      long rest = PretokenCache.end(SwarBytes.at(utf8, from + Long.BYTES), size - Long.BYTES);
      return countMiddle(utf8, from, to, word, rest);
    }
    return size > PretokenCache.BYTES_MAX ? merge(utf8, from, to) : countLong(utf8, from, to);
  }

  private int countShort(byte[] utf8, int from, int to, long end) {
    int count = cache.count(end);
    if (count == 0) {
      count = merge(utf8, from, to);
      cache.put(end, count);
    }
    return count;
  }

  private int countMiddle(byte[] utf8, int from, int to, long word, long end) {
    int count = cache.count(word, end);
    if (count == 0) {
      count = merge(utf8, from, to);
      cache.put(word, end, count);
    }
    return count;
  }

  private int countLong(byte[] utf8, int from, int to) {
    int count = cache.count(utf8, from, to);
    if (count == 0) {
      count = merge(utf8, from, to);
      cache.put(utf8, from, to, count);
    }
    return count;
  }

  private int merge(byte[] utf8, int from, int to) {
    return to - from > SHORT_BYTES_MAX
        ? new LongPretoken(merges, utf8, from, to).merged().length
        : mergeShort(utf8, from, to);
  }

  int[] encode(String text) {
    ByteBuffer padded = Utf8.padded(text, Splitter.PADDING);
    byte[] utf8 = padded.array();
    int length = padded.limit();
    int[] tokens = new int[length];
    int count = 0;
    int from = 0;
    while (from < length) {
      int to = splitter.end(utf8, from, length);
      int[] merged = encodePretoken(utf8, from, to);
      System.arraycopy(merged, 0, tokens, count, merged.length);
      count += merged.length;
      from = to;
    }
    return Arrays.copyOf(tokens, count);
  }

  private int[] encodePretoken(byte[] utf8, int from, int to) {
    return to - from > SHORT_BYTES_MAX
        ? new LongPretoken(merges, utf8, from, to).merged()
        : Arrays.copyOf(ids, mergeShort(utf8, from, to));
  }

  /// Leaves the tokens of a pretoken at the start of [#ids] and returns their number.
  private int mergeShort(byte[] utf8, int from, int to) {
    int count = to - from;
    ids[0] = Merges.byteId(utf8[from]);
    for (int i = 1; i < count; i++) {
      ids[i] = Merges.byteId(utf8[from + i]);
      pairs[i - 1] = merges.of(ids[i - 1], ids[i]);
    }
    while (count > 1) {
      int at = leastPair(count - 1);
      if (pairs[at] == Merges.NONE) {
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
