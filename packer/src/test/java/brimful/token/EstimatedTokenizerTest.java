package brimful.token;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class EstimatedTokenizerTest extends TokenCounterContract {
  @Override
  TokenCounter counter() {
    return Tokenizers.named("estimate-claude");
  }

  @ParameterizedTest
  @EnumSource
  void saysThatItIsNoCount(EstimatedTokenizer.Family family) {
    assertThat(Tokenizers.named(family.tokenizer()).exact()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void boundsWhatThePublicTokenizersCount(EstimatedTokenizer.Family family) {
    TokenCounter estimate = Tokenizers.named(family.tokenizer());
    TokenCounter openAi = Tokenizers.named("o200k_base");

    for (String text :
        new String[] {
          "public static void main(String[] arguments) throws IOException {\n  return;\n}\n",
          "The budget is proven by a recount of what is sent, and a mismatch fails loudly.",
          "窗口由分段组成，每一段都以标签开头，以换行结尾。",
          "3.14159265358979323846264338327950288419716939937510",
          "0xdeadbeef 550e8400-e29b-41d4-a716-446655440000"
        }) {
      assertThat(estimate.count(text)).as(text).isGreaterThanOrEqualTo(openAi.count(text));
    }
  }

  @Test
  void countsEachDigit() {
    TokenCounter estimate = Tokenizers.named("estimate-gemini");

    assertThat(estimate.count("1234567890")).isEqualTo(13);
    assertThat(estimate.count("1 2 3")).isEqualTo(7);
  }

  @Test
  void roundsUp() {
    assertThat(Tokenizers.named("estimate-gemini").count("a")).isEqualTo(2);
  }
}
