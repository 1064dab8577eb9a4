package brimful.kafka.worker;

import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// A record whose lock this worker holds, with its progress.
///
/// Handled in one thread, watched by another.
public final class HeldRecord implements Handler.Timer {
  private final ConsumerRecord<byte[], byte[]> message;
  private final int deliveries;
  private volatile long started;
  private volatile long moved;
  private volatile long counted;
  private volatile boolean troubled;
  private volatile boolean misplaced;
  private boolean handled;
  private boolean givenUp;

  /// Accessed by the watching thread alone.
  private boolean acknowledged;

  /// The acknowledgement, once it is decided and the result is stored.
  private final CompletableFuture<AcknowledgeType> verdict = new CompletableFuture<>();

  HeldRecord(ConsumerRecord<byte[], byte[]> message) {
    this.message = message;
    deliveries = message.deliveryCount().map(Short::intValue).orElse(1);
  }

  public byte[] value() {
    return message.value() == null ? new byte[0] : message.value();
  }

  boolean isTombstone() {
    return message.value() == null;
  }

  public String place() {
    return "%s-%s@%s".formatted(message.topic(), message.partition(), message.offset());
  }

  ConsumerRecord<byte[], byte[]> message() {
    return message;
  }

  /// Returns how often it was delivered, this time included.
  public int deliveries() {
    return deliveries;
  }

  void start(long now) {
    started = now;
    moved = now;
    counted = now;
  }

  @Override
  public void moved() {
    moved = System.nanoTime();
  }

  @Override
  public void restart() {
    counted = System.nanoTime();
    moved = counted;
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

  /// Returns since when its total time counts.
  long countedNanos() {
    return counted;
  }

  /// Marks a temporary problem.
  public void setTroubled() {
    troubled = true;
  }

  boolean isTroubled() {
    return troubled;
  }

  /// Marks a claim that another worker has found readable, and this one has not.
  void setMisplaced() {
    misplaced = true;
  }

  boolean isMisplaced() {
    return misplaced;
  }

  /// Marks the end of its handling.
  ///
  /// @return whether the result counts; it does not if the record was given up before
  public synchronized boolean end() {
    handled = !givenUp;
    return handled;
  }

  /// Gives it up, unless its handling has ended.
  ///
  /// @return whether it was given up now
  public synchronized boolean giveUp() {
    boolean now = !handled && !givenUp;
    givenUp |= now;
    return now;
  }

  /// Returns whether its handling is running; waiting for the brokers does not count.
  synchronized boolean isWorkedOn() {
    return isStarted() && !handled && !givenUp && !verdict.isDone();
  }

  void setAcknowledged() {
    acknowledged = true;
  }

  boolean isAcknowledged() {
    return acknowledged;
  }

  public CompletableFuture<AcknowledgeType> verdict() {
    return verdict;
  }
}
