package brimful.rank;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.Chunk;
import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DefinitionMatchTest {
  private static Chunk defining(String... names) {
    return new Chunk(
        new DocumentId("a.py"), 0, new Locator.Lines(1, 2), "", List.of(names), "text", 1);
  }

  private static float[] scores(String question, Chunk... chunks) {
    return DefinitionMatch.scores(QuestionWords.of(question), Arrays.asList(chunks));
  }

  @Test
  void findsTheNameThatTheQuestionSays() {
    float[] scores =
        scores(
            "how is an install plan rebuilt? rebuild install plan",
            defining("run", "rebuildInstallPlan"),
            defining("installPlanPrinterForTests"),
            defining("remove"));

    assertThat(scores[0]).isGreaterThan(scores[1]);
    assertThat(scores[1]).isPositive();
    assertThat(scores[2]).isZero();
  }

  @Test
  void isAShareOfTheQuestion() {
    assertThat(scores("Router", defining("Router"), defining("other"))).containsExactly(1, 0);
    assertThat(scores("anything", defining(), defining("_"))).containsOnly(0);
  }
}
