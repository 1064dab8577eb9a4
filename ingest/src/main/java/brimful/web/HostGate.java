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
  /// How long a request waits for others: they are bounded, too.
  private static final Duration WAIT_MAX = Duration.ofMinutes(30);

  /// How long a wait goes on without a word.
  private static final Duration SLICE = Duration.ofMillis(250);

  private final Semaphore free = new Semaphore(WebClient.REQUESTS_MAX, true);
  private final AtomicLong pausedUntil = new AtomicLong(System.nanoTime());

  /// Whether all pauses that the host wanted for a page were in vain, and it has served none since.
  private volatile boolean hopeless;

  /// Waits for a place.
  ///
  /// @param moved called while it waits; what it throws ends the waiting
  /// @return gives it back when it first runs
  Runnable enter(WebAddress what, Runnable moved) {
    try {
      acquire(what, moved);
      var held = new AtomicBoolean(true);
      Runnable leave =
          () -> {
            if (held.compareAndSet(true, false)) {
              free.release();
            }
          };
      boolean entered = false;
      try {
        sleep(moved);
        entered = true;
      } finally {
        if (!entered) {
          leave.run();
        }
      }
      return leave;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("stopped while waiting to ask for " + what.url());
    }
  }

  private void acquire(WebAddress what, Runnable moved) throws InterruptedException {
    long until = System.nanoTime() + WAIT_MAX.toNanos();
    while (!free.tryAcquire(SLICE.toMillis(), TimeUnit.MILLISECONDS)) {
      moved.run();
      if (System.nanoTime() - until > 0) {
        throw new UserError(
            UserError.Kind.BUSY,
            "%s: too many requests to its host are under way, try again later"
                .formatted(what.url()));
      }
    }
  }

  private void sleep(Runnable moved) throws InterruptedException {
    while (true) {
      long pause = pausedUntil.get() - System.nanoTime();
      if (pause <= 0) {
        return;
      }
      TimeUnit.NANOSECONDS.sleep(Math.min(pause, SLICE.toNanos()));
      moved.run();
    }
  }

  /// Notes that the host wants another pause after all that a page is worth.
  void giveUp() {
    hopeless = true;
  }

  /// Notes that the host does not want a pause.
  void serves() {
    hopeless = false;
  }

  /// Returns whether another pause is not worth it: hundreds of thousands of pages would wait for
  /// weeks.
  boolean isHopeless() {
    return hopeless;
  }

  /// Makes all requests wait.
  void pause(Duration time) {
    long until = System.nanoTime() + time.toNanos();
    pausedUntil.accumulateAndGet(until, (a, b) -> a - b > 0 ? a : b);
  }
}
