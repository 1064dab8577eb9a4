package brimful.batch;

import brimful.ask.Cost;
import brimful.ask.ModelProfile;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// When a model's provider is at its cheapest.
final class OffPeak {
  /// Weekends are among these days.
  private static final Duration AHEAD_MAX = Duration.ofDays(8);

  private static final Duration STEP = Duration.ofMinutes(5);

  private OffPeak() {}

  /// Returns when it is as cheap as it gets in the next days; now, if it is now or always the same.
  static Instant next(ModelProfile model, Instant now) {
    double least = usd(model, now);
    Optional<Instant> cheapest = Optional.empty();
    Instant at = now.truncatedTo(ChronoUnit.HOURS);
    for (Instant end = now.plus(AHEAD_MAX); at.isBefore(end); at = at.plus(STEP)) {
      double usd = usd(model, at);
      if (at.isAfter(now) && usd < least) {
        least = usd;
        cheapest = Optional.of(at);
      }
    }
    return cheapest.orElse(now);
  }

  private static double usd(ModelProfile model, Instant at) {
    return Cost.estimate(model, 1, 1, at).mostUsd();
  }
}
