package brimful.index.sort;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.Seeds;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;

final class SortKeysTest {
  @Seeds
  void theHighestScoresAreThoseOfASortOfAll(long seed) {
    var random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      int size = random.nextInt(3_000);
      float[] scores = new float[size];
      for (int i = 0; i < size; i++) {
        scores[i] =
            random.nextBoolean()
                ? 0
                : random.nextInt(1, 50) * (float) Math.pow(10, random.nextInt(-9, 9));
      }
      // Places have other numbers, as keys have.
      int shift = size / 3;
      int limit = random.nextInt(size + 2);

      int[] highest = SortKeys.highest(scores, place -> (place + shift) % size, limit);

      int[] expected =
          IntStream.range(0, size)
              .filter(number -> scores[(number - shift + size) % size] > 0)
              .boxed()
              .sorted((a, b) -> {
                int order =
                    Float.compare(
                        scores[(b - shift + size) % size], scores[(a - shift + size) % size]);
                return order != 0 ? order : Integer.compare(a, b);
              })
              .limit(limit)
              .mapToInt(Integer::intValue)
              .toArray();
      assertThat(highest).isEqualTo(expected);
    }
  }

  @Seeds
  void samplesThatAreUnlikeTheRestChangeNothing(long seed) {
    var random = new Random(seed);
    for (int step = 1; step <= 64; step *= 2) {
      float[] scores = new float[10_000];
      for (int place = 0; place < scores.length; place++) {
        // Every so many are high, or are nothing.
        boolean odd = place % step == 0;
        scores[place] =
            odd == random.nextInt(8) > 0 ? 100 + random.nextInt(100) : random.nextInt(2);
      }
      int limit = random.nextInt(1, 700);

      long[] keys = SortKeys.highestKeys(scores, place -> place, limit);

      int[] sorted =
          IntStream.range(0, scores.length)
              .filter(place -> scores[place] > 0)
              .boxed()
              .sorted(
                  Comparator.<Integer>comparingDouble(place -> -scores[place])
                      .thenComparing(place -> place))
              .limit(limit)
              .mapToInt(Integer::intValue)
              .toArray();
      assertThat(SortKeys.numbers(keys)).isEqualTo(sorted);
      assertThat(Arrays.stream(keys).mapToObj(SortKeys::score).toList())
          .isEqualTo(Arrays.stream(sorted).mapToObj(place -> scores[place]).toList());
    }
  }

  @Seeds
  void nothingScoresInNothing(long seed) {
    assertThat(SortKeys.highest(new float[(int) (seed & 7)], place -> place, 10)).isEmpty();
  }
}
