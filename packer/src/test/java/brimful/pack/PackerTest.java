package brimful.pack;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import brimful.index.ChunkRef;
import brimful.pack.format.WindowFormat;
import brimful.rank.Ranking;
import brimful.testing.Seeds;
import brimful.token.TokenCounter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

final class PackerTest {
  private static final TokenCounter COUNTER = new PieceCounter(true);
  private static final List<WindowFormat> FORMATS = List.of(WindowFormat.values());
  private static final Ranking NONE = new Ranking(List.of(), List.of());

  private final Packer packer = new Packer(COUNTER);

  @Seeds
  void neverOverfillsAndIgnoresInputOrder(long seed) {
    var random = new Random(seed);
    TestCorpus corpus = TestCorpus.random(random, COUNTER, 1 + random.nextInt(30), 12);
    Ranking ranking = corpus.ranking(random);
    var chunks = new ArrayList<>(ranking.chunks());
    var documents = new ArrayList<>(ranking.documents());
    Collections.shuffle(chunks, random);
    Collections.shuffle(documents, random);
    int budget = 600 + random.nextInt(20_000);
    WindowFormat format = FORMATS.get(random.nextInt(FORMATS.size()));

    Window window = corpus.packed(packer, ranking, budget, format);
    Window shuffled = corpus.packed(packer, new Ranking(documents, chunks), budget, format);

    assertThat(COUNTER.count(window.prompt())).isEqualTo(window.tokens()).isBetween(1, budget);
    assertThat(shuffled).isEqualTo(window);
  }

  @Seeds
  void fillsToTheBrimWhenTheCorpusIsLarger(long seed) {
    var random = new Random(seed);
    TestCorpus corpus = TestCorpus.random(random, COUNTER, 60, 30);
    int budget = (int) (corpus.tokens() * (0.15 + 0.8 * random.nextDouble()));
    assertThat(budget).isGreaterThan(20_000);

    for (WindowFormat format : WindowFormat.values()) {
      Window window = corpus.packed(packer, corpus.ranking(random), (int) (budget * 0.95), format);

      assertThat(window.tokens()).as("%s", format).isGreaterThan((int) (budget * 0.95 * 0.999));
      assertThat(window.leftOut()).isNotEmpty();
    }
  }

  @Seeds
  void fillsToTheBrimWithoutAQuestion(long seed) {
    var random = new Random(seed);
    TestCorpus corpus = TestCorpus.random(random, COUNTER, 60, 30);
    int budget = (int) (corpus.tokens() * (0.15 + 0.8 * random.nextDouble()));

    Window window =
        packer.pack(PackRequest.whole(budget, corpus.outlines(), WindowFormat.XML), corpus::read);

    assertThat(window.tokens()).isGreaterThan((int) (budget * 0.999));
    assertThat(window.question()).isEmpty();
  }

  @Seeds
  void showsNoLineTwiceAndEverythingInCanonicalOrder(long seed) {
    var random = new Random(seed);
    TestCorpus corpus = TestCorpus.random(random, COUNTER, 25, 15);
    int budget = 1_000 + random.nextInt(30_000);

    Window window = corpus.packed(packer, corpus.ranking(random), budget, WindowFormat.XML);

    DocumentId before = new DocumentId("!");
    int line = 0;
    for (Window.Placed part : window.placed()) {
      assertThat(part.document()).isGreaterThanOrEqualTo(before);
      line = part.document().equals(before) ? line : 0;
      var lines = (Locator.Lines) part.locator();
      assertThat(lines.first()).as("%s", part).isGreaterThan(line);
      line = lines.last();
      before = part.document();
    }
  }

  @Seeds
  void showsEveryLineUnderItsNumber(long seed) {
    var random = new Random(seed);
    var corpus = new TestCorpus(COUNTER);
    for (int chunk = 0; chunk < 400; chunk++) {
      int first = 1 + 7 * (chunk % 20);
      corpus.add(
          "f" + chunk / 20,
          String.join("\n", IntStream.range(first, first + 7).mapToObj(i -> "line" + i).toList()));
    }

    Window window = corpus.packed(packer, corpus.ranking(random), 4_000, WindowFormat.XML);

    for (Window.Placed part : window.placed()) {
      var lines = (Locator.Lines) part.locator();
      String text =
          String.join(
              "\n",
              IntStream.rangeClosed(lines.first(), lines.last())
                  .mapToObj(i -> "line" + i)
                  .toList());
      assertThat(window.documents())
          .contains("<chunk lines=\"" + lines.display() + "\">\n" + text + "\n");
    }
  }

  @Seeds
  void packsEveryChunkOnceWhenAllFits(long seed) {
    var random = new Random(seed);
    TestCorpus corpus = TestCorpus.random(random, COUNTER, 1 + random.nextInt(20), 8);
    corpus.add("twice", "the same\ntext").add("twice again", "the same\ntext");

    Window window = corpus.packed(packer, corpus.ranking(random), 10_000_000, WindowFormat.XML);

    assertThat(window.placed())
        .containsExactlyElementsOf(
            corpus.all().stream()
                .map(c -> new Window.Placed(c.document(), c.locator(), c.text(), c.tokens()))
                .toList());
    assertThat(window.leftOut()).isEmpty();
    assertThat(window.corpusTokens()).isEqualTo(corpus.tokens());
    assertThat(corpus.reads()).isEqualTo(1);
  }

