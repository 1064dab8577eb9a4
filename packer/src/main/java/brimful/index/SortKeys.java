package brimful.index;

import java.util.Arrays;

/// Sort keys: a score and a number in one long, highest score first, ties to the lower number.
///
/// Sorting primitive longs keeps the order total and allocates nothing, which matters in a freshly
/// started program.
public final class SortKeys {
  private static final int NUMBER_BITS = 32;

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
