package brimful.queue;

import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// A record that this worker holds the lock of, and how far it has come.
///
/// Handled in one thread, watched by another.
final class Held {
  private final ConsumerRecord<byte[], byte[]> message;
  private final int deliveries;
  private volatile long started;
  private volatile long moved;
  private volatile boolean troubled;
  private boolean handled;
  private boolean givenUp;

  /// Touched by the watching thread alone.
  private boolean acknowledged;

  /// How it is to be acknowledged, once that is known and what it gave is safe with the brokers.
  private final CompletableFuture<AcknowledgeType> verdict = new CompletableFuture<>();

  Held(ConsumerRecord<byte[], byte[]> message) {
    this.message = message;
    deliveries = message.deliveryCount().map(Short::intValue).orElse(1);
  }

  byte[] value() {
    return message.value() == null ? new byte[0] : message.value();
  }

  boolean isTombstone() {
    return message.value() == null;
  }

  String place() {
    return "%s-%s@%s".formatted(message.topic(), message.partition(), message.offset());
  }

  ConsumerRecord<byte[], byte[]> message() {
    return message;
  }

  /// How often it was delivered, this time included.
  int deliveries() {
    return deliveries;
  }

  void start(long now) {
    started = now;
    moved = now;
  }

  void move(long now) {
    moved = now;
  }

  boolean isStarted() {
    return started != 0;
  }

  long movedNanos() {
    return moved;
  }

  long startedNanos() {
    return started;
  }

  /// Says that it met trouble that passes.
  void setTroubled() {
    troubled = true;
  }

  boolean isTroubled() {
    return troubled;
  }

  /// Says that its handling has ended.
  ///
  /// @return whether what came of it counts: it does not if it was given up before
  synchronized boolean end() {
    handled = !givenUp;
    return handled;
  }

  /// Gives it up, unless its handling has ended.
  ///
  /// @return whether it was given up now
  synchronized boolean giveUp() {
    boolean now = !handled && !givenUp;
    givenUp |= now;
    return now;
  }

  /// Whether somebody works on it: what waits for the brokers alone is not worked on.
  synchronized boolean isWorkedOn() {
    return isStarted() && !handled && !givenUp && !verdict.isDone();
  }

  void setAcknowledged() {
    acknowledged = true;
  }

  boolean isAcknowledged() {
    return acknowledged;
  }

  CompletableFuture<AcknowledgeType> verdict() {
    return verdict;
  }
}
