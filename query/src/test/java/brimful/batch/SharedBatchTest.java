package brimful.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import brimful.batch.ledger.BatchLedger;
import brimful.batch.ledger.LedgerEvent;
import brimful.batch.ledger.Sharing;
import brimful.batch.ledger.UnitHolder;
import brimful.batch.table.Cause;
import brimful.batch.table.Cell;
import brimful.batch.table.Row;
import brimful.batch.table.Table;
import brimful.corpus.UserError;
import brimful.index.Snapshot;
import brimful.kafka.Cluster;
import brimful.kafka.Connection;
import brimful.kafka.Topics;
import brimful.kafka.work.WorkQueue;
import brimful.testing.FakeBatchModel.Entry;
import brimful.testing.FakeBatchModel.Faults;
import brimful.testing.TestBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/// Several workers with ledgers of their own share a batch through a real broker.
final class SharedBatchTest {
  private static final int DOCUMENTS = 4;
  private static final int CELLS = DOCUMENTS * BatchFixture.QUESTIONS.size();
  private static final Duration WAIT = Duration.ofSeconds(60);
  private static final Faults SLOW = new Faults(1, 0.1, 0.1, 0, 0, 0, Duration.ofMillis(20), 200);
  private static final BatchConfig ANY_COST = twoAtOnce(Double.POSITIVE_INFINITY);
  private static final BatchListener QUIET = new BatchListener() {};

  @TempDir Path folder;

  private Optional<Cluster> cluster = Optional.empty();
  private String name = "";

  @BeforeEach
  void connect(TestInfo test) {
    name = test.getTestMethod().orElseThrow().getName();
    cluster =
        Optional.of(
            Cluster.open(
                Connection.of(TestBroker.address(), Optional.empty()), new Topics("test")));
  }

  @AfterEach
  void disconnect() {
    cluster.ifPresent(Cluster::close);
  }

  private Sharing sharing() {
    return new Sharing(cluster.orElseThrow(), name);
  }

  private Path file(String worker) {
    return folder.resolve(worker).resolve("table.csv.ledger");
  }

  private FutureTask<Batch.Conclusion> start(
      BatchFixture fixture, String worker, BatchConfig config, BatchListener listener) {
    FutureTask<Batch.Conclusion> task = task(fixture, worker, config, listener);
    Thread.ofPlatform().daemon().name(worker).start(task);
    return task;
  }

  private FutureTask<Batch.Conclusion> task(
      BatchFixture fixture, String worker, BatchConfig config, BatchListener listener) {
    return new FutureTask<>(() -> {
      try (Snapshot snapshot = fixture.index.snapshot();
          BatchLedger ledger = BatchLedger.shared(file(worker), sharing())) {
        return fixture.batch(snapshot, config).run(snapshot, ledger, false, listener);
      }
    });
  }

  private static Batch.Conclusion conclusion(FutureTask<Batch.Conclusion> worker) throws Exception {
    return worker.get(WAIT.toSeconds(), TimeUnit.SECONDS);
  }

  private static BatchConfig twoAtOnce(double usdMax) {
    return new BatchConfig(BatchFixture.BUDGET, 1, 2, usdMax, false, 200, Duration.ZERO);
  }

  @Test
  void twoWorkersFillTheTableOfOneAndPayOnce() throws Exception {
    Table alone;
    try (BatchFixture fixture =
        new BatchFixture(folder.resolve("alone"), SLOW).documents(DOCUMENTS, 100)) {
      alone = fixture.run().table();
    }
    try (BatchFixture fixture = new BatchFixture(folder, SLOW).documents(DOCUMENTS, 100)) {
      var one = start(fixture, "one", ANY_COST, QUIET);
      var two = start(fixture, "two", ANY_COST, QUIET);
      Table table = conclusion(one).table();

      assertThat(table.lines()).hasSize(CELLS);
      assertThat(answers(table)).isEqualTo(answers(alone));
      assertThat(conclusion(two).table()).isEqualTo(table);
      assertThat(billedTwice(fixture)).isEmpty();
      // Those that stored the documents are among them.
      assertThat(table.bill().calls()).isEqualTo(fixture.model.billed().size());
      assertThat(fixture.model.billed())
          .filteredOn(entry -> entry.kind().equals("warm-up"))
          .hasSize(DOCUMENTS);
    }
  }