  @Seeds
  void holdsNoMoreThanTheCorpusInEachFormat(long seed) {
    var random = new Random(seed);
    TestCorpus corpus = TestCorpus.random(random, COUNTER, 30, 20);
    Ranking ranking = corpus.ranking(random);

    for (WindowFormat format : WindowFormat.values()) {
      Window whole = corpus.packed(packer, ranking, 10_000_000, format);
      assertThat(held(whole)).as("%s", format).isEqualTo(whole.corpusTokens());

      int budget = (int) (whole.tokens() * (0.2 + 0.75 * random.nextDouble()));
      Window part = corpus.packed(packer, ranking, budget, format);
      assertThat(held(part)).as("%s of %s", format, budget).isLessThan(part.corpusTokens());
      assertThat(part.corpusTokens())
          .isCloseTo(whole.corpusTokens(), Percentage.withPercentage(10));
    }
  }

  private static long held(Window window) {
    return window.placed().stream().mapToLong(Window.Placed::tokens).sum();
  }

  @Seeds
  void alwaysShowsTheBestChunkIfItFits(long seed) {
    var random = new Random(seed);
    TestCorpus corpus = TestCorpus.random(random, COUNTER, 20, 10);
    ChunkRef best = corpus.allRefs().get(random.nextInt(corpus.allRefs().size()));
    var ranking = new Ranking(List.of(), new ArrayList<>(corpus.ranking(random).chunks()));
    var chunks = new ArrayList<>(ranking.chunks());
    chunks.add(new Ranking.RankedChunk(best, 1.5));

    Window window =
        corpus.packed(
            packer,
            new Ranking(List.of(), chunks),
            1_200 + random.nextInt(4_000),
            WindowFormat.XML);

    assertThat(window.placed())
        .anySatisfy(part -> {
          var lines = (Locator.Lines) part.locator();
          assertThat(part.document()).isEqualTo(best.document());
          assertThat(lines.first()).isLessThanOrEqualTo(best.firstLine());
          assertThat(lines.last()).isGreaterThanOrEqualTo(best.lastLine());
        });
  }

  @Seeds
  void accountsForEveryDocument(long seed) {
    var random = new Random(seed);
    TestCorpus corpus = TestCorpus.random(random, COUNTER, 30, 10);

    Window window = corpus.packed(packer, corpus.ranking(random), 8_000, WindowFormat.XML);

    var seen = new HashSet<DocumentId>();
    window.placed().forEach(part -> seen.add(part.document()));
    window.leftOut().forEach(part -> seen.add(part.document()));
    assertThat(seen).hasSameSizeAs(corpus.outlines());
    assertThat(window.leftOut())
        .isSortedAccordingTo((a, b) -> a.document().compareTo(b.document()));
  }

  @Test
  void isExactWithARealTokenizer() {
    var counter = new OpenAiCounter();
    TestCorpus corpus = TestCorpus.random(new Random(7), counter, 12, 6);
    corpus.addHostile();
    Ranking ranking = corpus.ranking(new Random(7));

    for (WindowFormat format : WindowFormat.values()) {
      int budget = (int) corpus.tokens() * 2 / 3;
      var request = new PackRequest(Prompt.of("why?"), budget, corpus.outlines(), ranking, format);

      Window window = new Packer(counter).pack(request, corpus::read);

      assertThat(window.tokens()).isEqualTo(counter.count(window.prompt()));
      assertThat(window.tokens()).as("%s", format).isBetween(budget * 990 / 1000, budget);
      assertThat(window.exact()).isTrue();
    }
  }

  @Test
  void leavesOutDuplicatesAndSaysOfWhat() {
    String text = TestCorpus.randomText(new Random(3), 30);
    var corpus = new TestCorpus(COUNTER);
    corpus.add("a.java", text).add("b.java", text + "  ").add("c.java", text + "\n{");
    fill(corpus);

    Window window =
        corpus.packed(
            packer,
            TestCorpus.ranked(
                corpus.ref("b.java", 0), corpus.ref("a.java", 0), corpus.ref("c.java", 0)),
            2_000,
            WindowFormat.XML);

    assertThat(documents(window)).contains("b.java").doesNotContain("a.java", "c.java");
    assertThat(window.leftOut())
        .contains(
            new Window.LeftOut(new DocumentId("a.java"), "duplicate of b.java:1-30"),
            new Window.LeftOut(new DocumentId("c.java"), "duplicate of b.java:1-30"));
  }

  @Test
  void takesDuplicatesRatherThanLeaveRoom() {
    String text = TestCorpus.randomText(new Random(3), 30);
    var corpus = new TestCorpus(COUNTER);
    corpus.add("a.java", text).add("b.java", text).add("c.java", text).add("d.java", text);
    int budget = (int) (corpus.tokens() * 3 / 4) + new TestCorpus(COUNTER).frame(packer) + 60;

    Window window =
        corpus.packed(packer, TestCorpus.ranked(corpus.ref("b.java", 0)), budget, WindowFormat.XML);

    assertThat(documents(window)).containsExactly("a.java", "b.java", "c.java");
  }

