package brimful.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.corpus.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenizersTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "deepseek-v3",
        "o200k_base",
        "cl100k_base",
        "estimate-claude",
        "estimate-gemini",
        "estimate-llama",
        "estimate"
      })
  void sharesOneCounterForAName(String name) {
    TokenCounter counter = Tokenizers.named(name);

    assertThat(counter.name()).isEqualTo(name);
    assertThat(Tokenizers.named(name)).isSameAs(counter);
  }

  @Test
  void namesTheKnownOnesWhenAskedForAnother() {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> Tokenizers.named("gpt-9"))
        .withMessage(
            "unknown tokenizer \"gpt-9\": use one of cl100k_base, deepseek-v3, estimate, "
                + "estimate-claude, estimate-gemini, estimate-llama, o200k_base");
  }
}
