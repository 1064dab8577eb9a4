package brimful.token;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.stream.LongStream;

/// The merges of a byte-level BPE vocabulary: which two tokens make which third.
///
/// Tokens are numbered so that an earlier merge has the lower id, so an id is also its rank. The
/// table is keyed by the pair and not by the text the pair makes: the two differ where a token can
/// be made in more than one way.
///
/// A perfect hash table, made ready by `packer/tools/DeriveTokenizer.java`, so that loading is
/// reading, and a look-up, found or not, looks at one slot. The displacement of a pair's bucket
/// says which.
///
/// Immutable, so thread-safe.
final class Merges {
  /// What [#of] returns for a pair that does not merge; more than any id.
  static final int NONE = Integer.MAX_VALUE;

  /// The id of the merge of rank 0; those of the bytes are below.
  static final int FIRST = 3 + 256;

  private static final int ID_BITS = 17;
  private static final int ID_MASK = (1 << ID_BITS) - 1;
  private static final int SLOT_BITS = 17;
  private static final int BUCKET_BITS = 15;
  private static final int READ_BYTES = 1 << 16;

  private static final int[] BYTE_IDS = byteIds();

  private final char[] displacements = new char[1 << BUCKET_BITS];

  /// Of the merge in each slot: the left id, the right id and the merged id; 0 where none is.
  private final long[] slots = new long[1 << SLOT_BITS];

  private Merges() {}

  /// Reads the displacements, then the slots, big-endian.
  static Merges read(InputStream in) throws IOException {
    var merges = new Merges();
    byte[] bytes = new byte[READ_BYTES];
    fill(in, bytes);
    ByteBuffer.wrap(bytes).asCharBuffer().get(merges.displacements);
    int step = READ_BYTES / Long.BYTES;
    for (int at = 0; at < merges.slots.length; at += step) {
      fill(in, bytes);
      ByteBuffer.wrap(bytes).asLongBuffer().get(merges.slots, at, step);
    }
    return merges;
  }

  private static void fill(InputStream in, byte[] bytes) throws IOException {
    int read = in.readNBytes(bytes, 0, bytes.length);
    if (read < bytes.length) {
      throw new EOFException(
          "merges end in the middle: build the jar with its resources unfiltered");
    }
  }

  /// Returns the id of the token that two neighbours merge to, or [#NONE].
  int of(int left, int right) {
    long pair = (long) left << ID_BITS | right;
    long hash = pair * 0x9E3779B97F4A7C15L;
    hash ^= hash >>> 32;
    long displacement = displacements[(int) hash & (1 << BUCKET_BITS) - 1];
    hash = (hash ^ displacement * 0xC2B2AE3D27D4EB4FL) * 0xD6E8FEB86659FD93L;
    long slot = slots[(int) (hash >>> (Long.SIZE - SLOT_BITS))];
    return slot >>> ID_BITS == pair ? (int) slot & ID_MASK : NONE;
  }

  /// Returns the ids of the two halves of each merge, in order of rank.
  int[][] pairs() {
    int[][] pairs = new int[(int) LongStream.of(slots).filter(slot -> slot != 0).count()][];
    for (long slot : slots) {
      if (slot != 0) {
        int left = (int) (slot >>> (2 * ID_BITS));
        int right = (int) (slot >>> ID_BITS) & ID_MASK;
        pairs[((int) slot & ID_MASK) - FIRST] = new int[] {left, right};
      }
    }
    return pairs;
  }

  static int byteId(byte b) {
    return BYTE_IDS[b & 0xff];
  }

  /// Numbers the bytes as GPT-2's byte alphabet does: first those that print in Latin-1.
  private static int[] byteIds() {
    int[] ids = new int[256];
    int next = FIRST - ids.length;
    for (int b = 0; b < ids.length; b++) {
      if (prints(b)) {
        ids[b] = next++;
      }
    }
    for (int b = 0; b < ids.length; b++) {
      if (!prints(b)) {
        ids[b] = next++;
      }
    }
    return ids;
  }

  static boolean prints(int b) {
    return (b > ' ' && b < 0x7f) || (b > 0xa0 && b != 0xad);
  }
}
