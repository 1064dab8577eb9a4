package brimful.queue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.AcknowledgeType;

/// The records of one poll, handled one after the other in a thread of their own.
///
/// The thread is a daemon: one that hangs in a read of a dead mount, which nothing can interrupt,
/// is left behind.
final class Batch {
  private final List<Held> held;
  private final Thread thread;

  Batch(List<Held> held, String name, Consumer<Held> handling) {
    this.held = held;
    thread =
        Thread.ofPlatform()
            .daemon()
            .name(name)
            .unstarted(() -> {
              for (Held one : held) {
                if (!one.verdict().isDone()) {
                  one.start(System.nanoTime());
                  handling.accept(one);
                }
              }
            });
  }

  void start() {
    thread.start();
  }

  /// Waits until all have their verdict, or for so long.
  ///
  /// @return whether all have
  boolean await(Duration time) {
    try {
      CompletableFuture.allOf(held.stream().map(Held::verdict).toArray(CompletableFuture[]::new))
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

  List<Held> held() {
    return held;
  }

  /// Takes back what is not started, and stops what is.
  void stop() {
    for (Held one : held) {
      if (!one.isStarted()) {
        one.verdict().complete(AcknowledgeType.RELEASE);
      }
    }
    thread.interrupt();
  }
}
