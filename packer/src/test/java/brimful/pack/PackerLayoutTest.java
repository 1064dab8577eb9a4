package brimful.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import brimful.corpus.DocumentId;
import brimful.pack.format.WindowFormat;
import brimful.rank.Ranking;
import brimful.testing.Seeds;
import brimful.token.TokenCounter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class PackerLayoutTest {
  private static final TokenCounter COUNTER = new PieceCounter(true);
  private static final List<WindowFormat> FORMATS = List.of(WindowFormat.values());
  private static final Ranking NONE = new Ranking(List.of(), List.of());

  private final Packer packer = new Packer(COUNTER);

  private Window packed(
      TestCorpus corpus,
      String question,
      int budget,
      Ranking ranking,
      WindowFormat format,
      Layout to) {
    return packer.pack(
        new PackRequest(Prompt.of(question), budget, corpus.outlines(), ranking, format, to),
        corpus::read);
  }

  @Seeds
  void aPrefixIsTheSameBytesForEveryQuestion(long seed) {
    var random = new Random(seed);
    TestCorpus corpus = TestCorpus.random(random, COUNTER, 60, 8);
    corpus.addHostile();

    for (WindowFormat format : FORMATS) {
      var prefixes = new HashSet<String>();
      for (int i = 0; i < 5; i++) {
        String question = TestCorpus.randomText(random, 1 + random.nextInt(9));
        Window window =
            packed(
                corpus,
                question,
                20_000,
                corpus.ranking(random),
                format,
                new Layout.Cacheable(8_000));
        assertThat(window.prompt()).startsWith(window.instructions() + window.prefix());
        assertThat(window.prompt()).endsWith(window.question());
        prefixes.add(window.prefix());
      }

      assertThat(prefixes).as("%s", format).hasSize(1).doesNotContain("");
    }
  }

  @Seeds
  void countsAreProvenAndNothingIsShownTwice(long seed) {
    var random = new Random(seed);
    TestCorpus corpus = TestCorpus.random(random, COUNTER, 1 + random.nextInt(60), 8);
    int budget = 2_000 + random.nextInt(20_000);
    int most = 1 + random.nextInt(budget / 2);
    WindowFormat format = FORMATS.get(random.nextInt(FORMATS.size()));

    Window window =
        packed(corpus, "why?", budget, corpus.ranking(random), format, new Layout.Cacheable(most));

    assertThat(COUNTER.count(window.prompt())).isEqualTo(window.tokens()).isBetween(1, budget);
    assertThat(window.placed()).doesNotHaveDuplicates();
    assertThat(Receipt.of(window).promptTokens()).isEqualTo(window.tokens());
    var documents = new ArrayList<DocumentId>();
    for (Window.Placed part : window.placed()) {
      if (documents.isEmpty() || !documents.getLast().equals(part.document())) {
        documents.add(part.document());
      }
    }
    assertThat(documents).doesNotHaveDuplicates();
  }

  @Seeds
  void aPrefixTakesNoMoreThanItMay(long seed) {
    var random = new Random(seed);
    TestCorpus corpus = TestCorpus.random(random, COUNTER, 60, 8);
    int most = 500 + random.nextInt(8_000);

    Window window =
        packed(corpus, "why?", 20_000, NONE, WindowFormat.XML, new Layout.Cacheable(most));

    int lines = COUNTER.count("<documents>\n") + COUNTER.count("</documents>\n");
    assertThat(COUNTER.count(window.prefix())).isLessThanOrEqualTo(most + lines);
    assertThat(window.tokens()).isGreaterThan(19_900);
  }

  @Seeds
  void orderChangesNothingButTheOrder(long seed) {
    var random = new Random(seed);
    TestCorpus corpus = TestCorpus.random(random, COUNTER, 40, 12);
    Ranking ranking = corpus.ranking(random);

    Window canonical = packed(corpus, "why?", 9_000, ranking, WindowFormat.XML, Layout.CANONICAL);
    Window byRelevance =
        packed(corpus, "why?", 9_000, ranking, WindowFormat.XML, new Layout.ByRelevance());

    assertThat(canonical).isEqualTo(corpus.packed(packer, ranking, 9_000, WindowFormat.XML));
    assertThat(canonical.prefix()).isEmpty();
    assertThat(byRelevance.tokens()).isEqualTo(canonical.tokens());
    assertThat(byRelevance.placed()).containsExactlyInAnyOrderElementsOf(canonical.placed());
    assertThat(byRelevance.leftOut()).isEqualTo(canonical.leftOut());
  }

  @Test
  void aCorpusThatFitsIsAllPrefix() {
    var corpus = new TestCorpus(COUNTER).add("a.md", "one").add("b.md", "two");

    Window window = packed(corpus, "why?", 5_000, NONE, WindowFormat.XML, new Layout.Cacheable(1));

    assertThat(window.prefix()).startsWith("<documents>\n").endsWith("</documents>\n");
    assertThat(window.documents()).isEmpty();
    assertThat(window.prompt())
        .isEqualTo(corpus.packed(packer, NONE, 5_000, WindowFormat.XML).prompt());
  }

  @Test
  void whatThePrefixShowsIsNotShownAgain() {
    var corpus =
        new TestCorpus(COUNTER)
            .add("README.md", TestCorpus.lines("read", 4))
            .add("src/a.java", TestCorpus.lines("code", 400))
            .add("src/b.java", TestCorpus.lines("more", 400));
    Ranking ranking =
        TestCorpus.ranked(
            corpus.ref("README.md", 0), corpus.ref("src/b.java", 0), corpus.ref("src/a.java", 0));

    Window window =
        packed(corpus, "why?", 2_000, ranking, WindowFormat.XML, new Layout.Cacheable(800));

    assertThat(window.prefix()).contains("README.md");
    assertThat(window.documents()).doesNotContain("README.md");
    assertThat(paths(window.placed())).contains("README.md");
  }

  @Test
  void aPrefixThatFitsNothingIsNone() {
    var corpus = new TestCorpus(COUNTER).add("a.md", TestCorpus.lines("a", 900));

    Window window = packed(corpus, "why?", 2_000, NONE, WindowFormat.XML, new Layout.Cacheable(50));

    assertThat(window).isEqualTo(corpus.packed(packer, NONE, 2_000, WindowFormat.XML));
  }

  @Test
  void saysHowToFixAPrefixOfNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Layout.Cacheable(0))
        .withMessageContaining("use the canonical layout");
  }

  private static Set<String> paths(List<Window.Placed> placed) {
    return placed.stream().map(part -> part.document().value()).collect(Collectors.toSet());
  }
}
