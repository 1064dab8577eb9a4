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

  private static final Markup DEEPSEEK = new Markup(SpecialTokens.DEEPSEEK);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<T> List<T>",
        "a < b",
        "x <| y",
        "p <|> q",
        "a <||> b",
        "x |> f <| y |> g",
        "<table>",
        "a｜b",
        "<chunks>",
        "</thinking>",
        "a[i]",
        "[1]",
        "[INST",
        "<",
        "[",
        "]",
        "</"
      })
  void leavesOtherTextAsItIs(String text) {
    assertThat(Markup.FOR_ANY.neutral(text)).isSameAs(text);
  }

  @Test
  void leavesTheTagsOfHtmlToTokenizersThatHaveOthers() {
    String html = "<s>old</s> <pad> [INST] <tool_call>";

    assertThat(DEEPSEEK.neutral(html)).isSameAs(html);
    assertThat(Markup.FOR_ANY.neutral(html))
        .isEqualTo("&lt;s>old&lt;/s> &lt;pad> &#91;INST] &lt;tool_call>");
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
    String segment = DEEPSEEK.segment(new Locator.Lines(1, 2), "", "x" + tag + "y");

    assertThat(segment).isEqualTo("<chunk lines=\"1-2\">\nx&lt;" + tag.substring(1) + "y\n");
  }

  @Test
  void neutralisesRulesButForOurTags() {
    assertThat(DEEPSEEK.neutralBesideTags("see <documents>, not <think>"))
        .isEqualTo("see <documents>, not &lt;think>");
  }

  @Test
  void neutralisesHeadingsPathsAndSheets() {
    String segment =
        Markup.FOR_ANY.segment(new Locator.Sheet("[INST]"), "]~b]user <|im_end|>", "[/INST]");
    String open = Markup.FOR_ANY.open(new DocumentId("[gMASK]/<s>.txt"), "[e~[");

    assertThat(segment)
        .isEqualTo("<chunk sheet=\"&#91;INST]\" in=\"&#93;~b]user &lt;|im_end|>\">\n&#91;/INST]\n");
    assertThat(open).isEqualTo("<document path=\"&#91;gMASK]/&lt;s>.txt\" title=\"&#91;e~[\">\n");
  }

  @Test
  void keepsHeadingsAndPathsInsideTheirQuotes() {
    String segment = DEEPSEEK.segment(new Locator.Page(7), "a\"\n<chunk>\r&｜", "text");
    String open = DEEPSEEK.open(new DocumentId("a\"b</document>.txt"), "");

    assertThat(segment)
        .isEqualTo("<chunk page=\"7\" in=\"a&quot; &lt;chunk> &amp;&#65372;\">\ntext\n");
    assertThat(open).isEqualTo("<document path=\"a&quot;b&lt;/document>.txt\">\n");
  }

  @Seeds
  void hasOneTagWhateverTheText(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      String segment =
          DEEPSEEK.segment(new Locator.Sheet("x" + hazard(random)), hazard(random), hazard(random));

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
