package brimful.batch;

import brimful.index.Snapshot;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.DoubleAdder;

/// Runs units, whoever hands them out, and collects expected costs and failures. Safe for many
/// threads.
final class Units {
  private final Means means;
  private final BatchPlan plan;
  private final Checker checker;
  private final Snapshot snapshot;
  private final DoubleAdder expected = new DoubleAdder();
  private final AtomicReference<List<RuntimeException>> failures = new AtomicReference<>(List.of());

  Units(Means means, BatchPlan plan, Checker checker, Snapshot snapshot) {
    this.means = means;
    this.plan = plan;
    this.checker = checker;
    this.snapshot = snapshot;
  }

  /// Asks the open questions of a unit; a failure halts the batch.
  void ask(Unit unit, Holder holder) throws InterruptedException {
    try {
      expected.add(new UnitRun(means, plan, unit, holder, checker).run(snapshot).usd());
    } catch (RuntimeException e) {
      // Thrown to the waiting thread once the others have finished their calls.
      means.halt().because("a defect: " + e);
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
