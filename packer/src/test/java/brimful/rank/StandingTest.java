package brimful.rank;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.Seeds;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class StandingTest {
  @Test
  void addsUpMatchesAndVotesInTheHead() {
    var standing = new Standing(new float[] {1, 1, 1});
    standing.matched(Standing.Match.WHOLE, new float[] {10, 8, 0});
    standing.matched(Standing.Match.BEST_CHUNK, new float[] {1, 3, 0});
    standing.voted(Standing.Vote.NAMED, new int[] {0});
    standing.settle();

    // 0.5 + 0.5 / 3 + 0.3 against 0.4 + 0.5
    assertThat(standing.descending()).containsExactly(0, 1, 2);
    assertThat(standing.of(0)).isEqualTo(1);
    assertThat(standing.of(2)).isZero();
  }

  @Test
  void weighsWithWhatThePathsTell() {
    var standing = new Standing(new float[] {0.3f, 1});
    standing.matched(Standing.Match.WHOLE, new float[] {10, 5});
    standing.settle();

    assertThat(standing.descending()).containsExactly(1, 0);
  }

  @Seeds
  void isBetweenNothingAndOneAndFallsInItsOrder(long seed) {
    var random = new Random(seed);
    int size = 1 + random.nextInt(50);
    var factors = new float[size];
    var scores = new float[size];
    for (int number = 0; number < size; number++) {
      factors[number] = random.nextFloat();
      scores[number] = random.nextBoolean() ? 0 : random.nextFloat() * 30;
    }
    var standing = new Standing(factors);
    standing.matched(Standing.Match.WHOLE, scores);
    standing.voted(Standing.Vote.DEFINES, new int[] {random.nextInt(size)});
    standing.settle();

    int[] order = standing.descending();

    assertThat(order).hasSize(size).doesNotHaveDuplicates();
    for (int i = 0; i < size; i++) {
      assertThat(standing.of(order[i])).isBetween(0f, 1f);
      assertThat(i == 0 || standing.of(order[i]) <= standing.of(order[i - 1])).isTrue();
    }
  }
}
