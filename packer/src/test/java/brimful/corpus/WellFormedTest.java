package brimful.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.pack.Prompt;
import brimful.rank.Question;
import brimful.testing.Seeds;
import brimful.token.TokenCounter;
import brimful.token.Tokenizers;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WellFormedTest {
  @ParameterizedTest
  @CsvSource({
    "\ud83d, \ufffd",
    "a\ud83d, a\ufffd",
    "\udca9b, \ufffdb",
    "\udca9\ud83d, \ufffd\ufffd",
    "\ud83d\ud83d\udca9, \ufffd\ud83d\udca9",
    "\ud83d\udca9\udca9, \ud83d\udca9\ufffd",
  })
  void replacesHalvesThatStandAlone(String text, String mended) {
    assertThat(WellFormed.text(text)).isEqualTo(mended);
  }

  @Test
  void keepsWellFormedTextAsItIs() {
    String text = "größer 设备 \ud83d\udca9";

    assertThat(WellFormed.text(text)).isSameAs(text);
    assertThat(WellFormed.text("")).isEmpty();
  }

  @Test
  void cutsNoPairInTwo() {
    assertThat(WellFormed.start("a\ud83d\udca9b", 2)).isEqualTo("a");
    assertThat(WellFormed.start("a\ud83d\udca9b", 3)).isEqualTo("a\ud83d\udca9");
    assertThat(WellFormed.start("abc", 3)).isEqualTo("abc");
    assertThat(WellFormed.start("abc", 0)).isEmpty();
  }

  @Seeds
  void everyTextSurvivesUtf8(long seed) {
    var random = new Random(seed);
    var text = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      text.append((char) (random.nextBoolean() ? random.nextInt(0xd7f0, 0xe010) : 'x'));
    }

    String mended = WellFormed.text(text.toString());

    assertThat(new String(mended.getBytes(UTF_8), UTF_8)).isEqualTo(mended).hasSize(40);
    int max = random.nextInt(40);
    assertThat(WellFormed.text(WellFormed.start(mended, max)))
        .isEqualTo(WellFormed.start(mended, max));
  }

  @ParameterizedTest
  @ValueSource(strings = {"deepseek-v3", "o200k_base", "cl100k_base"})
  void whatEntersCountsAsMuchAsItsBytes(String tokenizer) {
    TokenCounter counter = Tokenizers.named(tokenizer);
    String broken = "why \ud83d does it \udca9 fail?";

    Prompt prompt = Prompt.of(broken);

    assertThat(prompt.question()).isEqualTo("why \ufffd does it \ufffd fail?");
    assertThat(new Question(broken).text()).isEqualTo(prompt.question());
    assertThat(new Locator.Sheet("Q\ud83d").name()).isEqualTo("Q\ufffd");
    assertThat(new Outcome.Failed("no \ud83d").display()).isEqualTo("failed: no \ufffd");
    String bytes = new String(prompt.question().getBytes(UTF_8), UTF_8);
    assertThat(counter.count(prompt.question())).isEqualTo(counter.count(bytes));
  }
}
