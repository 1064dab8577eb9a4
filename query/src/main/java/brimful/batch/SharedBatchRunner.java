package brimful.batch;

import brimful.batch.ledger.BatchLedger;
import brimful.batch.ledger.LedgerEvent;
import brimful.batch.ledger.Sharing;
import brimful.batch.ledger.UnitHolder;
import brimful.batch.table.Cell;
import brimful.batch.table.Row;
import brimful.kafka.work.WorkQueue;
import brimful.kafka.work.WorkQueue.Errand;
import brimful.kafka.work.WorkQueue.Fate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A worker's share of a batch that several workers run.
///
/// Each worker queues every open unit at its start, so that none is missing, whoever was killed
/// before. The first queued record of a unit that a worker takes owns it, and further ones are
/// dropped: it is delivered until it is done, to one worker after the other.
final class SharedBatchRunner {
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  private final BatchContext batchContext;
  private final BatchPlan plan;
  private final UnitRunner unitRunner;
  private final Sharing sharing;
  private final String run;
  private final List<String> keys;
  private final Map<String, Unit> byKey = new HashMap<>();
  private int underWay;

  SharedBatchRunner(
      BatchContext batchContext, BatchPlan plan, UnitRunner unitRunner, Sharing sharing) {
    this.batchContext = batchContext;
    this.plan = plan;
    this.unitRunner = unitRunner;
    this.sharing = sharing;
    run = plan.run();
    keys = plan.rows().stream().map(Row::key).toList();
    plan.units().forEach(unit -> byKey.put(plan.key(unit), unit));
  }

  /// Works until no worker has anything left to ask, or the batch halts, and returns the expected
  /// cost of this worker's calls, in USD.
  ///
  /// When interrupted, it waits for the calls in flight, and then cuts them off.
  double work() {
    if (batchContext.ledger().isDone(keys)) {
      return 0;
    }
    boolean stopped = false;
    var workQueue =
        new WorkQueue(
            sharing.cluster(), sharing.name(), batchContext.config().concurrency(), this::run);
    try (workQueue) {
      try {
        workQueue.add(
            plan.units().stream().filter(this::isOpen).map(plan::key).sorted().distinct().toList());
        follow(workQueue);
        awaitCalls(Duration.ofDays(1));
      } catch (InterruptedException e) {
        batchContext.halt().because("stopped");
        stopped = true;
        awaitCalls(LocalBatchRunner.GOODBYE_MAX);
      }
    } catch (InterruptedException e) {
      // Interrupted twice: no more waiting.
      stopped = true;
    }
    if (stopped) {
      Thread.currentThread().interrupt();
    }
    return unitRunner.expected();
  }

  private void follow(WorkQueue workQueue) throws InterruptedException {
    while (!batchContext.halt().isSet() && !batchContext.ledger().isDone(keys)) {
      workQueue.await(LOOK_EVERY);
      batchContext.ledger().refresh();
      if (!batchContext.ledger().isOf(run)) {
        batchContext
            .halt()
            .because(
                "another worker has begun %s with other documents or questions: give all workers the same"
                    .formatted(sharing.name()));
      }
    }
  }

  private synchronized void awaitCalls(Duration max) throws InterruptedException {
    Instant end = Instant.now().plus(max);
    for (Duration left = max;
        underWay > 0 && left.isPositive();
        left = Duration.between(Instant.now(), end)) {
      wait(Math.max(1, left.toMillis()));
    }
  }

  private synchronized void count(int change) {
    underWay += change;
    notifyAll();
  }

  private Fate run(Errand errand) throws InterruptedException {
    count(1);
    try {
      return fate(errand);
    } finally {
      count(-1);
    }
  }

  private Fate fate(Errand errand) throws InterruptedException {
    String key = errand.text();
    var holder = new UnitHolder(errand.place(), errand.delivery());
    BatchLedger ledger = batchContext.ledger();
    if (batchContext.halt().isSet()) {
      return Fate.LATER;
    }
    if (ledger.offer(new LedgerEvent.Taken(key, holder)) != LedgerEvent.Verdict.GRANTED) {
      return Fate.DONE;
    }
    Unit unit = byKey.get(key);
    if (unit == null) {
      // Left over from other documents, unless they are the newer ones.
      return ledger.isOf(run) ? left(key, holder, Fate.DONE) : Fate.LATER;
    }
    if (errand.delivery() >= WorkQueue.DELIVERIES_MAX) {
      return left(key, holder, Fate.ANEW);
    }
    unitRunner.ask(unit, holder);
    ledger.refresh();
    return isOpen(unit) ? Fate.LATER : left(key, holder, Fate.DONE);
  }

  private Fate left(String key, UnitHolder holder, Fate fate) {
    LedgerEvent.Verdict _ = batchContext.ledger().offer(new LedgerEvent.Left(key, holder));
    return fate;
  }

  /// Returns whether a unit has open cells that no worker asks.
  private boolean isOpen(Unit unit) {
    List<String> own =
        plan.questions().stream().map(question -> plan.row(unit, question).key()).toList();
    return batchContext.ledger().cells(own).stream().anyMatch(Cell::isOpen);
  }
}
