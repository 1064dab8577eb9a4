package brimful.batch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// The time, and how to let it pass; a test has one whose hours take no time.
public interface Pauser {
  /// Returns what time it is.
  Instant now();

  /// Waits.
  void pause(Duration time) throws InterruptedException;

  /// Returns the real one.
  static Pauser real() {
    return new Pauser() {
      private final Clock clock = Clock.systemUTC();

      @Override
      public Instant now() {
        return clock.instant();
      }

      @Override
      public void pause(Duration time) throws InterruptedException {
        Thread.sleep(time);
      }
    };
  }
}
