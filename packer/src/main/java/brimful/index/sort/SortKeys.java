package brimful.index.sort;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/// Sort keys: a score and a number in one long, highest score first, ties to the lower number.
///
/// Sorting primitive longs keeps the order total and allocates nothing, which matters in a freshly
/// started program.
public final class SortKeys {
  private static final int NUMBER_BITS = 32;

  /// Of a float, all but its exponent and the first bits of its fraction.
  private static final int LOW_BITS = 19;

  private SortKeys() {}

  /// Returns a key that sorts before those of lower scores: floats that are not negative sort as
  /// their bits do.
  ///
  /// @param score NaN and negative scores count as 0
  public static long bestFirst(double score, int number) {
    float clean = score > 0 ? (float) score : 0f;
    return ((long) (Integer.MAX_VALUE - Float.floatToIntBits(clean)) << NUMBER_BITS) | number;
  }

  /// Returns a key that sorts before those of higher ranks.
  public static long lowestFirst(int rank, int number) {
    return ((long) rank << NUMBER_BITS) | number;
  }

  public static int number(long key) {
    return (int) key;
  }

  /// Returns the numbers of keys, in key order.
  public static int[] numbers(long[] keys) {
    var numbers = new int[keys.length];
    for (int i = 0; i < keys.length; i++) {
      numbers[i] = number(keys[i]);
    }
    return numbers;
  }

  /// Returns the numbers of the highest scores above 0, highest first, ties to the lower number.
  ///
  /// Two passes over the scores: the first counts them by their leading bits, so that only those
  /// that may be among the highest are sorted.
  ///
  /// @param scores 0 or more, by place
  /// @param numbers returns the number of a place
  public static int[] highest(float[] scores, IntUnaryOperator numbers, int limit) {
    int[] counts = counts(scores);
    int lowest = leading(Float.POSITIVE_INFINITY);
    int count = counts[lowest];
    while (lowest > 0 && count < limit) {
      count += counts[--lowest];
    }
    float least = Math.max(Float.MIN_VALUE, Float.intBitsToFloat(lowest << LOW_BITS));
    var keys = new long[count];
    int at = 0;
    for (int place = 0; place < scores.length; place++) {
      if (scores[place] >= least) {
        keys[at++] = bestFirst(scores[place], numbers.applyAsInt(place));
      }
    }
    return first(keys, count, limit);
  }

  /// Returns how many scores that are not 0 begin with each of the leading bits.
  private static int[] counts(float[] scores) {
    var counts = new int[1 << (Float.SIZE - LOW_BITS)];
    // Neighbours are often alike: two tables, so that one count need not wait for the other.
    var others = new int[counts.length];
    int zeros = 0;
    for (int place = 0; place < scores.length; place++) {
      (place % 2 == 0 ? counts : others)[leading(scores[place])]++;
      zeros += Float.floatToRawIntBits(scores[place]) == 0 ? 1 : 0;
    }
    for (int bits = 0; bits < counts.length; bits++) {
      counts[bits] += others[bits];
    }
    counts[0] -= zeros;
    return counts;
  }

  /// Floats that are not negative rise as their bits do.
  private static int leading(float score) {
    return Float.floatToRawIntBits(score) >>> LOW_BITS;
  }

  /// Returns the numbers of the smallest keys, in rising order of the keys.
  ///
  /// @param keys are reordered
  /// @param count how many of them there are
  public static int[] first(long[] keys, int count, int limit) {
    int kept = Math.min(limit, count);
    Smallest.sort(keys, count, kept);
    return numbers(Arrays.copyOf(keys, kept));
  }
}
