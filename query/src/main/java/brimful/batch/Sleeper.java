package brimful.batch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// Time and sleeping, which tests replace.
public interface Sleeper {
  /// Returns the present time.
  Instant now();

  /// Sleeps.
  void pause(Duration time) throws InterruptedException;

  /// Returns the real one.
  static Sleeper real() {
    return new Sleeper() {
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
