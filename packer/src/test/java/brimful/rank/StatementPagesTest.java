package brimful.rank;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.DocumentId;
import brimful.index.LuceneIndex;
import brimful.index.Snapshot;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StatementPagesTest {
  private static final int LINES = 3;

  private static final String REPORT =
      """
      The Mill
      Annual report
      Sales of cloth grew, and so did the sales of yarn
      More about sales, sales and sales
      \fThe Mill
      Statement of Income
      In millions
      Cloth
      7
      Yarn
      9
      \fThe Mill
      Notes to the Statement of Income on the page before
      """;

  @TempDir Path folder;

  private List<String> best(String question, int limit) {
    try (LuceneIndex index = LuceneIndex.open(folder, "characters")) {
      index.put(LineChunks.item(new DocumentId("mill_2020.pdf"), REPORT, LINES));
      index.commit();
      try (Snapshot snapshot = index.snapshot()) {
        Ranking ranking = new Ranker().rank(new Question(question), snapshot, 100);
        return snapshot
            .read(ranking.chunks().stream().limit(limit).map(Ranking.RankedChunk::chunk).toList())
            .stream()
            .map(chunk -> chunk.ordinal() + " " + chunk.locator().display())
            .sorted()
            .toList();
      }
    }
  }

  @Test
  void putsAllOfTheStatementFirst() {
    assertThat(best("what were the sales of the mill", 3))
        .containsExactly("2 p. 2", "3 p. 2", "4 p. 2");
  }

  @Test
  void changesNothingForAQuestionAboutNoStatement() {
    assertThat(best("who runs the mill, and how did it grow", 1)).containsExactly("0 p. 1");
  }
}
