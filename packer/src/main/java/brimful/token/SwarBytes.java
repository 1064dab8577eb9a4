package brimful.token;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Examines eight bytes of text at once, as one number with the first byte lowest (SWAR).
///
/// A scanner that examines one byte after another spends its time on mispredicted branches: how
/// long a word is. Here the length is a sum. A byte is marked by its highest bit.
final class SwarBytes {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHEST = 0x8080808080808080L;

  /// Times a power of 256, has that power in its highest byte.
  private static final long PLACES = 0x0001020304050607L;

  private SwarBytes() {}

  /// Returns the eight bytes from `at` on, all of which the array must have.
  static long at(byte[] text, int at) {
    return (long) LONGS.get(text, at);
  }

  static boolean ascii(long word) {
    return (word & HIGHEST) == 0;
  }

  /// Marks the first byte that is not an ASCII letter; 0 if all are.
  static long stop(long word) {
    return lowest(notLetters(word));
  }

  /// Marks the first byte after the first that is not an ASCII letter; 0 if all are.
  static long stopAfterFirst(long word) {
    return lowest(notLetters(word) & ~0xffL);
  }

  /// Marks the first byte that is not a small ASCII letter; 0 if all are.
  static long stopSmall(long word) {
    long bare = word & ~HIGHEST;
    long fromA = bare + (0x80 - 'a') * ONES;
    long beyondZ = bare + (0x7f - 'z') * ONES;
    return lowest((~fromA | beyondZ | word) & HIGHEST);
  }

  /// Marks the first byte that is not a blank; 0 if all are.
  static long stopBlank(long word) {
    long other = word ^ ' ' * ONES;
    return lowest(((other & ~HIGHEST) + ~HIGHEST | other) & HIGHEST);
  }

  /// Returns how many bytes are before the marked one; eight if none is marked.
  static int bytesBefore(long mark) {
    // The first compiler knows no instruction for trailing zeros, and this program runs on it.
    return mark == 0 ? Long.BYTES : (int) ((mark >>> 7) * PLACES >>> 56);
  }

  private static long notLetters(long word) {
    long lower = (word | 0x20 * ONES) & ~HIGHEST;
    // The highest bit of each byte, which receives no carry from the byte below.
    long fromA = lower + (0x80 - 'a') * ONES;
    long beyondZ = lower + (0x7f - 'z') * ONES;
    return (~fromA | beyondZ | word) & HIGHEST;
  }

  private static long lowest(long marks) {
    return marks & -marks;
  }
}
