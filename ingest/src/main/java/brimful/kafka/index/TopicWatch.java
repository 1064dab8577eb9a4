package brimful.kafka.index;

import brimful.corpus.UserError;
import brimful.kafka.Cluster;
import java.time.Duration;
import java.util.Optional;

/// Watches whether a topic is still the one that was read. For one thread.
///
/// That a broker is away is told by [brimful.kafka.BrokerPulse].
final class TopicWatch {
  /// A healthy broker answers in milliseconds; a stop waits for this.
  private static final Duration ANSWER_MAX = Duration.ofSeconds(3);

  private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

  /// A restarting broker may not know its topics for a moment.
  private static final Duration MISSING_MAX = Duration.ofSeconds(10);

  private final Cluster cluster;
  private final String topic;
  private final String id;
  private long looked = System.nanoTime();
  private Optional<Long> missingSince = Optional.empty();

  /// @param topic its name
  TopicWatch(Cluster cluster, String topic) {
    this.cluster = cluster;
    this.topic = topic;
    id = cluster.id(topic, Duration.ofSeconds(10)).orElseThrow(() -> gone(topic));
  }

  private static UserError gone(String topic) {
    return new UserError(
        UserError.Kind.CONFLICT,
        "topic %s was deleted, and the indexes stay as they are: start the index worker again, which creates the topic; the next brimful ingest of each collection fills it"
            .formatted(topic));
  }

  /// Returns the topic's id at the start.
  String id() {
    return id;
  }

  /// Looks now and then.
  ///
  /// @throws UserError if the topic was deleted, or another has its name
  void look() {
    if (System.nanoTime() - looked > LOOK_EVERY.toNanos()) {
      boolean _ = isIntact();
    }
  }

  /// Looks now.
  ///
  /// @return false if the broker does not answer, or does not know the topic at the moment
  /// @throws UserError if the topic was deleted, or another has its name
  boolean isIntact() {
    Optional<String> found;
    try {
      found = cluster.id(topic, ANSWER_MAX);
    } catch (UserError e) {
      if (e.kind() != UserError.Kind.UNAVAILABLE) {
        throw e;
      }
      looked = System.nanoTime();
      return false;
    }
    looked = System.nanoTime();
    if (found.isEmpty()) {
      long since = missingSince.orElse(looked);
      missingSince = Optional.of(since);
      if (looked - since > MISSING_MAX.toNanos()) {
        throw gone(topic);
      }
      return false;
    }
    missingSince = Optional.empty();
    if (!found.get().equals(id)) {
      throw recreated(topic);
    }
    return true;
  }

  private static UserError recreated(String topic) {
    return new UserError(
        UserError.Kind.CONFLICT,
        "topic %s was deleted and created again, and the indexes stay as they are: start the index worker again; the next brimful ingest of each collection fills the topic"
            .formatted(topic));
  }
}
