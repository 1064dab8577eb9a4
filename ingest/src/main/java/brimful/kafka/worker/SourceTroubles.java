package brimful.kafka.worker;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The sources that this worker could not open when it last tried. Their claims are set aside
/// without another attempt, until the source is due again; each failure doubles its pause.
///
/// Safe for many threads.
final class SourceTroubles {
  private static final Logger LOG = LoggerFactory.getLogger(SourceTroubles.class);

  static final Duration PAUSE_MIN = Duration.ofSeconds(1);
  static final Duration PAUSE_MAX = Duration.ofSeconds(30);

  private final Map<String, Trouble> troubles = new ConcurrentHashMap<>();
  private final Clock clock;

  private record Trouble(String cause, Duration pause, Instant next) {}

  SourceTroubles(Clock clock) {
    this.clock = clock;
  }

  /// Returns why a source could not be opened; empty if that is not known.
  Optional<String> cause(String location) {
    return Optional.ofNullable(troubles.get(location)).map(Trouble::cause);
  }

  /// Notes that a source cannot be opened; no change if that is known.
  void begin(String location, String cause) {
    Trouble known = troubles.putIfAbsent(location, trouble(cause, PAUSE_MIN));
    if (known == null) {
      LOG.warn("source away location={} cause={}", location, cause);
    }
  }

  /// Notes that a source still cannot be opened, and doubles its pause.
  void prolong(String location, String cause) {
    begin(location, cause);
    troubles.computeIfPresent(
        location,
        (_, known) -> {
          Duration pause = known.pause().multipliedBy(2);
          return trouble(cause, pause.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : pause);
        });
  }

  private Trouble trouble(String cause, Duration pause) {
    return new Trouble(cause, pause, clock.instant().plus(pause));
  }

  /// Notes that a source can be opened again.
  void end(String location) {
    if (troubles.remove(location) != null) {
      LOG.info("source back location={}", location);
    }
  }

  /// Forgets the sources that no claim waits for, once they are due.
  void forgetOthers(Set<String> waitedFor) {
    troubles
        .entrySet()
        .removeIf(entry -> !waitedFor.contains(entry.getKey()) && isDue(entry.getKey()));
  }

  /// Returns whether to try a source now.
  boolean isDue(String location) {
    Trouble known = troubles.get(location);
    return known == null || !clock.instant().isBefore(known.next());
  }
}
