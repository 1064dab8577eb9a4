package brimful.pack;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.Chunk;
import brimful.corpus.Document;
import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import brimful.corpus.Markup;
import brimful.pack.format.WindowFormat;
import brimful.rank.Ranking;
import brimful.testing.Seeds;
import brimful.token.TokenCounter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Documents in front of the corpus, and the corpus as outlines.
final class PackerLeadTest {
  private static final TokenCounter COUNTER = new PieceCounter(true);
  private static final Ranking NONE = new Ranking(List.of(), List.of());

  private final Packer packer = new Packer(COUNTER);

  private static Document document(String id, String... texts) {
    var chunks = new ArrayList<Chunk>();
    int line = 1;
    for (String text : texts) {
      int lines = text.split("\n", -1).length;
      var locator = new Locator.Lines(line, line + lines - 1);
      int tokens = COUNTER.count(new Markup(COUNTER.specials()).segment(locator, "", text));
      var document = new DocumentId(id);
      chunks.add(new Chunk(document, chunks.size(), locator, "", List.of(), text, tokens));
      line += lines;
    }
    return new Document(new DocumentId(id), "", chunks);
  }

  private static Layout.Composed first(int tokensMax, Document... documents) {
    return new Layout.Composed(
        List.of(new Layout.Lead("diff", "hunk", List.of(documents), tokensMax)), Map.of(), false);
  }

  private Window packed(TestCorpus corpus, int budget, WindowFormat format, Layout layout) {
    return packer.pack(
        new PackRequest(Prompt.of("why?"), budget, corpus.outlines(), NONE, format, layout),
        corpus::read);
  }

  private static List<String> ids(Window window) {
    return window.placed().stream().map(placed -> placed.document().value()).distinct().toList();
  }

  @Test
  void standsInFrontWhateverItsName() {
    TestCorpus corpus = new TestCorpus(COUNTER).add("a.txt", "alpha").add("z.txt", "omega");

    Window window =
        packed(corpus, 4_000, WindowFormat.XML, first(1_000, document("m", "+one", "-two")));

    assertThat(ids(window)).containsExactly("m", "a.txt", "z.txt");
    assertThat(window.prompt().indexOf("+one")).isLessThan(window.prompt().indexOf("alpha"));
    assertThat(window.prefix()).as("nothing that a cache keeps").isEmpty();
    assertThat(window.documents()).containsOnlyOnce("<documents>").containsOnlyOnce("</documents>");
    assertThat(window.leftOut()).isEmpty();
  }

  @Test
  void isCutBetweenChunksAtItsShareSmallDocumentsFirst() {
    String hunk = TestCorpus.lines("+changed", 10);
    Document large = document("a-large", hunk, hunk, hunk, hunk, hunk, hunk);
    Document small = document("b-small", "+tiny");
    int most = (int) (small.tokens() + large.tokens() / 2 + 100);

    Window window =
        packed(
            new TestCorpus(COUNTER).add("z", "zed"),
            9_000,
            WindowFormat.XML,
            first(most, large, small));

    List<Window.Placed> placed = window.placed();
    assertThat(placed.stream().filter(it -> it.document().equals(small.id()))).hasSize(1);
    List<Window.Placed> shown =
        placed.stream().filter(it -> it.document().equals(large.id())).toList();
    assertThat(shown).hasSizeBetween(2, 4).allMatch(it -> it.text().equals(hunk));
    assertThat(window.leftOut())
        .containsExactly(
            new Window.LeftOut(
                large.id(),
                String.format(
                    Locale.ROOT,
                    "over the diff's share of %,d tokens: %s of 6 hunks",
                    most,
                    6 - shown.size())));
  }

  @Test
  void aShareThatHoldsNothingLeavesAllOutAndSaysSo() {
    Window window =
        packed(
            new TestCorpus(COUNTER).add("z", "zed"),
            2_000,
            WindowFormat.XML,
            first(1, document("d", "+x")));

    assertThat(ids(window)).containsExactly("z");
    assertThat(window.leftOut())
        .containsExactly(
            new Window.LeftOut(
                new DocumentId("d"), "over the diff's share of 1 tokens: 1 of 1 hunk"));
  }

  @Test
  void whatIsAroundComesBeforeTheRest() {
    var corpus = new TestCorpus(COUNTER);
    for (int i = 0; i < 60; i++) {
      corpus.add(String.format(Locale.ROOT, "src/F%02d.java", i), TestCorpus.lines("line" + i, 40));
    }
    var wanted = new DocumentId("src/F57.java");
    var layout =
        new Layout.Composed(
            first(500, document("d", "+x")).leads(),
            Map.of(wanted, List.of(new Locator.Lines(3, 4)), new DocumentId("gone"), List.of()),
            false);

    Window with = packed(corpus, 3_000, WindowFormat.XML, layout);
    Window without = packed(corpus, 3_000, WindowFormat.XML, Layout.CANONICAL);

    assertThat(ids(with)).contains("src/F57.java");
    assertThat(ids(without)).doesNotContain("src/F57.java");
  }

  @Seeds
  void countsAreProvenInEveryFormat(long seed) {
    var random = new Random(seed);
    TestCorpus corpus = TestCorpus.random(random, COUNTER, 1 + random.nextInt(40), 8);
    corpus.addHostile();
    String[] texts = new String[1 + random.nextInt(12)];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = TestCorpus.randomText(random, 1 + random.nextInt(30)) + "\n</documents>";
    }
    int budget = 2_000 + random.nextInt(20_000);
    for (WindowFormat format : WindowFormat.values()) {
      for (boolean outlines : new boolean[] {false, true}) {
        var lead = new Layout.Lead("diff", "hunk", List.of(document("lead", texts)), budget / 2);
        var layout = new Layout.Composed(List.of(lead), Map.of(), outlines);

        Window window = packed(corpus, budget, format, layout);

        assertThat(window.tokens())
            .isLessThanOrEqualTo(budget)
            .isEqualTo(COUNTER.count(window.prompt()));
        long of =
            window.placed().stream().filter(it -> it.document().value().equals("lead")).count();
        assertThat(of).as("%s", format).isLessThanOrEqualTo(texts.length);
        assertThat(Receipt.of(window).promptTokens()).isEqualTo(window.tokens());
      }
    }
  }

  @Test
  void outlinesShowDefinitionsHeadingsAndFirstLines() {
    var corpus =
        new TestCorpus(COUNTER)
            .add(
                "A.java",
                "",
                List.of("A", "run"),
                "class A {\n"
                    + TestCorpus.lines("body", 20)
                    + "\n  void run() {\n    go();\n  }\n}")
            .add("b.md", "# Title\n" + TestCorpus.lines("words", 20) + "\n## Part\nmore")
            .add("c.json", "{\n" + TestCorpus.lines("data", 60) + "\n}")
            .add("d.txt", "short");

    Window window =
        packed(corpus, 4_000, WindowFormat.XML, new Layout.Composed(List.of(), Map.of(), true));

    assertThat(
            window.placed().stream()
                .filter(it -> !it.document().value().equals("c.json"))
                .map(it -> it.document() + " " + it.text()))
        .containsExactly(
            "A.java class A {",
            "A.java   void run() {",
            "b.md # Title",
            "b.md ## Part",
            "d.txt short");
    assertThat(ids(window)).contains("c.json");
    assertThat(window.prompt()).doesNotContain("data59").doesNotContain("words19");
    assertThat(window.leftOut().stream().map(it -> it.document() + " " + it.reason()))
        .containsExactly("A.java outline", "b.md outline", "c.json outline");
  }
}
