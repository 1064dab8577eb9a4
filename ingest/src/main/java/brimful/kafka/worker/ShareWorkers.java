package brimful.kafka.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The slots of one member of a share group, each in a thread of its own.
public final class ShareWorkers implements AutoCloseable {
  /// Releasing takes a round trip; an unreachable broker must not delay the exit.
  private static final Duration CLOSE_TIME = Duration.ofSeconds(15);

  private final String name;
  private final List<ShareWorker> slots = new ArrayList<>();
  private final List<CompletableFuture<Void>> running = new ArrayList<>();

  /// @param name prefix of the threads' names
  public ShareWorkers(String name) {
    this.name = name;
  }

  public void start(ShareWorker shareWorker) {
    var ended = new CompletableFuture<Void>();
    slots.add(shareWorker);
    running.add(ended);
    Thread.ofPlatform()
        .daemon()
        .name(name + "-" + slots.size())
        .start(() -> {
          try {
            shareWorker.run();
            ended.complete(null);
          } catch (RuntimeException | Error e) {
            ended.completeExceptionally(e);
          }
        });
  }

  /// Waits for a duration, or until a slot fails.
  ///
  /// @throws RuntimeException the failure of a slot
  public void await(Duration time) throws InterruptedException {
    try {
      CompletableFuture.anyOf(running.toArray(CompletableFuture[]::new))
          .get(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // No slot has failed.
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException broken ? broken : new CompletionException(e);
    }
  }

  /// Gives back what is held, and ends.
  @Override
  public void close() {
    slots.forEach(ShareWorker::stop);
    try {
      CompletableFuture.allOf(running.toArray(CompletableFuture[]::new))
          .get(CLOSE_TIME.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // The held records return when their locks expire.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
