package brimful.token;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Encodes text: cuts it into pretokens and merges the bytes of each, lowest rank first, leftmost
/// first among equals.
///
/// Not thread-safe: it owns the arrays it works in, and the cache of what it has counted.
final class BytePairEncoder {
  /// Up to here, searching all pairs for the next merge beats keeping a heap of them.
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
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    int length = utf8.length;
    utf8 = Arrays.copyOf(utf8, length + PretokenCache.PADDING);
    ByteBuffer words = ByteBuffer.wrap(utf8).order(ByteOrder.LITTLE_ENDIAN);
    int tokens = 0;
    int from = 0;
    while (from < length) {
      int to = splitter.end(utf8, from, length);
      tokens += to - from == 1 ? 1 : countPretoken(words, utf8, from, to);
      from = to;
    }
    return tokens;
  }

  private int countPretoken(ByteBuffer words, byte[] utf8, int from, int to) {
    if (to - from > PretokenCache.BYTES_MAX) {
      return to - from > SHORT_BYTES_MAX
          ? new LongPretoken(merges, utf8, from, to).merged().length
          : mergeShort(utf8, from, to);
    }
    int slot = cache.slot(words, from, to);
    int count = cache.count(slot);
    if (count == 0) {
      count = mergeShort(utf8, from, to);
      cache.put(slot, count);
    }
    return count;
  }

  int[] encode(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    int[] tokens = new int[utf8.length];
    int count = 0;
    int from = 0;
    while (from < utf8.length) {
      int to = splitter.end(utf8, from, utf8.length);
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

  /// Leaves the tokens of a pretoken at the start of [#ids] and returns how many they are.
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
