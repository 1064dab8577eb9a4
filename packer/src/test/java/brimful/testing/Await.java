package brimful.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Waits for what another thread or process does.
public final class Await {
  /// How long to wait for what has to happen: only a test that fails waits so long.
  public static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final int LOOK_MILLIS = 100;

  private Await() {}

  /// Returns as soon as something is so; fails if it is not within a time.
  public static void until(Duration patience, BooleanSupplier reached) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (!reached.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited for %s", patience).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }
}
