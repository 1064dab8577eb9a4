package brimful.kafka.index;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// Clears the retired indexes of a store every hour, so that an index worker that runs for long
/// keeps nothing that one which starts would delete. For one thread.
final class RetiredClearing {
  private static final Duration EVERY = Duration.ofHours(1);

  private final IndexStore store;
  private final Clock clock;
  private Instant cleared;

  /// @param store has just been cleared
  RetiredClearing(IndexStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
    cleared = clock.instant();
  }

  /// Clears them if it is time.
  void look() {
    Instant now = clock.instant();
    if (now.isAfter(cleared.plus(EVERY))) {
      cleared = now;
      store.clearRetired(now);
    }
  }
}
