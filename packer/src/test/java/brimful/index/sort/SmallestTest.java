package brimful.index.sort;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.Seeds;
import java.util.Arrays;
import java.util.Random;

final class SmallestTest {
  @Seeds
  void sortsTheSmallestLikeASortOfAll(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      int count = random.nextInt(5_000);
      int range = 1 + random.nextInt(i % 2 == 0 ? 10 : 1_000_000);
      long[] values = random.longs(count + 3, -range, range).toArray();
      int kept = random.nextInt(count + 1);
      long[] expected = values.clone();
      Arrays.sort(expected, 0, count);

      Smallest.sort(values, count, kept);

      assertThat(Arrays.copyOf(values, kept)).isEqualTo(Arrays.copyOf(expected, kept));
      assertThat(Arrays.copyOfRange(values, count, count + 3))
          .isEqualTo(Arrays.copyOfRange(expected, count, count + 3));
    }
  }

  @Seeds
  void isAsRightOnSortedAndReversedNumbers(long seed) {
    int count = 20_000;
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] = seed % 2 == 0 ? i : count - i;
    }
    long[] expected = values.clone();
    Arrays.sort(expected);

    Smallest.sort(values, count, 777);

    assertThat(Arrays.copyOf(values, 777)).isEqualTo(Arrays.copyOf(expected, 777));
  }
}
