package brimful.batch;

import brimful.model.Cost;
import brimful.model.ModelProfile;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// The off-peak hours of a model's provider.
final class OffPeak {
  /// The days that are considered; they include a weekend.
  private static final Duration AHEAD_MAX = Duration.ofDays(8);

  private static final Duration STEP = Duration.ofMinutes(5);

  private OffPeak() {}

  /// Returns when the price is lowest in the next days; now, if it is lowest now or constant.
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
