package brimful.rank;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.DocumentId;
import brimful.index.LuceneIndex;
import brimful.index.Snapshot;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CaptionMatchTest {
  private static final int LINES = 8;
  private static final String PICTURE = "(picture, 640 × 480)";

  @TempDir Path folder;
  private int places;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "![Harbour crane beside the quay](../img/x7.png)",
        "<img src=\"/img/x7.png\" alt=\"harbour crane\"> at the quay",
        "<figure><img src='../img/x7.png'><figcaption>A harbour crane</figcaption></figure>",
        ".. figure:: ../img/x7.png\n\n   The harbour crane",
        "[image: A harbour crane](../img/x7.png)",
        ".Harbour crane\nimage::x7.png[]",
      })
  void ranksTheImageThatACaptionPointsTo(String shown) {
    Ranking ranking =
        rank(
            Map.of(
                "docs/a.md", shown,
                "docs/b.md", "The crane of the town has another harbour",
                "img/x7.png", PICTURE,
                "img/x8.png", PICTURE,
                "other/x9.png", PICTURE),
            "what does the harbour crane look like?");

    assertThat(documents(ranking).indexOf("img/x7.png")).isLessThan(2);
    assertThat(chunks(ranking)).contains("img/x7.png").doesNotContain("img/x8.png", "other/x9.png");
  }

  @Test
  void leavesImagesAloneWhoseCaptionsSayLittleOfTheQuestion() {
    Ranking ranking =
        rank(
            Map.of("a.md", "harbour tide tables\n![The harbour](x.png)", "x.png", PICTURE),
            "when is low tide in the old harbour on Sundays?");

    assertThat(chunks(ranking)).containsExactly("a.md");
  }

  @Test
  void takesNoFileThatTheCaptionDoesNotPointTo() {
    Ranking ranking =
        rank(
            Map.of(
                "a/a.md", "![harbour crane](img/x.png) ![harbour crane](a.txt)",
                "b/x.png", PICTURE,
                "a/a.txt", "nothing"),
            "harbour crane");

    assertThat(chunks(ranking)).containsExactly("a/a.md");
  }

  @Test
  void takesFewImagesOfAPageThatSaysTheSameOfAll() {
    var files = new TreeMap<String, String>();
    var page = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      files.put("img/" + i + ".png", PICTURE);
      page.append("![harbour crane](img/").append(i).append(".png) ");
    }
    files.put("page.md", page.toString());

    assertThat(chunks(rank(files, "harbour crane"))).hasSize(11);
  }

  @Test
  void aCorpusWithoutImagesRanksAsBefore() {
    var files = new TreeMap<String, String>();
    IntStream.range(0, 9).forEach(i -> files.put(i + ".md", "![crane " + i + "](x" + i + ".png)"));

    assertThat(rank(files, "crane 3")).isEqualTo(rankWithout(files, "crane 3"));
  }

  private static List<String> documents(Ranking ranking) {
    return ranking.documents().stream().map(ranked -> ranked.document().value()).toList();
  }

  private static List<String> chunks(Ranking ranking) {
    return ranking.chunks().stream().map(ranked -> ranked.chunk().document().value()).toList();
  }

  private Ranking rank(Map<String, String> files, String question) {
    return rank(files, question, new Ranker());
  }

  private Ranking rankWithout(Map<String, String> files, String question) {
    return rank(files, question, new Ranker(Set.of(Signal.CAPTIONS)));
  }

  private Ranking rank(Map<String, String> files, String question, Ranker ranker) {
    Path place = folder.resolve(Integer.toString(places++));
    try (LuceneIndex index = LuceneIndex.open(place, "characters")) {
      new TreeMap<>(files)
          .forEach((name, text) -> index.put(LineChunks.item(new DocumentId(name), text, LINES)));
      index.commit();
      try (Snapshot snapshot = index.snapshot()) {
        return ranker.rank(new Question(question), snapshot, 100);
      }
    }
  }
}
