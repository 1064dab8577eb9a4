package brimful.index.sort;

import java.util.Arrays;

/// Sorts the smallest of many numbers: a question matches most chunks of a corpus and takes the
/// best few thousand.
final class Smallest {
  /// Below this, sorting everything is faster than selecting first.
  private static final int SORTED_AT_ONCE = 512;

  private Smallest() {}

  /// Puts the smallest `kept` of the first `count` numbers to the front, in order; the others are
  /// in any order behind them. Takes time linear in `count` on average, plus the sort.
  static void sort(long[] values, int count, int kept) {
    if (count > SORTED_AT_ONCE && kept < count / 2) {
      select(values, count, kept);
      Arrays.sort(values, 0, kept);
    } else {
      Arrays.sort(values, 0, count);
    }
  }

  /// Hoare's quickselect, with the median of three for a pivot. After a bound of rounds that only
  /// contrived input needs, the rest is sorted.
  private static void select(long[] values, int count, int kept) {
    int low = 0;
    int high = count - 1;
    int rounds = 2 * (Integer.SIZE - Integer.numberOfLeadingZeros(count));
    while (high - low > SORTED_AT_ONCE) {
      if (rounds-- == 0) {
        break;
      }
      long pivot = median(values[low], values[(low + high) >>> 1], values[high]);
      int left = low;
      int right = high;
      while (left <= right) {
        while (values[left] < pivot) {
          left++;
        }
        while (values[right] > pivot) {
          right--;
        }
        if (left <= right) {
          long moved = values[left];
          values[left++] = values[right];
          values[right--] = moved;
        }
      }
      if (kept <= right) {
        high = right;
      } else if (kept >= left) {
        low = left;
      } else {
        return;
      }
    }
    Arrays.sort(values, low, high + 1);
  }

  private static long median(long a, long b, long c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }
}
