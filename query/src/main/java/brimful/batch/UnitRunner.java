package brimful.batch;

import brimful.batch.ledger.UnitHolder;
import brimful.index.Snapshot;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.DoubleAdder;

/// Runs units, whoever hands them out, and collects expected costs and failures. Safe for many
/// threads.
final class UnitRunner {
  private final BatchContext batchContext;
  private final BatchPlan plan;
  private final ReplyValidator replyValidator;
  private final Snapshot snapshot;
  private final DoubleAdder expected = new DoubleAdder();
  private final AtomicReference<List<RuntimeException>> failures = new AtomicReference<>(List.of());

  UnitRunner(
      BatchContext batchContext, BatchPlan plan, ReplyValidator replyValidator, Snapshot snapshot) {
    this.batchContext = batchContext;
    this.plan = plan;
    this.replyValidator = replyValidator;
    this.snapshot = snapshot;
  }

  /// Asks the open questions of a unit; a failure halts the batch.
  void ask(Unit unit, UnitHolder holder) throws InterruptedException {
    try {
      expected.add(
          new UnitRun(batchContext, plan, unit, holder, replyValidator).run(snapshot).usd());
    } catch (RuntimeException e) {
      // Thrown to the waiting thread once the others have finished their calls.
      batchContext.halt().because("a defect: " + e);
      failures.compareAndSet(List.of(), List.of(e));
    }
  }

  /// Returns the expected cost of all calls, in USD.
  ///
  /// @throws RuntimeException the first failure
  double expected() {
    failures.get().stream()
        .findFirst()
        .ifPresent(failure -> {
          throw failure;
        });
    return expected.sum();
  }
}
