package brimful.rank;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.Seeds;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class DocumentScoresTest {
  @Test
  void addsUpMatchesAndVotesInTheHead() {
    var documentScores = new DocumentScores(new float[] {1, 1, 1});
    documentScores.matched(DocumentScores.Match.WHOLE, new float[] {10, 8, 0});
    documentScores.matched(DocumentScores.Match.BEST_CHUNK, new float[] {1, 3, 0});
    documentScores.voted(DocumentScores.Vote.NAMED, new int[] {0});
    documentScores.settle();

    // 0.5 + 0.5 / 3 + 0.3 against 0.4 + 0.5
    assertThat(documentScores.descending()).containsExactly(0, 1, 2);
    assertThat(documentScores.of(0)).isEqualTo(1);
    assertThat(documentScores.of(2)).isZero();
  }

  @Test
  void weighsWithWhatThePathsTell() {
    var documentScores = new DocumentScores(new float[] {0.3f, 1});
    documentScores.matched(DocumentScores.Match.WHOLE, new float[] {10, 5});
    documentScores.settle();

    assertThat(documentScores.descending()).containsExactly(1, 0);
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
    var documentScores = new DocumentScores(factors);
    documentScores.matched(DocumentScores.Match.WHOLE, scores);
    documentScores.voted(DocumentScores.Vote.DEFINES, new int[] {random.nextInt(size)});
    documentScores.settle();

    int[] order = documentScores.descending();

    assertThat(order).hasSize(size).doesNotHaveDuplicates();
    for (int i = 0; i < size; i++) {
      assertThat(documentScores.of(order[i])).isBetween(0f, 1f);
      assertThat(i == 0 || documentScores.of(order[i]) <= documentScores.of(order[i - 1])).isTrue();
    }
  }
}
