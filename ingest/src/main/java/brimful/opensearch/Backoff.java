package brimful.opensearch;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;

/// The pauses between the tries of a request, each twice as long as the one before. For one thread.
final class Backoff {
  private final long mostMillis;
  private long nextMillis;

  Backoff(Duration first, Duration most) {
    nextMillis = first.toMillis();
    mostMillis = most.toMillis();
  }

  /// @throws CancellationException if the thread is interrupted
  void pause() {
    sleep(nextMillis);
    nextMillis = Math.min(2 * nextMillis, mostMillis);
  }

  /// @throws CancellationException if the thread is interrupted
  static void sleep(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for OpenSearch");
    }
  }
}
