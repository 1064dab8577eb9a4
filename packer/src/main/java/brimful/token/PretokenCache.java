package brimful.token;

import java.nio.ByteBuffer;

/// Remembers how many tokens short pretokens have: code repeats its words, so nearly every pretoken
/// is found here and not merged again.
///
/// A direct-mapped table that holds the bytes themselves and not a hash of them: what is found is
/// right. A new pretoken takes the place of the one that has its slot. Takes 1 MB.
///
/// Not thread-safe.
final class PretokenCache {
  static final int BYTES_MAX = 3 * Long.BYTES;

  /// How far behind the last pretoken the buffers given to [#slot] must still have bytes.
  static final int PADDING = Long.BYTES;

  private static final int SLOT_BITS = 15;
  private static final int LONGS_A_SLOT = 4;

  /// In each slot: the first eight bytes, those after or the last eight, the last eight, and the
  /// length with the count.
  private final long[] slots = new long[LONGS_A_SLOT << SLOT_BITS];

  private long first;
  private long middle;
  private long last;
  private int length;

  /// Makes a pretoken of 1 to [#BYTES_MAX] bytes the current one and returns its slot.
  ///
  /// @param text in [ByteOrder#LITTLE_ENDIAN]
  int slot(ByteBuffer text, int from, int to) {
    length = to - from;
    first = text.getLong(from);
    middle = 0;
    last = 0;
    if (length < Long.BYTES) {
      first &= (1L << (length * Byte.SIZE)) - 1;
    } else if (length <= 2 * Long.BYTES) {
      middle = text.getLong(to - Long.BYTES);
    } else {
      middle = text.getLong(from + Long.BYTES);
      last = text.getLong(to - Long.BYTES);
    }
    long mixed = (first ^ Long.rotateLeft(middle, 29) ^ Long.rotateLeft(last, 47)) + length;
    mixed *= 0x9E3779B97F4A7C15L;
    mixed ^= mixed >>> 32;
    mixed *= 0xD6E8FEB86659FD93L;
    return (int) (mixed >>> (Long.SIZE - SLOT_BITS)) * LONGS_A_SLOT;
  }

  /// Returns the tokens of the current pretoken, or 0 if its slot has another.
  int count(int slot) {
    long header = slots[slot + 3];
    return (int) (header >>> Integer.SIZE) == length
            && slots[slot] == first
            && slots[slot + 1] == middle
            && slots[slot + 2] == last
        ? (int) header
        : 0;
  }

  /// Keeps the tokens of the current pretoken, at least 1.
  void put(int slot, int count) {
    slots[slot] = first;
    slots[slot + 1] = middle;
    slots[slot + 2] = last;
    slots[slot + 3] = (long) length << Integer.SIZE | count;
  }
}