  private static List<String> answers(Table table) {
    return table.lines().stream()
        .map(line ->
            line.row()
                + switch (line.cell()) {
                  case Cell.Answered answered -> answered.json() + answered.citations();
                  case Cell other -> other.state();
                })
        .toList();
  }

  @Test
  void theUnitsOfAWorkerThatIsGoneGoToTheOthers() throws Exception {
    try (BatchFixture fixture = new BatchFixture(folder, Faults.NONE).documents(DOCUMENTS, 100)) {
      loseAWorker(fixture);

      Batch.Conclusion conclusion = conclusion(start(fixture, "other", ANY_COST, QUIET));

      assertThat(conclusion.lost()).isEqualTo(1);
      assertThat(conclusion.table().causes()).isEqualTo(Map.of(Cause.LOST, 1));
      assertThat(conclusion.table().states()).containsEntry("answered", CELLS - 1);
      assertThat(conclusion.table().bill().lostUsd()).isCloseTo(0.01, within(1e-9));
    }
  }

  /// A worker takes a unit, marks a call as sent, and is never heard of again.
  private void loseAWorker(BatchFixture fixture) {
    var taken = new CountDownLatch(1);
    try (Snapshot snapshot = fixture.index.snapshot();
        BatchLedger ledger = BatchLedger.shared(file("lost"), sharing())) {
      BatchPlan plan = fixture.plan(snapshot, Map.of());
      Unit unit = plan.units().getFirst();
      ledger.begin(plan.run(), plan.model(), plan.rows());
      try (var workQueue =
          new WorkQueue(
              cluster.orElseThrow(),
              name,
              1,
              errand -> {
                if (taken.getCount() > 0) {
                  var holder = new UnitHolder(errand.place(), errand.delivery());
                  LedgerEvent.Verdict _ =
                      ledger.offer(new LedgerEvent.Taken(plan.key(unit), holder));
                  var call = new LedgerEvent.Call("id", plan.key(unit), holder, 0.01, 1);
                  LedgerEvent.Verdict _ =
                      ledger.offer(
                          new LedgerEvent.Sent(call, List.of(plan.rows().getFirst().key())));
                }
                taken.countDown();
                return WorkQueue.Fate.LATER;
              })) {
        workQueue.add(List.of(plan.key(unit)));
        await(taken);
      }
    }
  }

  @Test
  void allWorkersTogetherStayWithinOneLimit() throws Exception {
    double all;
    try (BatchFixture fixture =
        new BatchFixture(folder.resolve("all"), Faults.NONE).documents(DOCUMENTS, 100)) {
      all = fixture.run().spent();
    }
    try (BatchFixture fixture = new BatchFixture(folder, Faults.NONE).documents(DOCUMENTS, 100)) {
      var one = start(fixture, "one", twoAtOnce(all / 2), QUIET);
      var two = start(fixture, "two", twoAtOnce(all / 2), QUIET);
      Batch.Conclusion conclusion = conclusion(one);
      Batch.Conclusion other = conclusion(two);

      assertThat(conclusion.halted()).contains("raise the limit");
      assertThat(other.halted()).contains("raise the limit");
      assertThat(other.table().bill().usd()).isBetween(0.0, all / 2);
      assertThat(other.table().states().get("pending")).isPositive();

      var again = start(fixture, "one", twoAtOnce(2 * all), QUIET);

      assertThat(conclusion(again).table().states()).containsEntry("answered", CELLS);
      assertThat(billedTwice(fixture)).isEmpty();
    }
  }

  @Test
  void aReservationThatNobodySettlesEndsTheWaitForMoney() throws Exception {
    try (BatchFixture fixture = new BatchFixture(folder, Faults.NONE).documents(DOCUMENTS, 100)) {
      reserveAndVanish(fixture);

      FutureTask<Batch.Conclusion> worker = start(fixture, "other", twoAtOnce(0.01), QUIET);
      Batch.Conclusion conclusion = conclusionAfterHours(worker, fixture.clockwork);

      assertThat(conclusion.halted()).contains("raise the limit");
      assertThat(fixture.model.billed()).isEmpty();
    }
  }

