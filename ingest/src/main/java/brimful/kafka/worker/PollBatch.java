package brimful.kafka.worker;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.AcknowledgeType;

/// The records of one poll, handled one after the other in a thread of their own.
///
/// The thread is a daemon: one that hangs in a read from a dead mount cannot be interrupted and is
/// abandoned.
final class PollBatch {
  private final List<HeldRecord> held;
  private final Thread thread;

  PollBatch(List<HeldRecord> held, String name, ShareWorker.RecordHandler duty) {
    this.held = held;
    thread =
        Thread.ofPlatform()
            .daemon()
            .name(name)
            .unstarted(() -> {
              for (HeldRecord one : held) {
                if (!one.verdict().isDone()) {
                  one.start(System.nanoTime());
                  duty.deliver(one);
                }
              }
              duty.end();
            });
  }

  void start() {
    thread.start();
  }

  /// Waits until all records have their verdict, or until the timeout.
  ///
  /// @return whether all have
  boolean await(Duration time) {
    try {
      CompletableFuture.allOf(
              held.stream().map(HeldRecord::verdict).toArray(CompletableFuture[]::new))
          .get(time.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (java.util.concurrent.TimeoutException e) {
      return false;
    } catch (java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException("verdicts are values", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  List<HeldRecord> held() {
    return held;
  }

  /// Takes back records that have not started, and interrupts the others.
  void stop() {
    for (HeldRecord one : held) {
      if (!one.isStarted()) {
        one.verdict().complete(AcknowledgeType.RELEASE);
      }
    }
    thread.interrupt();
  }
}
