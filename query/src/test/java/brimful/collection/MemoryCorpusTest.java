package brimful.collection;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.Chunk;
import brimful.corpus.DocumentId;
import brimful.index.Hit;
import brimful.index.Outline;
import brimful.index.Terms;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MemoryCorpusTest {
  private static final MemoryCorpus TURNS =
      new MemoryCorpus(
          "conversation",
          List.of(
              text("000000", "The broker\r\nrebalances at noon."), text("000001", "Thank you.")));

  private static MemoryCorpus.Text text(String id, String text) {
    return new MemoryCorpus.Text(new DocumentId(id), text);
  }

  @Test
  void findsAndReadsItsTexts() {
    try (OpenCorpus open = TURNS.open("deepseek-v3")) {
      List<Hit> hits =
          open.snapshot()
              .matches(new Terms(List.of(new Terms.Passage("broker", 1)), Optional.empty(), false))
              .chunks(10);

      Outline outline = open.snapshot().outlines().getFirst();
      assertThat(outline.document().value()).isEqualTo("000000");
      assertThat(hits).extracting(Hit::document).containsExactly(0);
      assertThat(open.snapshot().read(outline.chunks()))
          .extracting(Chunk::text)
          .containsExactly("The broker\nrebalances at noon.");
      assertThat(open.ingested().coverage().indexed()).isEqualTo(2);
    }
  }

  @Test
  void holdsNothingWithoutTexts() {
    try (OpenCorpus open = new MemoryCorpus("nothing", List.of()).open("o200k_base")) {
      assertThat(open.snapshot().outlines()).isEmpty();
    }
  }
}
