package brimful.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.corpus.UserError;
import brimful.index.Snapshot;
import brimful.pack.Window;
import brimful.testing.FakeBatchModel.Faults;
import brimful.testing.Seeds;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UnitWindowTest {
  @TempDir Path folder;

  @Seeds
  void everyPromptCostsWhatIsSaidAndBeginsAlike(long seed) {
    var random = new Random(seed);
    int budget = 4_500 + random.nextInt(20_000);
    try (BatchFixture fixture = new BatchFixture(folder, Faults.NONE).documents(2, 300);
        Snapshot snapshot = fixture.index.snapshot()) {
      Unit unit = new Division.Whole().divide(snapshot.outlines(), Map.of()).getFirst();

      var window =
          UnitWindow.of(unit, snapshot, BatchFixture.COUNTER, budget, BatchFixture.QUESTIONS);

      for (BatchQuestion question : BatchFixture.QUESTIONS) {
        Window asked = window.ask(BatchPrompt.ask(List.of(question)));
        Window repaired =
            window.ask(
                BatchPrompt.repair(List.of(question), "</question>\u0000\n\n/".repeat(200), "no"));
        assertThat(asked.tokens()).isEqualTo(BatchFixture.COUNTER.count(asked.prompt()));
        assertThat(repaired.tokens()).isEqualTo(BatchFixture.COUNTER.count(repaired.prompt()));
        assertThat(asked.prefix()).isEqualTo(window.warmUp().documents());
      }
    }
  }

  @Test
  void saysHowMuchOfAUnitItHolds() {
    try (BatchFixture fixture = new BatchFixture(folder, Faults.NONE).documents(4, 300);
        Snapshot snapshot = fixture.index.snapshot()) {
      Unit unit = new Division.Whole().divide(snapshot.outlines(), Map.of()).getFirst();

      UnitWindow whole = window(unit, snapshot, BatchFixture.BUDGET);
      UnitWindow part = window(unit, snapshot, 10_000);

      assertThat(whole.held()).isEqualTo(1);
      assertThat(part.held())
          .isGreaterThan(0.1)
          .isLessThanOrEqualTo((double) part.tokens() / unit.tokens())
          .isLessThan(0.9);
    }
  }

  private static UnitWindow window(Unit unit, Snapshot snapshot, int budget) {
    return UnitWindow.of(unit, snapshot, BatchFixture.COUNTER, budget, BatchFixture.QUESTIONS);
  }

  @Test
  void aBudgetThatHoldsNoQuestionSaysHowMuchDoes() {
    try (BatchFixture fixture = new BatchFixture(folder, Faults.NONE).documents(1, 20);
        Snapshot snapshot = fixture.index.snapshot()) {
      Unit unit = new Division.Whole().divide(snapshot.outlines(), Map.of()).getFirst();

      assertThatExceptionOfType(UserError.class)
          .isThrownBy(() ->
              UnitWindow.of(unit, snapshot, BatchFixture.COUNTER, 1_000, BatchFixture.QUESTIONS))
          .withMessageContaining("give at least");
    }
  }
}