  /// Returns it while minutes pass quickly.
  private static Batch.Conclusion conclusionAfterHours(
      FutureTask<Batch.Conclusion> worker, BatchFixture.Clockwork clockwork) throws Exception {
    for (int i = 0; i < WAIT.toSeconds() * 10; i++) {
      clockwork.set(clockwork.now().plus(Duration.ofMinutes(10)));
      try {
        return worker.get(100, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        // It still waits.
      }
    }
    return conclusion(worker);
  }

  /// A worker reserves the whole limit for a unit that is never delivered again.
  private void reserveAndVanish(BatchFixture fixture) {
    try (Snapshot snapshot = fixture.index.snapshot();
        BatchLedger ledger = BatchLedger.shared(file("lost"), sharing())) {
      BatchPlan plan = fixture.plan(snapshot, Map.of());
      ledger.begin(plan.run(), plan.model(), plan.rows());
      var holder = new UnitHolder("elsewhere", 1);
      var call = new LedgerEvent.Call("id", "a unit", holder, 0.01, 0.01);
      List<LedgerEvent> events =
          List.of(
              new LedgerEvent.Taken("a unit", holder),
              new LedgerEvent.Sent(call, List.of("a unit of other documents")));

      assertThat(events).allMatch(event -> ledger.offer(event) == LedgerEvent.Verdict.GRANTED);
    }
  }

  @Test
  void oneThatIsStoppedLeavesTheRestToTheOthers() throws Exception {
    try (BatchFixture fixture = new BatchFixture(folder, SLOW).documents(DOCUMENTS, 100)) {
      var answered = new CountDownLatch(2);
      var listener =
          new BatchListener() {
            @Override
            public void finished(Row row, Cell cell) {
              answered.countDown();
            }
          };
      var concluded =
          new FutureTask<Batch.Conclusion>(() -> {
            try (Snapshot snapshot = fixture.index.snapshot();
                BatchLedger ledger = BatchLedger.shared(file("stopped"), sharing())) {
              return fixture.batch(snapshot, ANY_COST).run(snapshot, ledger, false, listener);
            }
          });
      Thread stopped = Thread.ofPlatform().daemon().start(concluded);
      await(answered);
      stopped.interrupt();
      stopped.join(WAIT);

      assertThat(conclusion(concluded).halted()).isEqualTo("stopped");
      Table table = conclusion(start(fixture, "other", ANY_COST, QUIET)).table();

      assertThat(table.states()).containsEntry("pending", 0);
      assertThat(table.bill().lost()).isZero();
      assertThat(billedTwice(fixture)).isEmpty();
    }
  }

  @Test
  void workersOfOtherDocumentsDoNotShareABatch() throws Exception {
    try (BatchFixture fixture = new BatchFixture(folder, SLOW).documents(DOCUMENTS, 100)) {
      var answered = new CountDownLatch(1);
      var begun = new CountDownLatch(1);
      var waiting =
          new BatchListener() {
            @Override
            public void finished(Row row, Cell cell) {
              answered.countDown();
              await(begun);
            }
          };
      var beginning =
          new BatchListener() {
            @Override
            public void starts(int cells, int open) {
              begun.countDown();
            }
          };
      FutureTask<Batch.Conclusion> first = start(fixture, "first", ANY_COST, waiting);
      await(answered);
      fixture.document("part-1/document-1.md", BatchFixture.text(99, 100));

      Table table = conclusion(start(fixture, "second", ANY_COST, beginning)).table();

      assertThat(table.states()).containsEntry("pending", 0);
      assertThat(conclusion(first).halted()).contains("other documents or questions");
    }
  }

  @Test
  void aLedgerKeepsToItsBatch() {
    Path file = file("one");
    BatchLedger.shared(file, sharing()).close();

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> BatchLedger.open(file))
        .withMessageContaining("go on with --kafka");
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(
            () -> BatchLedger.shared(file, new Sharing(cluster.orElseThrow(), name + "-other")))
        .withMessageContaining("another batch");
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(
            () -> BatchLedger.shared(file("two"), new Sharing(cluster.orElseThrow(), "a b")))
        .withMessageContaining("cannot be in a topic's name");
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(WAIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> billedTwice(BatchFixture fixture) {
    return fixture.model.billed().stream()
        .collect(Collectors.groupingBy(Entry::body, Collectors.counting()))
        .entrySet()
        .stream()
        .filter(entry -> entry.getValue() > 1)
        .map(Map.Entry::getKey)
        .toList();
  }
}