  @Test
  void takesASmallFileWholeIfItsChunkIsTheBest() {
    var corpus = new TestCorpus(COUNTER);
    for (int i = 0; i < 4; i++) {
      corpus.add("z/small.java", TestCorpus.randomText(new Random(i), 4));
    }
    fill(corpus);

    Window window =
        corpus.packed(
            packer, TestCorpus.ranked(corpus.ref("z/small.java", 2)), 10_000, WindowFormat.XML);

    assertThat(window.placed().stream().filter(p -> p.document().value().equals("z/small.java")))
        .hasSize(4);
  }

  @Test
  void padsUpToTheHeaderAndCountsAgain() {
    var corpus = new TestCorpus(COUNTER);
    for (int i = 0; i < 60; i++) {
      corpus.add(
          "big.java", "T > other" + i, List.of("other" + i), TestCorpus.lines("o" + i + "x", 60));
    }
    corpus.add(
        "big.java",
        "T",
        List.of("run"),
        TestCorpus.lines("a", 40) + "\nvoid run() {\n" + TestCorpus.lines("b", 9));
    corpus.add("big.java", "T > run", List.of(), TestCorpus.lines("c", 20));
    corpus.add("big.java", "T", List.of("next"), TestCorpus.lines("d", 60));

    Ranking code =
        new Ranking(List.of(), TestCorpus.ranked(corpus.ref("big.java", 61)).chunks(), true);
    Window window = corpus.packed(packer, code, 4_000, WindowFormat.XML);

    assertThat(window.documents())
        .contains("<chunk lines=\"3641-3675\" in=\"T > run\">\nvoid run() {\nb0 ")
        .contains("d4 d4 d4\n")
        .doesNotContain("a39", "d5 ");
  }

  @Test
  void saysHowManyChunksOfADocumentAreOut() {
    var corpus = new TestCorpus(COUNTER);
    for (int i = 0; i < 40; i++) {
      corpus.add("big.java", TestCorpus.lines("n" + i + "x", 10));
    }

    Window window =
        corpus.packed(
            packer, TestCorpus.ranked(corpus.ref("big.java", 3)), 1_500, WindowFormat.XML);

    assertThat(window.leftOut())
        .singleElement()
        .extracting(Window.LeftOut::reason)
        .asString()
        .matches("budget: \\d+ of 40 chunks");
  }

  @Test
  void cutsAChunkIntoRoomThatNoneFits() {
    var corpus = new TestCorpus(COUNTER).add("a.txt", TestCorpus.lines("w", 2_000));

    Window window = corpus.packed(packer, NONE, 2_000, WindowFormat.XML);

    assertThat(window.tokens()).isGreaterThan(1_980);
    assertThat(window.placed())
        .singleElement()
        .matches(p -> p.locator().display().startsWith("1-"));
    assertThat(window.leftOut())
        .containsExactly(new Window.LeftOut(new DocumentId("a.txt"), "budget"));
  }

  @Test
  void growsSmoothlyFromTinyToHuge() {
    TestCorpus corpus = TestCorpus.random(new Random(5), COUNTER, 40, 20);
    Ranking ranking = corpus.ranking(new Random(5));

    for (int budget = 500; budget < 2_000_000; budget = budget * 3 / 2) {
      Window window = corpus.packed(packer, ranking, budget, WindowFormat.XML);

      long most = Math.min(budget, corpus.tokens());
      assertThat((long) window.tokens())
          .as("of %d", budget)
          .isBetween(most - 40 - most / 1000, (long) budget);
    }
  }

  @Test
  void putsExplainingFilesFirstWhenNothingIsAsked() {
    var corpus = new TestCorpus(COUNTER);
    for (String path :
        List.of(
            "README.md",
            "docs/a.md",
            "src/deep/er/A.java",
            "src/B.java",
            "src/test/BTest.java",
            "NOTES.md",
            "data/x.csv",
            "examples/E.java")) {
      corpus.add(path, TestCorpus.lines(path.replaceAll("\\W", "") + "q", 20));
    }

    assertThat(
            IntStream.of(StaticOrder.of(new ChunkTable(corpus.outlines())))
                .mapToObj(i -> corpus.outlines().get(i).document().value()))
        .containsExactly(
            "README.md",
            "NOTES.md",
            "src/B.java",
            "src/deep/er/A.java",
            "docs/a.md",
            "src/test/BTest.java",
            "examples/E.java",
            "data/x.csv");
  }

  private static List<String> documents(Window window) {
    return window.placed().stream().map(p -> p.document().value()).distinct().toList();
  }

  private static void fill(TestCorpus corpus) {
    for (int i = 0; i < 40; i++) {
      corpus.add("fill" + i + ".java", TestCorpus.randomText(new Random(100 + i), 40));
    }
  }
}
