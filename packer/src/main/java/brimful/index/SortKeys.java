package brimful.index;

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
}
