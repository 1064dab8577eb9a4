package brimful.queue;

import brimful.corpus.UserError;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/// What happens to a shared batch, in the one order that all its workers see.
///
/// A topic of one partition, of which nothing is ever dropped. For one thread.
public final class Journal implements AutoCloseable {
  private final String topic;
  private final String id;
  private final String address;
  private final Producer<byte[], byte[]> producer;
  private final Tail tail;

  /// Opens the journal of a batch, which is made if it is not there.
  ///
  /// @throws UserError if no broker answers
  /// @throws IllegalArgumentException if the batch's name cannot be part of a topic's
  public Journal(Cluster cluster, String batch) {
    cluster.ensureBatch(batch);
    topic = cluster.topics().ledger(batch);
    id = cluster.id(topic);
    address = cluster.address();
    producer = new KafkaProducer<>(cluster.connection().producer());
    tail = new Tail(cluster, List.of(topic));
  }

  /// Is handed what was added.
  @FunctionalInterface
  public interface Reader {
    /// @param place of the entry; each is higher than the one before
    void entry(long place, byte[] bytes);
  }

  /// Returns what tells this journal from one that had its name before.
  public String id() {
    return id;
  }

  /// Goes on reading at a place.
  public void seek(long place) {
    tail.seek(place);
  }

  /// Adds an entry behind all others, and returns its place when it is safe with the brokers.
  ///
  /// @throws UserError if they did not take it within a minute; it may be there still
  public long add(byte[] entry) {
    try {
      return producer.send(new ProducerRecord<>(topic, entry)).get().offset();
    } catch (ExecutionException e) {
      throw new UserError(
          UserError.Kind.UNAVAILABLE,
          "Kafka at %s did not take an entry, %s: see whether it runs"
              .formatted(address, e.getCause()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while Kafka takes what happened");
    }
  }

  /// Hands on what has come since the last time, up to what is there now.
  ///
  /// @throws UserError if the brokers give nothing for a minute
  public void read(Reader reader) {
    try {
      tail.read(message -> reader.entry(message.offset(), message.value()));
    } catch (KafkaException e) {
      throw KafkaUnreachable.at(address, e);
    }
  }

  /// Does the same up to an entry at least.
  public void readThrough(long place, Reader reader) {
    try {
      tail.readThrough(place, message -> reader.entry(message.offset(), message.value()));
    } catch (KafkaException e) {
      throw KafkaUnreachable.at(address, e);
    }
  }

  @Override
  public void close() {
    producer.close();
    tail.close();
  }
}
