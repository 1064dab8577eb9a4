package brimful.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.Seeds;
import java.util.List;
import java.util.Optional;
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
  void namesEveryKindOfPlace() {
    assertThat(
            List.of(
                    new Locator.Lines(1, 40),
                    new Locator.Lines(7, 7),
                    new Locator.Page(7),
                    new Locator.Slide(3),
                    new Locator.Sheet("Costs"),
                    new Locator.Sheet("Q1 costs", CellRange.parse("a2:$AB$40")),
                    new Locator.Cell(12),
                    new Locator.Time(751, 760),
                    new Locator.Turns(
                        3, 4, Minutes.parse("2024-05-01 10:32-10:40"), List.of("Mia", "Bob")),
                    new Locator.Turns(3, 4, Optional.empty(), List.of("User")))
                .stream()
                .map(place -> DEEPSEEK.segment(place, "", "") + place.display()))
        .containsExactly(
            "<chunk lines=\"1-40\">\n\n1-40",
            "<chunk lines=\"7\">\n\n7-7",
            "<chunk page=\"7\">\n\np. 7",
            "<chunk slide=\"3\">\n\nslide 3",
            "<chunk sheet=\"Costs\">\n\nsheet Costs",
            "<chunk sheet=\"Q1 costs\" cells=\"A2:AB40\">\n\nsheet 'Q1 costs'!A2:AB40",
            "<chunk cell=\"12\">\n\ncell 12",
            "<chunk time=\"00:12:31-00:12:40\">\n\n00:12:31-00:12:40",
            "<chunk time=\"2024-05-01 10:32-10:40\">\n\n2024-05-01 10:32-10:40 Mia, Bob",
            "<chunk turns=\"3-4\">\n\nturn 3-4 User");
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
