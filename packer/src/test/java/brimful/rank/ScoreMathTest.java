package brimful.rank;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.Seeds;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ScoreMathTest {
  @Seeds
  void sortsAsAStableComparatorDoes(long seed) {
    var random = new Random(seed);
    var scores = new float[random.nextInt(50)];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = random.nextBoolean() ? random.nextFloat() * 1e-3f : random.nextInt(3);
    }

    int[] order = ScoreMath.descending(scores);

    assertThat(order)
        .containsExactly(
            IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -scores[i]))
                .mapToInt(Integer::intValue)
                .toArray());
  }

  @Test
  void smoothsTowardsTheBetterNeighbourAndStaysWithinOne() {
    assertThat(ScoreMath.smooth(new float[] {1, 0, 0, 1, 1}, 0.5f))
        .containsExactly(1 / 1.5f, 0.5f / 1.5f, 0.5f / 1.5f, 1, 1);
    assertThat(ScoreMath.smooth(new float[] {1}, 0.5f)).containsExactly(1 / 1.5f);
    assertThat(ScoreMath.smooth(new float[] {}, 0.5f)).isEmpty();
  }

  @Test
  void leavesZerosAlone() {
    var scores = new float[2];

    ScoreMath.normalise(scores);

    assertThat(scores).containsExactly(0, 0);
  }
}
