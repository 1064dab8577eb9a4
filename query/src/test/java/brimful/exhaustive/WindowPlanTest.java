package brimful.exhaustive;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.batch.Unit;
import brimful.index.Snapshot;
import brimful.testing.FakeReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WindowPlanTest {
  @TempDir Path folder;

  private WindowPlan plan(String question, boolean all) {
    try (var fixture = new ExhaustiveFixture(folder, new FakeReader(false, Duration.ZERO))) {
      fixture.document("a.md", ExhaustiveFixture.text(1, 300, "The supplier terminates it."));
      fixture.document("b.md", ExhaustiveFixture.text(2, 300, "Nothing else."));
      fixture.document("c.md", ExhaustiveFixture.text(3, 300, "Suppliers are paid in May."));
      fixture.index.commit();
      try (Snapshot snapshot = fixture.index.snapshot()) {
        return fixture.plan(snapshot, question, 13_000, all);
      }
    }
  }

  @Test
  void windowsWithoutAnyWordOrFormOfTheQuestionAreSkipped() {
    WindowPlan plan = plan("List all terminations by a supplier", false);

    assertThat(plan.read()).extracting(Unit::name).containsExactly("window 1", "window 3");
    assertThat(plan.skipped()).extracting(Unit::name).containsExactly("window 2");
  }

  @Test
  void allMeansAll() {
    assertThat(plan("List all terminations by a supplier", true).skipped()).isEmpty();
  }

  @Test
  void aQuestionWithoutAnyKnownWordReadsEverything() {
    WindowPlan plan = plan("xylophones?", false);

    assertThat(plan.unmatched()).isTrue();
    assertThat(plan.read()).hasSize(3);
  }

  @Test
  void everyQuestionHasTheSameWindows() {
    List<Unit> one = plan("List all terminations by a supplier", true).read();
    List<Unit> other = plan("What is paid in May, and to whom, and why?", true).read();

    assertThat(one).isEqualTo(other);
  }
}
