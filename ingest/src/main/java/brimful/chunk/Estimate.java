package brimful.chunk;

import java.util.Arrays;

/// Estimates the tokens of a text from its characters: much faster than counting and accurate
/// enough for planning. The result is counted afterwards.
final class Estimate {
  /// The unit, as a power of two: dividing by it is shifting.
  static final int UNIT_BITS = 5;

  /// The unit: this many to a token.
  static final int UNIT = 1 << UNIT_BITS;

  /// A character beyond ASCII is about half a token.
  private static final int OTHER = 18;

  private static final byte[] ASCII = new byte[128];

  static {
    Arrays.fill(ASCII, (byte) 20);
    Arrays.fill(ASCII, 0, ' ' + 1, (byte) 2);
    Arrays.fill(ASCII, 'A', 'Z' + 1, (byte) 10);
    Arrays.fill(ASCII, 'a', 'z' + 1, (byte) 6);
    Arrays.fill(ASCII, '0', '9' + 1, (byte) 14);
    ASCII['\n'] = 12;
  }

  private Estimate() {}

  /// Returns the cost of the characters between two offsets, in [#UNIT]s of a token.
  static long of(String text, int start, int end) {
    long sum = 0;
    for (int at = start; at < end; at++) {
      char c = text.charAt(at);
      sum += c < ASCII.length ? ASCII[c] : OTHER;
    }
    return sum;
  }

  /// Returns the offset at which the text from `start` has cost `budget`, at least one character
  /// further.
  static int reach(String text, int start, int end, long budget) {
    long left = budget;
    int at = start;
    while (at < end && (left > 0 || at == start)) {
      char c = text.charAt(at++);
      left -= c < ASCII.length ? ASCII[c] : OTHER;
    }
    return at;
  }
}
