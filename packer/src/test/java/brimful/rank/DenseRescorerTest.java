package brimful.rank;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.DocumentId;
import brimful.index.LuceneIndex;
import brimful.index.Snapshot;
import brimful.testing.Seeds;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DenseRescorerTest {
  private static final int LINES = 2;

  @TempDir Path folder;
  private int places;

  /// Knows that a puppy is a dog, and nothing else.
  private static final class Dogs implements Encoder {
    @Override
    public String name() {
      return "dogs";
    }

    @Override
    public List<List<float[]>> encode(List<String> texts) {
      return texts.stream()
          .map(text -> text.contains("dog") || text.contains("puppy"))
          .map(dog -> List.of(dog ? new float[] {1, 0} : new float[] {0, 1}))
          .toList();
    }
  }

  @Test
  void putsFirstWhatMeansTheSame() {
    var files =
        Map.of(
            "a.md", "what does the parrot eat",
            "b.md", "the puppy likes to eat meat and bread in the evening",
            "c.md", "the engine of the car",
            "d.md", "people eat " + "bread and cheese and soup ".repeat(12));

    assertThat(documents(files, "what does the dog eat", Rescorer.NONE)).startsWith("a.md");
    assertThat(rank(files, "what does the dog eat", new DenseRescorer(new Dogs())).chunks())
        .extracting(ranked -> ranked.chunk().document().value())
        .startsWith("b.md", "a.md");
  }

  @Test
  void leavesCodeAlone() {
    var files = Map.of("a.py", "what does the parrot eat", "b.py", "the puppy likes to eat meat");

    assertThat(rank(files, "what does the dog eat", new DenseRescorer(new Dogs())))
        .isEqualTo(rank(files, "what does the dog eat", Rescorer.NONE));
  }

  @Test
  void leavesReportsAlone() {
    var files = Map.of("a.md", "what does the parrot eat", "b.md", "the puppy likes to eat meat");
    String report = "what does the dog eat " + "today ".repeat(60);

    assertThat(rank(files, report, new DenseRescorer(new Dogs())))
        .isEqualTo(rank(files, report, Rescorer.NONE));
  }

  @Seeds
  void onlyChangesTheOrder(long seed) {
    var random = new Random(seed);
    var files = new HashMap<String, String>();
    for (int i = 0; i < 20; i++) {
      List<String> words =
          IntStream.range(0, 12)
              .mapToObj(_ -> random.nextInt(9) == 0 ? "puppy" : "w" + random.nextInt(20))
              .toList();
      files.put(i + (random.nextBoolean() ? ".md" : ".py"), String.join("\n", words));
    }
    Ranking words = rank(files, "w1 w2 dog", Rescorer.NONE);

    Ranking meaning = rank(files, "w1 w2 dog", new DenseRescorer(new Dogs()));

    assertThat(meaning.chunks())
        .extracting(Ranking.RankedChunk::chunk)
        .containsExactlyInAnyOrderElementsOf(
            words.chunks().stream().map(Ranking.RankedChunk::chunk).toList());
    assertThat(meaning.chunks())
        .extracting(Ranking.RankedChunk::score)
        .isSortedAccordingTo(Collections.reverseOrder())
        .allMatch(score -> score > 0 && score <= 1);
    assertThat(meaning.documents())
        .extracting(Ranking.RankedDocument::document)
        .containsExactlyInAnyOrderElementsOf(
            words.documents().stream().map(Ranking.RankedDocument::document).toList());
    assertThat(meaning.documents())
        .extracting(Ranking.RankedDocument::score)
        .isSortedAccordingTo(Collections.reverseOrder())
        .allMatch(score -> score >= 0 && score <= 1);
  }

  private List<String> documents(Map<String, String> files, String question, Rescorer rescorer) {
    return rank(files, question, rescorer).documents().stream()
        .map(ranked -> ranked.document().value())
        .toList();
  }

  private Ranking rank(Map<String, String> files, String question, Rescorer rescorer) {
    Path place = folder.resolve(Integer.toString(places++));
    try (LuceneIndex index = LuceneIndex.open(place, "characters")) {
      files.forEach((name, text) -> index.put(LineChunks.item(new DocumentId(name), text, LINES)));
      index.commit();
      try (Snapshot snapshot = index.snapshot()) {
        var asked = new Question(question);
        return rescorer.rescored(asked, new Ranker().rank(asked, snapshot, 100), snapshot);
      }
    }
  }
}
