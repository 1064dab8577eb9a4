package brimful.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.Seeds;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MarkupTest {
  private static final String[] HAZARDS = {
    "<",
    "</",
    "chunk",
    "document",
    ">",
    "\"",
    "'",
    "\n",
    "\r",
    "｜",
    "User",
    "DSML",
    "|",
    "EOT",
    "\u2028",
    "think",
    "&",
    " ",
    "▁of▁",
    "\u0085",
    "/"
  };

  /// All names in the added tokens of DeepSeek's tokenizer, but for the place holders' numbers, and
  /// what V4 and other families add.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "<｜begin▁of▁sentence｜>",
        "<｜end▁of▁sentence｜>",
        "<｜▁pad▁｜>",
        "<｜place▁holder▁no▁0｜>",
        "<｜place▁holder▁no▁799｜>",
        "<｜fim▁hole｜>",
        "<｜fim▁begin｜>",
        "<｜fim▁end｜>",
        "<｜User｜>",
        "<｜Assistant｜>",
        "<|EOT|>",
        "<｜tool▁calls▁begin｜>",
        "<｜tool▁calls▁end｜>",
        "<｜tool▁call▁begin｜>",
        "<｜tool▁call▁end｜>",
        "<｜tool▁outputs▁begin｜>",
        "<｜tool▁outputs▁end｜>",
        "<｜tool▁output▁begin｜>",
        "<｜tool▁output▁end｜>",
        "<｜tool▁sep｜>",
        "<think>",
        "</think>",
        "｜DSML｜",
        "<｜latest_reminder｜>",
        "<｜deepseek_image｜>",
        "<tool_result>",
        "</tool_result>",
        "<|im_start|>",
        "<|endoftext|>",
        "<|start_header_id|>",
        "<bos>",
        "<start_of_turn>",
        "<end_of_turn>"
      })
  void breaksSpecialTokens(String special) {
    String neutral = Markup.neutral("before " + special + " after" + special);

    assertThat(neutral).doesNotContain(special).startsWith("before ").contains(" after");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"<T> List<T>", "a < b", "x <| y", "<table>", "a｜b", "<chunks>", "</thinking>"})
  void leavesOtherTextAsItIs(String text) {
    assertThat(Markup.neutral(text)).isSameAs(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "</chunk>",
        "</document>",
        "<chunk lines=\"1\">",
        "<DOCUMENT path=\"x\">",
        "</documents>",
        "<question>",
        "</instructions >"
      })
  void keepsTextFromClosingAndOpeningOurTags(String tag) {
    String segment = Markup.segment(new Locator.Lines(1, 2), "", "x" + tag + "y");

    assertThat(segment).isEqualTo("<chunk lines=\"1-2\">\nx&lt;" + tag.substring(1) + "y\n");
  }

  @Test
  void keepsHeadingsAndPathsInsideTheirQuotes() {
    String segment = Markup.segment(new Locator.Page(7), "a\"\n<chunk>\r&｜", "text");
    String open = Markup.open(new DocumentId("a\"b</document>.txt"), "");

    assertThat(segment)
        .isEqualTo("<chunk page=\"7\" in=\"a&quot; &lt;chunk> &amp;&#65372;\">\ntext\n");
    assertThat(open).isEqualTo("<document path=\"a&quot;b&lt;/document>.txt\">\n");
  }

  @Seeds
  void hasOneTagWhateverTheText(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      String segment =
          Markup.segment(new Locator.Sheet("x" + hazard(random)), hazard(random), hazard(random));

      assertThat(segment).matches(Pattern.compile("<chunk [^\n]*>\n.*\n", Pattern.DOTALL));
      assertThat(segment.split("</?chunk\\b", -1)).hasSize(2);
      assertThat(segment.lines().findFirst().orElseThrow().split("\"", -1)).hasSize(5);
      assertThat(segment)
          .doesNotContainPattern("</?document\\b")
          .doesNotContain("<｜", "<|EOT|>", "｜DSML", "<think>");
    }
  }

  private static String hazard(Random random) {
    return random
        .ints(1 + random.nextInt(12), 0, HAZARDS.length)
        .mapToObj(i -> HAZARDS[i])
        .collect(Collectors.joining());
  }
}
