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

  /// One score of so many is looked at first.
  private static final int SAMPLE_STEP = 16;

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

  /// Returns the score of a key of [#bestFirst].
  public static float score(long key) {
    return Float.intBitsToFloat(Integer.MAX_VALUE - (int) (key >>> NUMBER_BITS));
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
  /// Sorts only what may be among the highest. What that is, a sample tells, and now and then all
  /// scores have to.
  ///
  /// @param scores 0 or more, by place
  /// @param numbers returns the number of a place
  public static int[] highest(float[] scores, IntUnaryOperator numbers, int limit) {
    return numbers(highestKeys(scores, numbers, limit));
  }

  /// Returns the same as keys, which also have the scores.
  public static long[] highestKeys(float[] scores, IntUnaryOperator numbers, int limit) {
    if (scores.length / SAMPLE_STEP > limit) {
      // Half as many again as are wanted, in case the sample has too many high ones.
      float least = atLeast(scores, SAMPLE_STEP, limit + limit / 2);
      long[] keys = keys(scores, numbers, least);
      if (keys.length >= limit || least == Float.MIN_VALUE) {
        return smallest(keys, keys.length, limit);
      }
    }
    long[] keys = keys(scores, numbers, atLeast(scores, 1, limit));
    return smallest(keys, keys.length, limit);
  }

  /// Returns a score that about as many reach as are wanted, or a few more.
  ///
  /// @param step looks at each score, if 1, and then as many do reach it, if they are above 0
  private static float atLeast(float[] scores, int step, int wanted) {
    int[] counts = counts(scores, step);
    int lowest = leading(Float.POSITIVE_INFINITY);
    int count = counts[lowest];
    while (lowest > 0 && (long) count * step < wanted) {
      count += counts[--lowest];
    }
    return Math.max(Float.MIN_VALUE, Float.intBitsToFloat(lowest << LOW_BITS));
  }

  private static long[] keys(float[] scores, IntUnaryOperator numbers, float least) {
    var keys = new long[1024];
    int count = 0;
    for (int place = 0; place < scores.length; place++) {
      if (scores[place] >= least) {
        keys = count == keys.length ? Arrays.copyOf(keys, 2 * count) : keys;
        keys[count++] = bestFirst(scores[place], numbers.applyAsInt(place));
      }
    }
    return Arrays.copyOf(keys, count);
  }

  /// Returns how many scores that are not 0 begin with each of the leading bits.
  ///
  /// @param step looks at the first of so many
  private static int[] counts(float[] scores, int step) {
    var counts = new int[1 << (Float.SIZE - LOW_BITS)];
    for (int place = 0; place < scores.length; place += step) {
      if (scores[place] > 0) {
        counts[leading(scores[place])]++;
      }
    }
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
    return numbers(smallest(keys, count, limit));
  }

  private static long[] smallest(long[] keys, int count, int limit) {
    int kept = Math.min(limit, count);
    Smallest.sort(keys, count, kept);
    return Arrays.copyOf(keys, kept);
  }
}
