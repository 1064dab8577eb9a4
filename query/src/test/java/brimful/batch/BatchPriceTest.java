package brimful.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.batch.ledger.BatchLedger;
import brimful.corpus.UserError;
import brimful.index.Snapshot;
import brimful.model.ModelCatalog;
import brimful.model.ModelChoice;
import brimful.model.ModelProfile;
import brimful.model.TokenPrice;
import brimful.testing.FakeBatchModel.Faults;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A batch and the hours and limits of its money.
final class BatchPriceTest {
  private static final int DOCUMENTS = 6;

  @TempDir Path folder;

  private BatchFixture fixture() {
    return new BatchFixture(folder, Faults.NONE).documents(DOCUMENTS, 400);
  }

  @Test
  void callsWaitForTheCheaperHours() {
    try (BatchFixture fixture = new BatchFixture(folder, Faults.NONE).documents(1, 20)) {
      // A Monday, in the first of two dear spans.
      fixture.clockwork.set(Instant.parse("2026-11-23T02:00:00Z"));
      var config =
          new BatchConfig(
              BatchFixture.BUDGET, 1, 1, Double.POSITIVE_INFINITY, true, 200, Duration.ZERO);

      fixture.run(config, false);

      assertThat(fixture.clockwork.now()).isEqualTo(Instant.parse("2026-11-23T04:00:00Z"));
    }
  }

  @Test
  void aLimitOfMoneyNeedsAPrice() {
    try (BatchFixture fixture = fixture();
        Snapshot snapshot = fixture.index.snapshot()) {
      var config = new BatchConfig(BatchFixture.BUDGET, 1, 4, 1, false, 200, Duration.ZERO);
      var free = ModelCatalog.builtIn().find("local");
      var choice = new ModelChoice(free, fixture.choice().key(), 1_000);

      assertThatExceptionOfType(UserError.class)
          .isThrownBy(() ->
              new Batch(
                  fixture.plan(snapshot, Map.of()),
                  choice,
                  fixture.settings(),
                  config,
                  fixture.payment(),
                  fixture.clockwork))
          .withMessageContaining("leave the limit out");
    }
  }

  @Test
  void aLimitOfMoneyEndsWhereThePriceDoes() {
    try (BatchFixture fixture = fixture();
        Snapshot snapshot = fixture.index.snapshot();
        BatchLedger ledger = BatchLedger.open(fixture.ledger())) {
      var config = new BatchConfig(BatchFixture.BUDGET, 1, 4, 1, false, 200, Duration.ZERO);
      fixture.clockwork.set(BatchFixture.SUNDAY.plus(Duration.ofDays(1)));
      var batch =
          new Batch(
              fixture.plan(snapshot, Map.of()),
              onWeekdays(fixture.choice()),
              fixture.settings(),
              config,
              fixture.payment(),
              fixture.clockwork);
      fixture.clockwork.set(BatchFixture.SUNDAY);

      Batch.Conclusion conclusion = batch.run(snapshot, ledger, false, new BatchListener() {});

      assertThat(conclusion.halted()).contains("the next call has no known price");
      assertThat(fixture.model.log()).isEmpty();
    }
  }

  /// Returns a model with a price from Monday to Friday.
  private static ModelChoice onWeekdays(ModelChoice choice) {
    ModelProfile is = choice.model();
    var hours = List.of(new TokenPrice.Hours(LocalTime.MIN, LocalTime.MAX));
    var when = new TokenPrice.Condition(LocalDate.MIN, -1, hours);
    return new ModelChoice(
        new ModelProfile(
            is.id(),
            is.aliases(),
            is.endpoint(),
            is.limits(),
            is.modalities(),
            is.vision(),
            List.of(new TokenPrice(1, 1, 1, 1, when)),
            is.cache(),
            is.tokenizer(),
            is.source()),
        choice.key(),
        choice.replyTokens());
  }
}
