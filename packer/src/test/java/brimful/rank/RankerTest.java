package brimful.rank;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.DocumentId;
import brimful.index.LuceneIndex;
import brimful.index.Snapshot;
import brimful.testing.Seeds;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RankerTest {
  private static final int LINES = 4;

  @TempDir Path folder;
  private int places;

  @Test
  void putsTestsBehindWhatTheyTestUnlessAskedForThem() {
    var files =
        Map.of(
            "src/main/java/Parser.java", "class Parser { parse the input text }",
            "src/test/java/ParserTest.java", "class ParserTest { parse the parser input text }");

    assertThat(documents(files, "where is the parser"))
        .containsExactly("src/main/java/Parser.java", "src/test/java/ParserTest.java");
    assertThat(documents(files, "which tests cover the parser"))
        .containsExactly("src/test/java/ParserTest.java", "src/main/java/Parser.java");
  }

  @Test
  void putsFirstWhatTheQuestionNames() {
    var files =
        Map.of(
            "lib/http/client.py", "connect",
            "lib/other/client.py", "timeout timeout timeout connect",
            "lib/timeout.py", "timeout connect");

    assertThat(documents(files, "timeout in /usr/lib/python3/http/client.py line 3"))
        .startsWith("lib/http/client.py");
    assertThat(documents(files, "timeout raised by http.client.connect"))
        .startsWith("lib/http/client.py");
  }

  @Test
  void findsTheFileThatTellsInAnyWordingAndLanguage() {
    var files =
        Map.of(
            "README.md", "halm, the halm",
            "LICENSE", "permission is granted",
            "CONTRIBUTING.md", "send patches",
            "src/halm.py", "what is halm, how can I contribute, Lizenz, fold paper");

    assertThat(documents(files, "What is Halm?")).startsWith("README.md");
    assertThat(documents(files, "Unter welcher Lizenz steht das?")).startsWith("LICENSE");
    assertThat(documents(files, "how can I contibute")).startsWith("CONTRIBUTING.md");
    assertThat(documents(files, "how does halm fold its paper")).startsWith("src/halm.py");
  }

  @Test
  void ranksEveryDocumentAndThoseWithoutAHitLast() {
    var files =
        Map.of(
            "a/tests/x.py",
            "nothing",
            "b.md",
            "nothing",
            "c.py",
            "the needle",
            "d/vendor/y.py",
            "nothing");

    Ranking ranking = rank(files, "needle", 100);

    assertThat(ranking.documents())
        .extracting(ranked -> ranked.document().value())
        .containsExactly("c.py", "b.md", "a/tests/x.py", "d/vendor/y.py");
    assertThat(ranking.documents())
        .extracting(Ranking.RankedDocument::score)
        .containsExactly(1.0, 0.0, 0.0, 0.0);
    assertThat(ranking.chunks()).hasSize(1);
  }

  @Test
  void ranksTheFirstChunkOfAFileThatTellsInOtherWordsBeforeOthers() {
    var files =
        Map.of(
            "README.md", "Zorp turns frobs into wibbles",
            "src/project.py", "what is this project about");

    assertThat(rank(files, "what is this project about?", 100).chunks())
        .extracting(ranked -> ranked.chunk().document().value())
        .containsExactly("README.md", "src/project.py");
  }

  @Test
  void theFirstChunkOfAReadmeLeadsWhereAnotherSaysTheWords() {
    var files =
        Map.of(
            "README.md",
            "Zorp turns frobs into wibbles\n".repeat(LINES) + "open an issue here\n",
            "src/repo.py",
            "what is this repository about");

    assertThat(rank(files, "what is this repository about?", 100).chunks().getFirst().chunk())
        .satisfies(chunk -> {
          assertThat(chunk.document().value()).isEqualTo("README.md");
          assertThat(chunk.ordinal()).isZero();
        });
  }

  @Test
  void aFileThatAShortQuestionSpellsOutComesFirstInAnyLanguage() {
    var files =
        Map.of(
            "package.json", "{}",
            "README.md", "scripts",
            "src/scripts.py", "welche Skripte definiert which scripts does package json define",
            "src/json/package.py", "define package json");

    assertThat(documents(files, "which scripts does package.json define?"))
        .startsWith("package.json");
    assertThat(documents(files, "Welche Skripte definiert die package.json?"))
        .startsWith("package.json");
    assertThat(documents(files, "какие ключи есть в package.json")).startsWith("package.json");
    assertThat(rank(files, "which keys has package.json?", 100).chunks().getFirst().chunk())
        .satisfies(chunk -> assertThat(chunk.document().value()).isEqualTo("package.json"));
  }

  @Test
  void encodedBytesAreNoMatch() {
    String base64 = "Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MGFiY2RlZmdoaWprbG1ub3BxcnN0dXY\n".repeat(2);
    var files =
        Map.of(
            "sig/tool.asc",
            base64 + "Qz/lo/trata/De\n",
            "src/tool.py",
            "it says much else, and lo\nand more\nand more");

    assertThat(documents(files, "lo trata")).startsWith("src/tool.py");
  }

  @Test
  void aReadmeTellsWhatChangedIfNoFileOfChangesDoes() {
    var files =
        Map.of("README.md", "Zorp turns frobs", "src/track.py", "def changed(): what lately");

    assertThat(documents(files, "what changed lately?")).startsWith("README.md");
    var more = new LinkedHashMap<>(files);
    more.put("docs/changes.md", "1.2: fixed");
    assertThat(documents(more, "what changed lately?")).startsWith("docs/changes.md");
  }

  @Test
  void findsNothingForAQuestionWithoutWords() {
    Ranking ranking = rank(Map.of("a.txt", "text"), "???", 100);

    assertThat(ranking.chunks()).isEmpty();
    assertThat(ranking.documents()).hasSize(1);
  }

  @Seeds
  void scoresFallFromOneToZeroWhateverTheOrderOfIndexing(long seed) {
    var random = new Random(seed);
    var files = new LinkedHashMap<String, String>();
    for (int i = 0; i < 20; i++) {
      String words =
          String.join(
              "\n", IntStream.range(0, 12).mapToObj(_ -> "w" + random.nextInt(30)).toList());
      files.put((random.nextBoolean() ? "tests/" : "src/") + i + ".py", words);
    }

    Ranking ranking = rank(files, "w1 w2\nw3 in src/3.py", 15);

    assertThat(ranking.chunks()).hasSizeLessThanOrEqualTo(15);
    assertThat(ranking.chunks())
        .extracting(Ranking.RankedChunk::score)
        .isSortedAccordingTo(Collections.reverseOrder())
        .allMatch(score -> score > 0 && score <= 1);
    assertThat(ranking.documents())
        .hasSize(20)
        .extracting(Ranking.RankedDocument::score)
        .isSortedAccordingTo(Collections.reverseOrder())
        .allMatch(score -> score >= 0 && score <= 1);
    var names = new ArrayList<>(files.keySet());
    Collections.shuffle(names, random);
    var shuffled = new LinkedHashMap<String, String>();
    names.forEach(name -> shuffled.put(name, files.getOrDefault(name, "")));
    assertThat(rank(shuffled, "w1 w2\nw3 in src/3.py", 15).documents())
        .isEqualTo(ranking.documents());
  }

  @Test
  void findsDecomposedNamesAndTextByComposedQuestions() {
    String name = Normalizer.normalize("설명서/장비 목록.md", Normalizer.Form.NFD);
    String text = Normalizer.normalize("Über die Prüfgeräte", Normalizer.Form.NFD);
    Map<String, String> files = new LinkedHashMap<>();
    for (int i = 0; i < 8; i++) {
      files.put("other" + i + ".md", "nothing of interest " + i);
    }
    files.put(name, "x y z");
    files.put("b.txt", text);

    assertThat(documents(files, "장비").getFirst()).isEqualTo(name);
    assertThat(documents(files, "what does 목록.md say?").getFirst()).isEqualTo(name);
    assertThat(documents(files, "Prüfgeräte").getFirst()).isEqualTo("b.txt");
  }

  private List<String> documents(Map<String, String> files, String question) {
    return rank(files, question, 100).documents().stream()
        .map(ranked -> ranked.document().value())
        .toList();
  }

  private Ranking rank(Map<String, String> files, String question, int limit) {
    Path place = folder.resolve(Integer.toString(places++));
    try (LuceneIndex index = LuceneIndex.open(place, "characters")) {
      files.forEach((name, text) -> index.put(LineChunks.item(new DocumentId(name), text, LINES)));
      index.commit();
      try (Snapshot snapshot = index.snapshot()) {
        return new Ranker().rank(new Question(question), snapshot, limit);
      }
    }
  }
}
