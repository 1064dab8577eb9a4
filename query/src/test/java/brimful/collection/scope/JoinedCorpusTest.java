package brimful.collection.scope;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.collection.Corpus;
import brimful.collection.MemoryCorpus;
import brimful.collection.OpenCorpus;
import brimful.corpus.Chunk;
import brimful.corpus.DocumentId;
import brimful.index.Outline;
import brimful.index.Terms;
import brimful.testing.Seeds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// A joined corpus is its parts, each in a folder; a scope takes nothing in and leaves nothing out.
final class JoinedCorpusTest {
  private static final String TOKENIZER = "deepseek-v3";

  private static Corpus random(String name, Random random) {
    var texts = new ArrayList<MemoryCorpus.Text>();
    int count = 1 + random.nextInt(12);
    for (int i = 0; i < count; i++) {
      String folder = random.nextBoolean() ? "src/" : "docs/";
      texts.add(
          new MemoryCorpus.Text(
              new DocumentId(folder + i + ".txt"),
              ("The otter of %s swims in river %s.\n\n".formatted(name, random.nextInt(5)))
                  .repeat(1 + random.nextInt(200))));
    }
    return new MemoryCorpus(name, texts);
  }

  private static JoinedCorpus joined(Random random) {
    var parts = new LinkedHashMap<String, Corpus>();
    for (String name : List.of("zoo", "ark", "lake")) {
      parts.put(name, random(name, random));
    }
    return new JoinedCorpus(parts);
  }

  private static List<Chunk> chunks(OpenCorpus open) {
    return open.snapshot()
        .read(
            open.snapshot().outlines().stream()
                .flatMap(outline -> outline.chunks().stream())
                .toList());
  }

  @Seeds
  void wholeIsParts(long seed) {
    JoinedCorpus corpus = joined(new Random(seed));

    try (OpenCorpus whole = corpus.open(TOKENIZER)) {
      assertThat(whole.snapshot().outlines().stream().map(Outline::document)).isSorted();
      List<Chunk> read = chunks(whole);
      var expected = new ArrayList<String>();
      corpus
          .parts()
          .forEach((name, part) -> {
            try (OpenCorpus open = part.open(TOKENIZER)) {
              chunks(open).forEach(chunk -> expected.add(shown(chunk, chunk.document().in(name))));
            }
          });
      assertThat(read.stream().map(chunk -> shown(chunk, chunk.document())))
          .containsExactlyInAnyOrderElementsOf(expected);
      assertThat(whole.ingested().outcomes()).hasSameSizeAs(whole.snapshot().outlines());
    }
  }

  private static String shown(Chunk chunk, DocumentId id) {
    return id.value() + ":" + chunk.ordinal() + ":" + chunk.tokens() + ":" + chunk.text();
  }

  @Seeds
  void aScopeIsAPartition(long seed) {
    Corpus corpus = joined(new Random(seed));
    Corpus sources = new Scope(List.of("*/src/**")).of(corpus, 0);
    Corpus rest = new Scope(List.of("*/docs")).of(corpus, 0);

    try (OpenCorpus whole = corpus.open(TOKENIZER)) {
      var parts = new ArrayList<Chunk>();
      for (Corpus part : List.of(sources, rest)) {
        if (whole.snapshot().outlines().stream()
            .anyMatch(outline ->
                outline.document().value().contains(part == sources ? "/src/" : "/docs/"))) {
          try (OpenCorpus open = part.open(TOKENIZER)) {
            parts.addAll(chunks(open));
          }
        }
      }
      assertThat(parts).containsExactlyInAnyOrderElementsOf(chunks(whole));
    }
  }

  @Test
  void hitsAreOfTheScopeAndBestFirst() {
    Corpus scoped = new Scope(List.of("src/**")).of(joined(new Random(3)), 1);
    var terms = new Terms(List.of(new Terms.Passage("otter river", 1)), Optional.empty(), false);

    try (OpenCorpus open = scoped.open(TOKENIZER)) {
      var hits = open.snapshot().matches(terms).chunks(5);

      assertThat(hits).isNotEmpty().hasSizeLessThanOrEqualTo(5);
      List<Outline> outlines = open.snapshot().outlines();
      assertThat(hits)
          .extracting(hit -> outlines.get(hit.document()).document().value())
          .allMatch(name -> name.contains("/src/"));
      assertThat(hits).isSortedAccordingTo((a, b) -> Float.compare(b.score(), a.score()));
    }
  }
}
