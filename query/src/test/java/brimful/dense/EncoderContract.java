package brimful.dense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import brimful.rank.Encoder;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What holds of every encoder.
abstract class EncoderContract {
  private static final String SHORT = "The cat sleeps on the red sofa.";
  private static final String LONG = "Nobody knows how the weather will be, \n".repeat(60);

  /// Half precision keeps three digits.
  private static final float ERROR = 2e-3f;

  abstract Encoder encoder();

  @Test
  void everyVectorHasLengthOne() {
    assertThat(encoder().encode(List.of(SHORT, LONG, "x", "你好", "\u0000 🙂")))
        .hasSize(5)
        .allSatisfy(vectors ->
            assertThat(vectors)
                .isNotEmpty()
                .allSatisfy(
                    vector -> assertThat(cosine(vector, vector)).isEqualTo(1, within(ERROR))));
  }

  @Test
  void sameTextHasSameVectorsWhateverStandsBesideIt() {
    List<List<float[]>> together = encoder().encode(List.of(LONG, SHORT, SHORT));
    List<List<float[]>> alone = encoder().encode(List.of(SHORT));

    assertThat(together.get(1)).usingRecursiveComparison().isEqualTo(alone.getFirst());
    assertThat(together.get(2)).usingRecursiveComparison().isEqualTo(alone.getFirst());
  }

  @Test
  void readsLongTextsToTheirEnd() {
    float[] asked = encoder().encode(List.of(SHORT)).getFirst().getFirst();

    List<List<float[]>> vectors = encoder().encode(List.of(LONG, LONG + SHORT));

    assertThat(nearest(asked, vectors.get(1))).isGreaterThan(nearest(asked, vectors.get(0)) + 0.1f);
  }

  private static float nearest(float[] asked, List<float[]> pieces) {
    float nearest = -1;
    for (float[] piece : pieces) {
      nearest = Math.max(nearest, cosine(asked, piece));
    }
    return nearest;
  }

  private static float cosine(float[] a, float[] b) {
    float sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
