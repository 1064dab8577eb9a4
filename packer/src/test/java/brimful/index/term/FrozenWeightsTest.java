package brimful.index.term;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import brimful.testing.Seeds;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FrozenWeightsTest {
  private static final FrozenWeights WEIGHTS = new FrozenWeights(300, 2);

  /// What an engine says of a weight: it keeps nine significant bits, and floats.
  private static float score(float weight, float boost, float pivot) {
    float kept = Float.intBitsToFloat(Float.floatToIntBits(weight) >> 15 << 15);
    return boost * (1 - pivot / (kept + pivot));
  }

  private static FrozenWeights.Saturation saturation(Random random) {
    return WEIGHTS.saturation(20 + random.nextInt(3_000), 2, 100_000);
  }

  @Seeds
  void frequenciesComeBackAsTheyWere(long seed) {
    var random = new Random(seed);
    for (int frequency = 1; frequency <= FrozenWeights.EXACT_MAX; frequency++) {
      long length = frequency + random.nextInt(1 << random.nextInt(24));
      float boost = 0.01f + 20 * random.nextFloat();
      FrozenWeights.Saturation saturation = saturation(random);

      float score = score(WEIGHTS.weight(frequency, length), boost, saturation.pivot());
      double weight = saturation.weightOf(score, boost);

      assertThat(WEIGHTS.frequency(weight, length)).as("of %s", length).isEqualTo(frequency);
    }
  }

  /// The longer texts are on average, the nearer to 1 are the scores of short ones.
  @Seeds
  void frequenciesComeBackWhereTextsAreLongOnAverage(long seed) {
    var random = new Random(seed);
    for (FrozenWeights weights : List.of(WEIGHTS, new FrozenWeights(3_000, 2))) {
      for (int frequency = 1; frequency <= FrozenWeights.EXACT_MAX; frequency++) {
        for (int average : new int[] {10_000, 100_000, 500_000, 10_000_000}) {
          long length = frequency + random.nextInt(1 << random.nextInt(10));
          float boost = 0.01f + 20 * random.nextFloat();
          FrozenWeights.Saturation saturation = weights.saturation(average, 2, 100_000_000);

          float score = score(weights.weight(frequency, length), boost, saturation.pivot());
          double weight = saturation.weightOf(score, boost);

          assertThat(weights.frequency(weight, length))
              .as("of %s, average %s", length, average)
              .isEqualTo(frequency);
        }
      }
    }
  }

  @Seeds
  void higherOnesComeBackNearly(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 1_000; i++) {
      int frequency = 256 + random.nextInt(100_000);
      long length = frequency + random.nextInt(1 << 24);
      FrozenWeights.Saturation saturation = saturation(random);

      float score = score(WEIGHTS.weight(frequency, length), 3, saturation.pivot());
      int found = WEIGHTS.frequency(saturation.weightOf(score, 3), length);

      assertThat((double) found / frequency).isCloseTo(1, within(0.004));
    }
  }

  /// BM25's term frequency, as it is computed exactly.
  private static double exact(int frequency, long length, double average) {
    return frequency / (frequency + 2 * 1.2 * (1 - 0.75 + 0.75 * length / average));
  }

  @Seeds
  void boundsExactScoresByThoseOfTheEngine(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      int average = 20 + random.nextInt(1 << 5 + random.nextInt(16));
      int shortest = 2 + random.nextInt(average);
      int longest = shortest + 1 + random.nextInt(20 * average);
      FrozenWeights.Saturation saturation = WEIGHTS.saturation(average, shortest, longest);
      for (int j = 0; j < 50; j++) {
        int length = shortest + random.nextInt(longest - shortest + 1);
        int frequency = 2 + random.nextInt(length);

        float engine = score(WEIGHTS.weight(frequency, length), 1, saturation.pivot());

        assertThat(exact(frequency, length, average))
            .as("%s times in %s, average %s", frequency, length, average)
            .isLessThanOrEqualTo(engine * saturation.bound());
      }
    }
  }

  /// The less an engine's scores are off, the fewer more are asked for.
  @Test
  void boundsTightlyWhereLengthsAreThoseOfCorpora() {
    assertThat(WEIGHTS.saturation(216, 25, 354).bound()).isLessThan(1.06);
    assertThat(WEIGHTS.saturation(598, 12, 1_768).bound()).isLessThan(1.08);
  }

  @Seeds
  void textsOfAverageLengthGetTheirExactScores(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 100; i++) {
      int average = 20 + random.nextInt(3_000);
      int frequency = 2 + random.nextInt(100);

      double engine =
          score(
              WEIGHTS.weight(frequency, average),
              1,
              WEIGHTS.saturation(average, 2, 2L * average).pivot());

      assertThat(engine / exact(frequency, average, average)).isCloseTo(1, within(0.003));
    }
  }
}
