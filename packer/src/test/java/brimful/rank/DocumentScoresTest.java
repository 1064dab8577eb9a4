package brimful.rank;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.DocumentId;
import brimful.index.DocumentNumbers;
import brimful.index.Outline;
import brimful.testing.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class DocumentScoresTest {
  private static DocumentScores scores(String... paths) {
    List<Outline> outlines =
        Arrays.stream(paths).map(path -> new Outline(new DocumentId(path), List.of())).toList();
    var corpus = new CorpusNames(outlines, new DocumentNumbers(outlines));
    return new DocumentScores(
        corpus, new Priors(corpus, QuestionAnalysis.of(new Question("why?")), false));
  }

  @Test
  void addsUpMatchesAndVotesInTheHead() {
    DocumentScores documentScores = scores("a.py", "b.py", "c.py");
    documentScores.matched(DocumentScores.Match.WHOLE, new float[] {10, 8, 0});
    documentScores.matched(DocumentScores.Match.BEST_CHUNK, new float[] {1, 3, 0});
    documentScores.voted(DocumentScores.Vote.NAMED, new int[] {0});
    documentScores.settle();

    // 0.5 + 0.5 / 3 + 0.3 against 0.4 + 0.5
    assertThat(documentScores.descending()).containsExactly(0, 1, 2);
    assertThat(documentScores.of(0)).isEqualTo(1);
    assertThat(documentScores.of(2)).isZero();
  }

  @Test
  void letsTitlesOrderTheHeadOnly() {
    var paths = new String[20];
    var whole = new float[20];
    var titles = new float[20];
    for (int number = 0; number < 20; number++) {
      paths[number] = String.format(Locale.ROOT, "%02d.md", number);
      whole[number] = 100 - 4 * number;
    }
    titles[6] = 1;
    titles[19] = 0.1f;
    DocumentScores documentScores = scores(paths);
    documentScores.matched(DocumentScores.Match.WHOLE, whole);
    documentScores.said(DocumentScores.Match.TITLE, titles);
    documentScores.settle();

    // The title that is said is first; the one that shares a word stays last.
    assertThat(documentScores.descending()).startsWith(6, 0, 1, 2, 3, 4, 5, 7).endsWith(18, 19);
  }

  @Seeds
  void theFirstAreTheBeginningOfAll(long seed) {
    var random = new Random(seed);
    var paths = new String[random.nextInt(1, 300)];
    var whole = new float[paths.length];
    for (int number = 0; number < paths.length; number++) {
      paths[number] =
          String.format(Locale.ROOT, "%03d.%s", number, random.nextBoolean() ? "md" : "py");
      whole[number] = random.nextInt(4);
    }
    DocumentScores documentScores = scores(paths);
    documentScores.matched(DocumentScores.Match.WHOLE, whole);
    documentScores.settle();
    int[] all = documentScores.descending();

    for (int limit : new int[] {1, 10, 100, 1_000}) {
      assertThat(documentScores.first(limit))
          .isEqualTo(Arrays.copyOf(all, Math.min(limit, all.length)));
    }
  }

  @Test
  void weighsWithPriors() {
    DocumentScores documentScores = scores("test_a.py", "b.py");
    documentScores.matched(DocumentScores.Match.WHOLE, new float[] {10, 5});
    documentScores.settle();

    assertThat(documentScores.descending()).containsExactly(1, 0);
  }

  @Test
  void doesNotSendUnlikelyDocumentsBehindAllOthersThatMatch() {
    var paths = new String[30];
    var scores = new float[30];
    for (int number = 0; number < 30; number++) {
      paths[number] = (number == 6 ? "tests/" : "src/") + number + ".py";
      scores[number] = 100 - 3 * number;
    }
    DocumentScores documentScores = scores(paths);
    documentScores.matched(DocumentScores.Match.WHOLE, scores);
    documentScores.settle();

    // Its score of 82 counts 24.6, so it stands where that stands.
    assertThat(documentScores.descending()[25]).isEqualTo(6);
  }

  @Test
  void takesSharesAsTheyAre() {
    DocumentScores documentScores = scores("a.py", "b.py");
    documentScores.matched(DocumentScores.Match.WHOLE, new float[] {8, 10});
    documentScores.said(DocumentScores.Match.NAME, new float[] {0.1f, 0});
    documentScores.settle();

    // 0.4 + 0.06 against 0.5: a name that is hardly said decides nothing.
    assertThat(documentScores.descending()).containsExactly(1, 0);
  }

  @Seeds
  void isBetweenNothingAndOneAndFallsInItsOrder(long seed) {
    var random = new Random(seed);
    int size = 1 + random.nextInt(50);
    var paths = new String[size];
    var scores = new float[size];
    for (int number = 0; number < size; number++) {
      paths[number] = (random.nextBoolean() ? "tests/" : "docs/") + number + ".md";
      scores[number] = random.nextBoolean() ? 0 : random.nextFloat() * 30;
    }
    DocumentScores documentScores = scores(paths);
    documentScores.matched(DocumentScores.Match.WHOLE, scores);
    documentScores.voted(DocumentScores.Vote.DEFINES, new int[] {random.nextInt(size)});
    documentScores.settle();

    int[] order = documentScores.descending();

    assertThat(order).hasSize(size).doesNotHaveDuplicates();
    for (int i = 0; i < size; i++) {
      assertThat(documentScores.of(order[i])).isBetween(0f, 1f);
      assertThat(i == 0 || documentScores.of(order[i]) <= documentScores.of(order[i - 1])).isTrue();
    }
  }
}
