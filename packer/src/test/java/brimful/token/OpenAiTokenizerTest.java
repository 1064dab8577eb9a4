package brimful.token;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OpenAiTokenizerTest {
  private static final TokenCounter O200K = Tokenizers.named("o200k_base");
  private static final TokenCounter CL100K = Tokenizers.named("cl100k_base");

  @Nested
  final class O200kBase extends TokenCounterContract {
    @Override
    TokenCounter counter() {
      return O200K;
    }
  }

  @Nested
  final class Cl100kBase extends TokenCounterContract {
    @Override
    TokenCounter counter() {
      return CL100K;
    }
  }

  @Test
  void countsAsOpenAiPublishes() {
    // The example of OpenAI's cookbook, "How to count tokens with tiktoken".
    assertThat(CL100K.count("antidisestablishmentarianism")).isEqualTo(6);
    assertThat(CL100K.count("2 + 2 = 4")).isEqualTo(7);
    assertThat(CL100K.count("お誕生日おめでとう")).isEqualTo(9);
    assertThat(O200K.count("antidisestablishmentarianism")).isEqualTo(6);
    assertThat(O200K.count("2 + 2 = 4")).isEqualTo(7);
    assertThat(O200K.count("お誕生日おめでとう")).isEqualTo(8);
  }

  @Test
  void countsSpecialTokensAsPlainText() {
    assertThat(O200K.count("<|endoftext|>")).isGreaterThan(1);
    assertThat(CL100K.count("<|endoftext|>")).isGreaterThan(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "=", " ", "中", "\n", "7", "A"})
  void staysFastOnLongRunsOfOneCharacter(String unit) {
    String text = unit.repeat(20_000);

    assertThat(O200K.count(text)).isBetween(1, 20_000);
    assertThat(CL100K.count(text)).isBetween(1, 40_000);
  }
}
