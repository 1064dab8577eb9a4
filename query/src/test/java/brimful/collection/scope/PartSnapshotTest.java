package brimful.collection.scope;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.collection.MemoryCorpus;
import brimful.collection.OpenCorpus;
import brimful.corpus.Chunk;
import brimful.corpus.DocumentId;
import brimful.index.ChunkRef;
import brimful.index.Hit;
import brimful.index.Outline;
import brimful.index.Snapshot;
import brimful.index.Terms;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PartSnapshotTest {
  private static final String TEXT =
      IntStream.range(0, 400)
          .mapToObj(line -> "Line %s tells of harbour number%s.".formatted(line, line))
          .collect(Collectors.joining("\n"));

  private static OpenCorpus corpus() {
    return new MemoryCorpus(
            "texts", List.of(new MemoryCorpus.Text(new DocumentId("long.md"), TEXT)))
        .open("deepseek-v3");
  }

  private static Outline part(Snapshot whole, int from, int to) {
    Outline document = whole.outlines().getFirst();
    return new Outline(document.document(), document.title(), document.chunks().subList(from, to));
  }

  @Test
  void numbersItsChunksFromZeroAndReadsTheirTexts() {
    try (OpenCorpus open = corpus()) {
      Outline part = part(open.snapshot(), 3, 6);
      List<Chunk> texts = open.snapshot().read(part.chunks());

      var snapshot = new PartSnapshot(open.snapshot(), List.of(part));

      List<ChunkRef> own = snapshot.outlines().getFirst().chunks();
      assertThat(own).extracting(ChunkRef::ordinal).containsExactly(0, 1, 2);
      assertThat(snapshot.read(own)).extracting(Chunk::ordinal).containsExactly(0, 1, 2);
      assertThat(snapshot.read(own).reversed())
          .extracting(Chunk::text)
          .containsExactlyElementsOf(texts.reversed().stream().map(Chunk::text).toList());
    }
  }

  @Test
  void findsOnlyItsOwnChunks() {
    try (OpenCorpus open = corpus()) {
      var snapshot = new PartSnapshot(open.snapshot(), List.of(part(open.snapshot(), 3, 6)));

      List<Hit> hits =
          snapshot
              .matches(new Terms(List.of(new Terms.Passage("harbour", 1)), Optional.empty(), false))
              .chunks(100);

      assertThat(hits).extracting(Hit::ordinal).containsExactlyInAnyOrder(0, 1, 2);
    }
  }
}
