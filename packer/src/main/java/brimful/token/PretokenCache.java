package brimful.token;

/// Remembers the token counts of short pretokens: code repeats its words, so nearly every pretoken
/// is found here and not merged again.
///
/// Three tables, for pretokens of less than 8 bytes, of 8 to 15, and more. They store the bytes
/// themselves, not a hash, so a hit is always right. A hash selects two slots: a new pretoken takes
/// the first, the previous one moves to the second, and the one before is dropped. With one slot,
/// ten times as many pretokens were merged again. Takes 3.5 MB.
///
/// Bytes come in words of eight, the first byte lowest. An "end" is the last word: less than eight
/// bytes, followed by a bit that marks where they end.
///
/// Not thread-safe.
final class PretokenCache {
  /// The length of the longest cached pretokens, in bytes.
  static final int BYTES_MAX = 15 * Long.BYTES;

  /// Of the numbers of the pairs of slots.
  private static final int SHORT_BITS = 15;

  private static final int MIDDLE_BITS = 15;
  private static final int LONG_BITS = 13;
  private static final int LONGS_A_SLOT = 16;

  /// An end leaves seven bits for the count.
  private static final int COUNT_SHIFT = 57;

  private final long[] shorts = new long[2 << SHORT_BITS];
  private final long[] middles = new long[4 << MIDDLE_BITS];

  /// In each slot: the length with the count, then the words.
  private final long[] longs = new long[LONGS_A_SLOT * 2 << LONG_BITS];

  /// Returns the end with the first bytes of a word, less than eight.
  static long end(long word, int bytes) {
    long bit = 1L << (bytes * Byte.SIZE);
    return (word & (bit - 1)) | bit;
  }

  /// Returns the tokens of a pretoken of less than 8 bytes, or 0 if it is not cached.
  int count(long end) {
    int slot = slot(end);
    int count = found(shorts[slot], end);
    return count == 0 ? found(shorts[slot + 1], end) : count;
  }

  void put(long end, int count) {
    int slot = slot(end);
    shorts[slot + 1] = shorts[slot];
    shorts[slot] = entry(end, count);
  }

  /// Returns the tokens of a pretoken of 8 to 15 bytes, or 0 if it is not cached.
  int count(long word, long end) {
    int slot = slot(word, end);
    int count = countAt(slot, word, end);
    return count == 0 ? countAt(slot + 2, word, end) : count;
  }

  private int countAt(int slot, long word, long end) {
    return middles[slot] == word ? found(middles[slot + 1], end) : 0;
  }

  void put(long word, long end, int count) {
    int slot = slot(word, end);
    System.arraycopy(middles, slot, middles, slot + 2, 2);
    middles[slot] = word;
    middles[slot + 1] = entry(end, count);
  }

  /// Returns the tokens of a pretoken of 16 to [#BYTES_MAX] bytes, or 0 if it is not cached.
  int count(byte[] text, int from, int to) {
    int slot = slot(text, from, to);
    int count = countAt(slot, text, from, to);
    return count == 0 ? countAt(slot + LONGS_A_SLOT, text, from, to) : count;
  }

  private int countAt(int slot, byte[] text, int from, int to) {
    long header = longs[slot];
    if (header >>> Integer.SIZE != to - from) {
      return 0;
    }
    int word = slot;
    for (int at = from; at < to; at += Long.BYTES) {
      if (longs[++word] != word(text, at, to)) {
        return 0;
      }
    }
    return (int) header;
  }

  void put(byte[] text, int from, int to, int count) {
    int slot = slot(text, from, to);
    System.arraycopy(longs, slot, longs, slot + LONGS_A_SLOT, LONGS_A_SLOT);
    longs[slot] = (long) (to - from) << Integer.SIZE | count;
    for (int at = from; at < to; at += Long.BYTES) {
      longs[++slot] = word(text, at, to);
    }
  }

  private static int slot(long end) {
    return (int) (mixed(end) >>> (Long.SIZE - SHORT_BITS)) * 2;
  }

  private static int slot(long word, long end) {
    return (int) (mixed(word ^ (mixed(end) >>> 7)) >>> (Long.SIZE - MIDDLE_BITS)) * 4;
  }

  private static int slot(byte[] text, int from, int to) {
    long hash = 0;
    for (int at = from; at < to; at += Long.BYTES) {
      hash = mixed((hash >>> 7) ^ word(text, at, to));
    }
    return (int) (hash >>> (Long.SIZE - LONG_BITS)) * LONGS_A_SLOT * 2;
  }

  private static int found(long entry, long end) {
    return (entry ^ end) << (Long.SIZE - COUNT_SHIFT) == 0 ? (int) (entry >>> COUNT_SHIFT) : 0;
  }

  private static long entry(long end, int count) {
    return (long) count << COUNT_SHIFT | end;
  }

  private static long word(byte[] text, int at, int to) {
    long word = SwarBytes.at(text, at);
    return to - at < Long.BYTES ? end(word, to - at) : word;
  }

  private static long mixed(long key) {
    return key * 0x9E3779B97F4A7C15L;
  }
}
