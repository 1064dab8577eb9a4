package brimful.batch;

import brimful.index.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.DoubleAdder;

/// The threads of a run: as many as calls may be under way, each with one unit after the other.
final class Crew {
  /// How long calls under way may take after a person said to stop.
  private static final Duration GOODBYE_MAX = Duration.ofSeconds(4);

  private final Means means;
  private final BatchPlan plan;
  private final Checker checker;
  private final Snapshot snapshot;
  private final Queue<Unit> waiting;
  private final DoubleAdder expected = new DoubleAdder();
  private final AtomicReference<List<RuntimeException>> failures = new AtomicReference<>(List.of());

  Crew(Means means, BatchPlan plan, Checker checker, Snapshot snapshot) {
    this.means = means;
    this.plan = plan;
    this.checker = checker;
    this.snapshot = snapshot;
    waiting = new ConcurrentLinkedQueue<>(plan.units());
  }

  /// Works until nothing is left to ask, or the batch halts, and returns what was expected of all
  /// calls, in USD.
  ///
  /// Interrupted, it waits for the calls under way, and then cuts them off.
  double work() {
    var threads = new ArrayList<Thread>();
    int count = Math.min(means.config().concurrency(), plan.units().size());
    for (int i = 0; i < count; i++) {
      threads.add(Thread.ofVirtual().name("batch-" + i).start(this::units));
    }
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      means.halt().because("stopped");
      leave(threads);
      Thread.currentThread().interrupt();
    }
    failures.get().stream()
        .findFirst()
        .ifPresent(failure -> {
          throw failure;
        });
    return expected.sum();
  }

  private void units() {
    try {
      for (Unit unit = waiting.poll(); unit != null; unit = waiting.poll()) {
        if (means.halt().isSet()) {
          return;
        }
        expected.add(new UnitRun(means, plan, unit, checker).run(snapshot).usd());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      // Told to the one who waits, as soon as the others are done with what they began.
      means.halt().because("a defect: " + e);
      failures.compareAndSet(List.of(), List.of(e));
    }
  }

  private static void leave(List<Thread> threads) {
    Instant end = Instant.now().plus(GOODBYE_MAX);
    try {
      for (Thread thread : threads) {
        Duration left = Duration.between(Instant.now(), end);
        if (!left.isPositive() || !thread.join(left)) {
          break;
        }
      }
    } catch (InterruptedException e) {
      // Told twice: no more waiting.
    }
    threads.forEach(Thread::interrupt);
    for (Thread thread : threads) {
      joined(thread);
    }
  }

  /// What was cut off is still to be written down.
  private static void joined(Thread thread) {
    try {
      boolean _ = thread.join(GOODBYE_MAX);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
