package brimful.queue;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;

/// Kafka does not answer, or does not let us in: nothing can be done until a person helps.
public final class KafkaUnreachable extends UncheckedIOException {
  private static final long serialVersionUID = 1;

  private KafkaUnreachable(String message, KafkaException cause) {
    super(message, new IOException(cause.getMessage(), cause));
  }

  /// Returns what to tell the person when a call to the broker at an address failed so.
  static KafkaUnreachable at(String address, KafkaException cause) {
    return new KafkaUnreachable(
        cause instanceof AuthenticationException
            ? "Kafka at %s refuses the login: check the file of --kafka-config".formatted(address)
            : "no Kafka broker at %s: start one with brimful dev-broker, or check --kafka"
                .formatted(address),
        cause);
  }
}
