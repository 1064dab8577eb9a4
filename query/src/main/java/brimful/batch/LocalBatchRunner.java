package brimful.batch;

import brimful.batch.ledger.UnitHolder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Runs a batch on this machine: as many threads as calls may be in flight, each with one unit
/// after the other.
final class LocalBatchRunner {
  /// How long calls in flight may take after a stop request: results that are about to end are
  /// kept, and the others are closed within a second.
  static final Duration GOODBYE_MAX = Duration.ofMillis(500);

  /// How long recording the results of cut-off calls may take.
  private static final Duration LAST_ENTRY_MAX = Duration.ofSeconds(4);

  private final BatchContext batchContext;
  private final UnitRunner unitRunner;
  private final Queue<Unit> waiting;
  private final int count;

  LocalBatchRunner(BatchContext batchContext, UnitRunner unitRunner, List<Unit> waiting) {
    this.batchContext = batchContext;
    this.unitRunner = unitRunner;
    this.waiting = new ConcurrentLinkedQueue<>(waiting);
    count = Math.min(batchContext.config().concurrency(), waiting.size());
  }

  /// Works until nothing is left to ask, or the batch halts, and returns the expected cost of all
  /// calls, in USD.
  ///
  /// When interrupted, it waits for the calls in flight, and then cuts them off.
  double work() {
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < count; i++) {
      threads.add(Thread.ofVirtual().name("batch-" + i).start(this::ask));
    }
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      batchContext.halt().because("stopped");
      leave(threads);
      Thread.currentThread().interrupt();
    }
    return unitRunner.expected();
  }

  private void ask() {
    try {
      for (Unit unit = waiting.poll();
          unit != null && !batchContext.halt().isSet();
          unit = waiting.poll()) {
        unitRunner.ask(unit, UnitHolder.ALONE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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
      // Interrupted twice: no more waiting.
    }
    threads.forEach(Thread::interrupt);
    for (Thread thread : threads) {
      joined(thread);
    }
  }

  /// The results of cut-off calls still have to be recorded.
  private static void joined(Thread thread) {
    try {
      boolean _ = thread.join(LAST_ENTRY_MAX);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
