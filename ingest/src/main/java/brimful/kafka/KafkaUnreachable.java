package brimful.kafka;

import brimful.corpus.UserError;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;

/// Explains that Kafka does not answer or refuses access, which only a person can fix.
public final class KafkaUnreachable {
  private KafkaUnreachable() {}

  /// Returns whether an error says that no broker answers.
  public static boolean isAbsence(UserError e) {
    return e.kind() == UserError.Kind.UNAVAILABLE
        && e.getCause() instanceof KafkaException cause
        && !(cause instanceof AuthenticationException);
  }

  /// Returns the message for a failed call to the broker at an address.
  public static UserError at(String address, KafkaException cause) {
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
