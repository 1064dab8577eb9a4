package brimful.kafka;

import brimful.corpus.UserError;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.TimeoutException;

/// Waits for the replies to an admin client, and explains in one line why one did not arrive.
final class AdminReplies {
  /// The longest wait for a reply. The client itself gives up at [Connection#REPLY_MAX]; this limit
  /// is for a client that was opened without it.
  private static final Duration WAIT_MAX = Duration.ofSeconds(60);

  private AdminReplies() {}

  /// Returns the reply of the broker at `address`, in a form that a person recognises.
  ///
  /// @throws UserError if none arrived in time, or the broker refused the login or the request
  static <T> T await(KafkaFuture<T> reply, String address) {
    try {
      return reply.get(WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw explained(e, address);
    } catch (java.util.concurrent.TimeoutException e) {
      throw KafkaUnreachable.at(address, new TimeoutException("no reply in " + WAIT_MAX, e));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for Kafka");
    }
  }

  /// Returns whether the broker refused with this kind of error; waits, and throws, like [#await].
  static boolean failed(
      KafkaFuture<?> reply, Class<? extends KafkaException> kind, String address) {
    try {
      await(reply, address);
      return false;
    } catch (UserError e) {
      if (kind.isInstance(e.getCause())) {
        return true;
      }
      throw e;
    }
  }

  private static String reason(KafkaException refused) {
    String said = refused.getMessage();
    return said == null || said.isBlank() ? refused.getClass().getSimpleName() : said;
  }

  private static RuntimeException explained(ExecutionException failure, String address) {
    return switch (failure.getCause()) {
      case AuthenticationException refused -> KafkaUnreachable.at(address, refused);
      case TimeoutException late -> KafkaUnreachable.at(address, late);
      case DisconnectException gone -> KafkaUnreachable.at(address, gone);
      case KafkaException other ->
          new UserError(
              UserError.Kind.UPSTREAM,
              "Kafka at %s refused the request, %s: check what the cluster allows"
                  .formatted(address, reason(other)),
              other);
      case null, default -> new IllegalStateException("Kafka's client broke", failure);
    };
  }
}
