package brimful.index.term;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import brimful.testing.Seeds;
import java.util.Random;

final class FrozenWeightsTest {
  private static final FrozenWeights WEIGHTS = new FrozenWeights(1_000);

  /// What an engine returns for a weight: it keeps nine significant bits, and floats.
  private static double through(float weight, float boost) {
    float kept = Float.intBitsToFloat(Float.floatToIntBits(weight) >> 15 << 15);
    float score = boost * (1 - FrozenWeights.K1 / (kept + FrozenWeights.K1));
    return FrozenWeights.weightOf(score, boost, FrozenWeights.K1);
  }

  @Seeds
  void frequenciesBelow256ComeBackAsTheyWere(long seed) {
    var random = new Random(seed);
    for (int frequency = 1; frequency < 256; frequency++) {
      long length = frequency + random.nextInt(1 << random.nextInt(24));
      float boost = 0.01f + 20 * random.nextFloat();

      double weight = through(WEIGHTS.weight(frequency, length), boost);

      assertThat(WEIGHTS.frequency(weight, length)).as("of %s", length).isEqualTo(frequency);
    }
  }

  @Seeds
  void higherOnesComeBackNearly(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 1_000; i++) {
      int frequency = 256 + random.nextInt(100_000);
      long length = frequency + random.nextInt(1 << 24);

      int found = WEIGHTS.frequency(through(WEIGHTS.weight(frequency, length), 3), length);

      assertThat((double) found / frequency).isCloseTo(1, within(0.004));
    }
  }
}
