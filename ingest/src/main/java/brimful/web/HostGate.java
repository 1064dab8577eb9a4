package brimful.web;

import brimful.corpus.UserError;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// Lets a few requests at a time through to one host, and none while the host wants a pause.
final class HostGate {
  private static final int REQUESTS_MAX = 4;

  /// How long a request waits for others: they are bounded, too.
  private static final Duration WAIT_MAX = Duration.ofMinutes(30);

  private final Semaphore free = new Semaphore(REQUESTS_MAX, true);
  private final AtomicLong pausedUntil = new AtomicLong(System.nanoTime());

  /// Waits for a place.
  ///
  /// @return gives it back when it first runs
  Runnable enter(WebAddress what) {
    try {
      if (!free.tryAcquire(WAIT_MAX.toSeconds(), TimeUnit.SECONDS)) {
        throw new UserError(
            UserError.Kind.BUSY,
            "%s: too many requests to its host are under way, try again later"
                .formatted(what.url()));
      }
      try {
        long pause = pausedUntil.get() - System.nanoTime();
        if (pause > 0) {
          TimeUnit.NANOSECONDS.sleep(pause);
        }
      } catch (InterruptedException e) {
        free.release();
        throw e;
      }
      var held = new AtomicBoolean(true);
      return () -> {
        if (held.compareAndSet(true, false)) {
          free.release();
        }
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("stopped while waiting to ask for " + what.url());
    }
  }

  /// Makes all requests wait.
  void pause(Duration time) {
    long until = System.nanoTime() + time.toNanos();
    pausedUntil.accumulateAndGet(until, (a, b) -> a - b > 0 ? a : b);
  }
}
