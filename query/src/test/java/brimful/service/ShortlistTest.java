package brimful.service;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.collection.MemoryCorpus;
import brimful.collection.OpenCorpus;
import brimful.corpus.DocumentId;
import brimful.pack.Layout;
import brimful.pack.Prompt;
import brimful.pack.Window;
import brimful.pack.format.WindowFormat;
import brimful.rank.Rescorer;
import brimful.token.TokenCounter;
import brimful.token.Tokenizers;
import java.util.ArrayList;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Windows over a corpus with more documents than are considered.
final class ShortlistTest {
  private static final int DOCUMENTS = 12_000;
  private static final TokenCounter COUNTER = Tokenizers.named("deepseek-v3");

  private static OpenCorpus open;

  @BeforeAll
  static void index() {
    var texts = new ArrayList<MemoryCorpus.Text>();
    for (int i = 0; i < DOCUMENTS; i++) {
      var id = new DocumentId(String.format(Locale.ROOT, "notes/%05d.md", i));
      String text = "Day %s was calm, and nothing of note was seen.\n".formatted(i);
      texts.add(
          new MemoryCorpus.Text(id, i == 11_999 ? text + "The zeppelin landed at dusk.\n" : text));
    }
    open = new MemoryCorpus("days", texts).open(COUNTER.name());
  }

  @AfterAll
  static void close() {
    open.close();
  }

  private static Assembled fill(String question, int budget, Layout layout) {
    var task =
        new Filler.Task(Prompt.of(question), question, Budget.of(budget), WindowFormat.XML, layout);
    return new Filler(COUNTER, Rescorer.NONE)
        .fill(task, open.snapshot(), new Filler.Arrival(open.ingested(), open.took()), _ -> {});
  }

  @Test
  void theBestIsFoundAndTheRestIsCounted() {
    Assembled filled = fill("When did the zeppelin land?", 4_000, Layout.CANONICAL);

    Window window = filled.window();
    assertThat(window.documents()).contains("The zeppelin landed at dusk.");
    assertThat(window.tokens()).isBetween(3_900, 4_000);
    assertThat(window.corpusTokens())
        .isEqualTo(
            open.snapshot().outlines().stream().mapToLong(outline -> outline.tokens()).sum());
    assertThat(filled.beyond()).isEqualTo(2_000);
    LeftOuts left = filled.leftOut();
    assertThat(left.listed()).hasSize(1_000);
    long shown = window.placed().stream().map(Window.Placed::document).distinct().count();
    assertThat(left.more()).containsOnlyKeys("budget");
    assertThat(shown + left.listed().size() + left.more().getOrDefault("budget", 0))
        .isEqualTo(DOCUMENTS);
  }

  @Test
  void aWindowThatTheBestCannotFillIsChosenFromAll() {
    Assembled filled = fill("When did the zeppelin land?", 100_000, Layout.CANONICAL);

    assertThat(filled.beyond()).isZero();
    assertThat(filled.window().tokens()).isGreaterThan(99_900);
  }

  @Test
  void aPrefixForAllQuestionsIsChosenFromAll() {
    Assembled filled = fill("When did the zeppelin land?", 4_000, new Layout.Cacheable(1_000));

    assertThat(filled.beyond()).isZero();
    assertThat(filled.window().prefix()).contains("notes/00000.md");
  }
}
