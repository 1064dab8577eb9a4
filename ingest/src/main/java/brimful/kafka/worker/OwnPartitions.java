package brimful.kafka.worker;

import brimful.kafka.Lane;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/// The partitions that this worker's slots have received records of lately.
///
/// A share group spreads partitions over its members. A claim that this worker alone can work on
/// returns to one of these, because in another it would meet a worker that sets it aside again.
/// Safe for many threads.
final class OwnPartitions {
  private static final Duration LATELY = Duration.ofMinutes(1);

  private final Map<Place, Instant> seen = new ConcurrentHashMap<>();
  private final Clock clock;

  private record Place(Lane lane, int partition) {}

  OwnPartitions(Clock clock) {
    this.clock = clock;
  }

  void see(Lane lane, int partition) {
    seen.put(new Place(lane, partition), clock.instant());
  }

  /// Returns one of a lane's partitions; empty if none is known.
  OptionalInt any(Lane lane) {
    Instant since = clock.instant().minus(LATELY);
    seen.values().removeIf(at -> at.isBefore(since));
    List<Integer> known =
        seen.keySet().stream().filter(place -> place.lane() == lane).map(Place::partition).toList();
    return known.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(known.get(ThreadLocalRandom.current().nextInt(known.size())));
  }
}
