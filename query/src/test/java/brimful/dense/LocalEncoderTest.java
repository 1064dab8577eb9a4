package brimful.dense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import brimful.rank.Encoder;
import brimful.testing.Seeds;
import dev.langchain4j.model.embedding.onnx.HuggingFaceTokenCountEstimator;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Slow: the model takes over a second to load.
@Tag("slow")
final class LocalEncoderTest extends EncoderContract {
  // Not a folder that is removed behind the test: the libraries in it stay loaded.
  private static final LocalEncoder ENCODER = new LocalEncoder(Path.of("target", "encoder"));

  @Override
  Encoder encoder() {
    return ENCODER;
  }

  /// The model before its weights were rounded to bytes has 0.675 and 0.406.
  @Test
  void putsNearWhatMeansTheSame() {
    List<float[]> vectors =
        ENCODER
            .encode(
                List.of(
                    "Where does Anna live?",
                    "Anna: I moved to Paris last year",
                    "Bob: I like trees"))
            .stream()
            .map(List::getFirst)
            .toList();

    assertThat(product(vectors.get(0), vectors.get(1)))
        .isCloseTo(0.675f, within(0.02f))
        .isGreaterThan(product(vectors.get(0), vectors.get(2)) + 0.25f);
  }

  @Test
  void endsWhenItsThreadIsInterrupted() {
    List<String> texts = List.of("one text", "another text");
    ENCODER.encode(texts);

    Thread.currentThread().interrupt();

    assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> ENCODER.encode(texts));
    assertThat(Thread.interrupted()).isTrue();
  }

  private static float product(float[] a, float[] b) {
    float sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  @Seeds
  void piecesHoldTheWholeTextAndAreReadWhole(long seed) {
    var random = new Random(seed);
    var tokens = new HuggingFaceTokenCountEstimator();
    var text = new StringBuilder();
    String[] parts = {
      "word", " ", "\n", "a.b.c", "-", "你好", "🙂", "🙂🙂", "Ünïcödé", "x".repeat(150)
    };
    for (int i = 0; i < 1_000; i++) {
      text.append(parts[random.nextInt(parts.length)]);
    }

    List<String> pieces = ENCODER.pieces(text.toString());

    assertThat(String.join("", pieces).replaceAll("\\s", ""))
        .isEqualTo(text.toString().replaceAll("\\s", ""));
    assertThat(pieces)
        .allSatisfy(piece ->
            assertThat(tokens.estimateTokenCountInText(piece))
                .isLessThanOrEqualTo(LocalEncoder.PIECE_TOKENS_MAX));
  }
}
