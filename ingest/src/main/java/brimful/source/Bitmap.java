package brimful.source;

import java.nio.ByteBuffer;
import java.util.BitSet;

/// A compressed bitmap of a git index: runs of equal bits, and literal words (EWAH, git's
/// `Documentation/gitformat-bitmap.txt`).
///
/// @param bits the positions of its ones
record Bitmap(BitSet bits) {
  private static final int WORD = 64;
  private static final int RUN_BITS = 32;
  private static final long RUN_MASK = 0xffff_ffffL;

  /// More bits than an index has entries.
  private static final int BITS_MAX = 1 << 26;

  static Bitmap read(ByteBuffer in) {
    var bits = new BitSet();
    int size = in.getInt();
    int words = in.getInt();
    long at = 0;
    for (int read = 0; read < words; ) {
      long marker = in.getLong();
      read++;
      long run = (marker >>> 1 & RUN_MASK) * WORD;
      long literals = marker >>> RUN_BITS + 1;
      if (at + run + literals * WORD > BITS_MAX) {
        throw new IllegalArgumentException("bitmap of more than %s bits".formatted(BITS_MAX));
      }
      if ((marker & 1) != 0) {
        bits.set((int) at, (int) Math.min(at + run, size));
      }
      at += run;
      for (long literal = 0; literal < literals; literal++) {
        long word = in.getLong();
        read++;
        for (int bit = 0; bit < WORD; bit++) {
          if ((word >>> bit & 1) != 0) {
            bits.set((int) at + bit);
          }
        }
        at += WORD;
      }
    }
    in.getInt();
    return new Bitmap(bits);
  }

  boolean has(int position) {
    return bits.get(position);
  }

  /// Returns the first one at or after a position; -1 for none.
  int next(int from) {
    return bits.nextSetBit(from);
  }
}
