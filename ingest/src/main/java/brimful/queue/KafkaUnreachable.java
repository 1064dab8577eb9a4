package brimful.queue;

import brimful.corpus.UserError;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;

/// Says that Kafka does not answer, or does not let us in: nothing can be done until a person
/// helps.
final class KafkaUnreachable {
  private KafkaUnreachable() {}

  /// Returns what to tell the person when a call to the broker at an address failed so.
  static UserError at(String address, KafkaException cause) {
    return cause instanceof AuthenticationException
        ? new UserError(
            UserError.Kind.UNAVAILABLE,
            "Kafka at %s refuses the login: check the file of --kafka-config".formatted(address),
            cause)
        : new UserError(
            UserError.Kind.UNAVAILABLE,
            "no Kafka broker at %s: start one with brimful dev-broker, or check --kafka"
                .formatted(address),
            cause);
  }
}
