package brimful.pack;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import brimful.pack.format.WindowFormat;
import brimful.token.TokenCounter;
import brimful.token.Tokenizers;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Windows of hostile text, in every format and by every tokenizer: the packer throws where a
/// recount is not the sum.
final class WindowRecountTest {
  private static final String[] PIECES = {
    "<s>",
    "</s>",
    "<unk>",
    "[INST]",
    "[/INST]",
    "<<SYS>>",
    "<tool_call>",
    "<|im_start|>",
    "<|\"|>",
    "<｜User｜>",
    "｜DSML｜",
    "<think>",
    "<start_of_turn>",
    "]~b]",
    "[gMASK]",
    "<turn|>",
    "<|turn>",
    "</chunk>",
    "</document>",
    "<question>",
    "```",
    "\n",
    "\n\n",
    " ",
    "/",
    "//",
    "\"",
    "\\",
    "{",
    "word",
    "größer",
    "设备",
    "42",
    "<",
    "[",
    "|>",
    "&lt;",
    "\t",
    "\u00ad",
    "e\u0301",
    "😀"
  };

  private static final List<String> TOKENIZERS =
      List.of("deepseek-v3", "o200k_base", "cl100k_base", "estimate", "estimate-claude");

  static Stream<Object[]> cases() {
    return TOKENIZERS.stream()
        .flatMap(name ->
            Stream.of(WindowFormat.values())
                .flatMap(format ->
                    Stream.of(1L, 2L, 3L, 42L).map(seed -> new Object[] {name, format, seed})));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isTheSumAndSaysNoSpecialToken(String tokenizer, WindowFormat format, long seed) {
    var random = new Random(seed);
    TokenCounter counter = Tokenizers.named(tokenizer);
    var corpus = new TestCorpus(counter);
    for (int i = 0; i < 10; i++) {
      corpus.add(
          new DocumentId("d" + i + text(random, 3).replaceAll("\\s", "_")),
          new Locator.Sheet("x" + text(random, 2)),
          text(random, 3),
          List.of(),
          "x" + text(random, 60) + "x");
    }
    var prompt = new Prompt("Rules: " + text(random, 10) + "\n", "why " + text(random, 10) + "?");

    Window window =
        new Packer(counter)
            .pack(
                new PackRequest(prompt, 20_000, corpus.outlines(), corpus.ranking(random), format),
                corpus::read);

    assertThat(window.placed()).isNotEmpty();
    assertThat(window.tokens())
        .isGreaterThanOrEqualTo(counter.count(window.prompt()))
        .isLessThanOrEqualTo(
            counter.exact() ? counter.count(window.prompt()) : window.budgetTokens());
    assertThat(window.prompt()).doesNotContain("<|im_start|>", "<｜User｜>", "｜DSML｜", "<|turn>");
    if (tokenizer.startsWith("deepseek")) {
      assertThat(window.prompt()).doesNotContain("<think>");
    }
    if (tokenizer.startsWith("estimate")) {
      assertThat(window.prompt())
          .doesNotContain("<s>", "</s>", "<unk>", "[INST]", "[/INST]", "<<SYS>>", "<tool_call>")
          .doesNotContain("<think>", "<start_of_turn>", "]~b]", "[gMASK]", "<turn|>");
    }
  }

  private static String text(Random random, int pieces) {
    var text = new StringBuilder();
    for (int i = random.nextInt(pieces); i >= 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }
}
