package brimful.kafka.work;

import brimful.corpus.UserError;
import brimful.kafka.Cluster;
import brimful.kafka.KafkaUnreachable;
import brimful.kafka.TopicTail;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/// The event log of a shared batch, in one order for all its workers.
///
/// A topic of one partition that never drops a record. For one thread.
public final class EventLog implements AutoCloseable {
  private final String topic;
  private final String id;
  private final String address;
  private final Producer<byte[], byte[]> producer;
  private final TopicTail tail;

  /// Opens the log of a batch, and creates it if needed.
  ///
  /// @throws UserError if no broker answers
  /// @throws IllegalArgumentException if the batch's name cannot be part of a topic's
  public EventLog(Cluster cluster, String batch) {
    cluster.ensureBatch(batch);
    topic = cluster.topics().ledger(batch);
    id = cluster.id(topic);
    address = cluster.address();
    producer = new KafkaProducer<>(cluster.connection().producer());
    tail = new TopicTail(cluster, List.of(topic));
  }

  /// Receives the entries.
  @FunctionalInterface
  public interface Reader {
    /// @param place of the entry; each is higher than the one before
    void entry(long place, byte[] bytes);
  }

  /// Returns the log's identity, which differs from that of an earlier log of the same name.
  public String id() {
    return id;
  }

  /// Continues reading at a place.
  public void seek(long place) {
    tail.seek(place);
  }

  /// Appends an entry, and returns its place once the brokers have stored it.
  ///
  /// @throws UserError if they did not confirm within a minute; it may be stored all the same
  public long add(byte[] entry) {
    try {
      return producer.send(new ProducerRecord<>(topic, entry)).get().offset();
    } catch (ExecutionException e) {
      throw new UserError(
          UserError.Kind.UNAVAILABLE,
          "Kafka at %s did not store an entry, %s: check that it runs"
              .formatted(address, e.getCause()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while Kafka stores an event");
    }
  }

  /// Delivers the entries since the last call, up to the present end.
  ///
  /// @throws UserError if the brokers deliver nothing for a minute
  public void read(Reader reader) {
    try {
      tail.read(message -> reader.entry(message.offset(), message.value()));
    } catch (KafkaException e) {
      throw KafkaUnreachable.at(address, e);
    }
  }

  /// Does the same, up to at least a given entry.
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
