package brimful.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import brimful.batch.ledger.BatchLedger;
import brimful.batch.ledger.LedgerEvent;
import brimful.batch.ledger.UnitHolder;
import brimful.batch.table.Bill;
import brimful.batch.table.Cause;
import brimful.batch.table.Cell;
import brimful.batch.table.Row;
import brimful.batch.table.Table;
import brimful.corpus.DocumentId;
import brimful.corpus.Outcome;
import brimful.index.Snapshot;
import brimful.testing.FakeBatchModel.Entry;
import brimful.testing.FakeBatchModel.Faults;
import brimful.testing.Script;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BatchTest {
  private static final int DOCUMENTS = 4;
  private static final int CELLS = DOCUMENTS * BatchFixture.QUESTIONS.size();

  @TempDir Path folder;

  private BatchFixture fixture(Faults faults) {
    return new BatchFixture(folder, faults).documents(DOCUMENTS, 400);
  }

  private static Faults faults(double busy, double malformed, double cut) {
    return new Faults(1, busy, malformed, 0, cut, 3, Duration.ZERO, 200);
  }

  @Test
  void everyCellIsAnsweredWithItsCitation() {
    try (BatchFixture fixture = fixture(Faults.NONE)) {
      Batch.Conclusion conclusion = fixture.run();

      assertThat(conclusion.table().lines()).hasSize(CELLS);
      assertThat(conclusion.table().lines())
          .allSatisfy(line -> {
            Cell.Answered answered = (Cell.Answered) line.cell();
            assertThat(answered.citations().getFirst().verified()).isTrue();
            assertThat(answered.citations().getFirst().display()).startsWith(line.row().unit());
            assertThat(answered.bill().calls()).isEqualTo(1);
          });
      assertThat(conclusion.halted()).isEmpty();
    }
  }

  @Test
  void aSecondRunAsksNothing() {
    try (BatchFixture fixture = fixture(Faults.NONE)) {
      Table first = fixture.run().table();
      int requests = fixture.model.log().size();

      Table second = fixture.run().table();

      assertThat(second).isEqualTo(first);
      assertThat(fixture.model.log()).hasSize(requests);
    }
  }

  @Test
  void onlyDocumentsThatChangedAreAskedAgain() {
    try (BatchFixture fixture = fixture(Faults.NONE)) {
      fixture.run();
      int requests = fixture.model.log().size();
      fixture.document("part-1/document-1.md", BatchFixture.text(99, 400));

      Table table = fixture.run().table();

      assertThat(table.states()).containsEntry("answered", CELLS);
      // One call stores the documents, and one is made for each question.
      assertThat(fixture.model.log()).hasSize(requests + 1 + BatchFixture.QUESTIONS.size());
    }
  }

  @Test
  void allQuestionsOfAUnitFindItsDocumentsInTheCache() {
    try (BatchFixture fixture = fixture(Faults.NONE)) {
      fixture.run();

      List<Entry> asked =
          fixture.model.billed().stream().filter(e -> e.kind().equals("question")).toList();
      double read = asked.stream().mapToInt(Entry::tokens).sum();
      double cached = asked.stream().mapToInt(Entry::cached).sum();
      assertThat(asked).hasSize(CELLS);
      assertThat(cached / read).isGreaterThan(0.9);
    }
  }

  @Test
  void theForecastIsWhatItCosts() {
    try (BatchFixture fixture = fixture(Faults.NONE);
        Snapshot snapshot = fixture.index.snapshot()) {
      var nothing = new Table("", List.of(), Bill.NOTHING);
      Forecast forecast =
          fixture
              .batch(snapshot, BatchConfig.of(BatchFixture.BUDGET))
              .forecast(snapshot, nothing, false, List.of(fixture.choice().model()))
              .getFirst();

      Batch.Conclusion conclusion = fixture.run();

      assertThat(forecast.usd() / conclusion.spent()).isCloseTo(1, within(0.01));
      assertThat(conclusion.expected()).isCloseTo(forecast.usd(), within(1e-9));
      assertThat(forecast.usdMost()).isGreaterThan(conclusion.spent());
      assertThat(fixture.model.log()).hasSize((int) forecast.calls());
    }
  }

  @Test
  void refusalsThatCostNothingAreTriedAgainWhenTheHostSays() {
    try (BatchFixture fixture = fixture(faults(1, 0, 0))) {
      Table table = fixture.run().table();

      assertThat(table.states()).containsEntry("answered", CELLS);
      assertThat(fixture.clockwork.pauses())
          .anyMatch(pause -> pause.compareTo(Duration.ofSeconds(3)) >= 0);
      assertThat(bodiesBilledTwice(fixture)).isEmpty();
    }
  }

  @Test
  void aReplyThatWillNotDoIsRepairedOnceAndPaid() {
    try (BatchFixture fixture = fixture(faults(0, 0.4, 0))) {
      Table table = fixture.run().table();

      assertThat(table.states()).containsEntry("pending", 0);
      assertThat(table.lines())
          .anySatisfy(line -> {
            assertThat(line.cell()).isInstanceOf(Cell.Answered.class);
            assertThat(line.cell().bill().calls()).isEqualTo(2);
          });
      assertThat(table.causes()).containsOnlyKeys(Cause.INVALID);
      assertThat(table.bill().calls()).isEqualTo(fixture.model.billed().size());
    }
  }

  @Test
  void aCutStreamIsNotSentAgainUnlessAPersonSaysSo() {
    try (BatchFixture fixture = fixture(faults(0, 0, 0.3))) {
      Table table = fixture.run().table();
      fixture.run();

      assertThat(table.causes()).containsOnlyKeys(Cause.CUT_OFF);
      assertThat(table.bill().lost()).isEqualTo(table.causes().get(Cause.CUT_OFF));
      assertThat(bodiesBilledTwice(fixture)).isEmpty();

      fixture.run(BatchConfig.of(BatchFixture.BUDGET), true);

      assertThat(bodiesBilledTwice(fixture)).hasSize(table.bill().lost());
    }
  }

  @Test
  void questionsOfAGroupShareACallAndItsBill() {
    try (BatchFixture fixture = fixture(Faults.NONE)) {
      var config =
          new BatchConfig(
              BatchFixture.BUDGET, 4, 2, Double.POSITIVE_INFINITY, false, 200, Duration.ZERO);

      Table table = fixture.run(config, false).table();

      assertThat(table.states()).containsEntry("answered", CELLS);
      // Six questions are two calls, and one stores the documents.
      assertThat(fixture.model.billed()).hasSize(DOCUMENTS * 3);
      assertThat(table.bill().tokensIn())
          .isEqualTo(fixture.model.billed().stream().mapToLong(Entry::tokens).sum());
    }
  }

  @Test
  void noCallStartsThatCouldPassTheLimit() {
    try (BatchFixture fixture = fixture(Faults.NONE)) {
      double all = fixture.run().spent();
      fixture.document("part-0/more.md", BatchFixture.text(7, 400));
      double limit = all + 0.003;
      var config = new BatchConfig(BatchFixture.BUDGET, 1, 4, limit, false, 200, Duration.ZERO);

      Batch.Conclusion conclusion = fixture.run(config, false);

      assertThat(conclusion.halted()).contains("raise the limit");
      assertThat(all + conclusion.spent()).isBetween(all, limit);
      assertThat(conclusion.table().states().get("pending")).isPositive();
    }
  }

  @Test
  void aRunThatGoesOnExpectsWhatIsLeft() {
    try (BatchFixture fixture = fixture(Faults.NONE)) {
      var little = new BatchConfig(BatchFixture.BUDGET, 1, 2, 0.004, false, 200, Duration.ZERO);
      Batch.Conclusion halted = fixture.run(little, false);

      Batch.Conclusion conclusion = fixture.run();

      assertThat(halted.table().states().get("answered")).isPositive();
      assertThat(conclusion.spent()).isPositive();
      assertThat(conclusion.expected() / conclusion.spent()).isCloseTo(1, within(0.01));
    }
  }

  @Test
  void aHostThatTakesNothingIsNotAskedForEver() {
    try (BatchFixture fixture =
        new BatchFixture(folder, _ -> Script.error(404)).documents(DOCUMENTS, 400)) {
      Batch.Conclusion conclusion = fixture.run();

      assertThat(conclusion.halted()).contains("10 requests in a row").contains("404");
      assertThat(conclusion.table().causes()).containsOnlyKeys(Cause.REFUSED);
      assertThat(conclusion.table().states().get("pending")).isPositive();
      assertThat(conclusion.table().bill()).isEqualTo(Bill.NOTHING);
    }
  }

  @Test
  void whatNobodyCouldReadFailsWithoutACall() {
    try (BatchFixture fixture = new BatchFixture(folder, Faults.NONE);
        Snapshot snapshot = fixture.index.snapshot();
        BatchLedger ledger = BatchLedger.open(fixture.ledger())) {
      BatchPlan plan =
          fixture.plan(snapshot, Map.of(new DocumentId("a.pdf"), new Outcome.Encrypted()));
      var batch =
          new Batch(
              plan,
              fixture.choice(),
              fixture.settings(),
              BatchConfig.of(BatchFixture.BUDGET),
              fixture.payment(),
              fixture.clockwork);

      Table table = batch.run(snapshot, ledger, false, new BatchListener() {}).table();

      assertThat(table.causes()).containsEntry(Cause.UNREADABLE, BatchFixture.QUESTIONS.size());
      assertThat(fixture.model.log()).isEmpty();
    }
  }

  @Test
  void whatWasUnderWayWhenAKillCameIsMarkedAndNotSentAgain() {
    try (BatchFixture fixture = fixture(Faults.NONE);
        Snapshot snapshot = fixture.index.snapshot()) {
      BatchPlan plan = fixture.plan(snapshot, Map.of());
      String key = plan.rows().getFirst().key();
      try (BatchLedger ledger = BatchLedger.open(fixture.ledger())) {
        ledger.begin(plan.run(), plan.model(), plan.rows());
        var call =
            new LedgerEvent.Call("id", "unit", UnitHolder.ALONE, 0.01, Double.POSITIVE_INFINITY);
        LedgerEvent.Verdict _ = ledger.offer(new LedgerEvent.Sent(call, List.of(key)));
      }

      Batch.Conclusion conclusion = fixture.run();

      assertThat(conclusion.lost()).isEqualTo(1);
      assertThat(conclusion.table().states())
          .containsEntry("failed", 1)
          .containsEntry("answered", CELLS - 1);
      assertThat(conclusion.table().bill().lostUsd()).isEqualTo(0.01);
    }
  }

  @Test
  void stoppedItKeepsWhatCallsUnderWayBringAndGoesOnFromThere() throws InterruptedException {
    var slow = new Faults(1, 0, 0, 0, 0, 0, Duration.ofMillis(30), 200);
    try (BatchFixture fixture = fixture(slow);
        Snapshot snapshot = fixture.index.snapshot()) {
      var concluded = new AtomicReference<Optional<Batch.Conclusion>>(Optional.empty());
      var answered = new CountDownLatch(3);
      Thread runner =
          Thread.ofPlatform()
              .start(() -> {
                try (BatchLedger ledger = BatchLedger.open(fixture.ledger())) {
                  Batch batch = fixture.batch(snapshot, BatchConfig.of(BatchFixture.BUDGET));
                  concluded.set(
                      Optional.of(batch.run(snapshot, ledger, false, counting(answered))));
                }
              });
      answered.await();
      runner.interrupt();
      runner.join();

      Batch.Conclusion stopped = concluded.get().orElseThrow();
      Batch.Conclusion whole = fixture.run();

      assertThat(stopped.halted()).isEqualTo("stopped");
      assertThat(stopped.table().lines()).hasSize(CELLS);
      assertThat(stopped.table().states().get("pending")).isPositive();
      assertThat(whole.table().states()).containsEntry("answered", CELLS);
      assertThat(bodiesBilledTwice(fixture)).isEmpty();
    }
  }

  private static BatchListener counting(CountDownLatch answered) {
    return new BatchListener() {
      @Override
      public void finished(Row row, Cell cell) {
        answered.countDown();
      }
    };
  }

  private static List<String> bodiesBilledTwice(BatchFixture fixture) {
    return fixture.model.billed().stream()
        .filter(entry -> !entry.kind().equals("warm-up"))
        .collect(Collectors.groupingBy(Entry::body, Collectors.counting()))
        .entrySet()
        .stream()
        .filter(entry -> entry.getValue() > 1)
        .map(Map.Entry::getKey)
        .toList();
  }
}
