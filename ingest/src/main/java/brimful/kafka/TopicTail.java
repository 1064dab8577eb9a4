package brimful.kafka;

import brimful.corpus.UserError;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;

/// Reads topics from a position up to their present end, repeatedly. For one thread.
public final class TopicTail implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(500);

  /// A broker that is silent for this long counts as gone.
  private static final Duration SILENCE_MAX = Duration.ofSeconds(60);

  private final Consumer<byte[], byte[]> consumer;
  private final List<String> topics;
  private final String address;
  private final List<TopicPartition> partitions;

  /// Starts at the beginning.
  public TopicTail(Cluster cluster, List<String> topics) {
    this.topics = topics;
    address = cluster.address();
    consumer = new KafkaConsumer<>(cluster.connection().reader());
    partitions = interruptible(() -> partitions(topics));
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  private List<TopicPartition> partitions(List<String> topics) {
    return topics.stream()
        .flatMap(topic ->
            consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition())))
        .toList();
  }

  private <T> T interruptible(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (InterruptException e) {
      // Kafka's own exception; it has restored the flag.
      throw new CancellationException("interrupted while reading " + String.join(", ", topics));
    } catch (TimeoutException e) {
      throw KafkaUnreachable.at(address, e);
    }
  }

  /// Continues at an offset of each partition.
  public void seek(long offset) {
    partitions.forEach(partition -> consumer.seek(partition, offset));
  }

  /// Delivers the records since the last call, up to the present end.
  ///
  /// @throws UserError if the brokers deliver nothing for a minute
  /// @throws CancellationException if the thread is interrupted
  public void read(java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    boolean _ =
        interruptible(() -> {
          read(new HashMap<>(consumer.endOffsets(partitions)), reader);
          return true;
        });
  }

  /// Does the same for a topic of one partition, up to an offset that is known to exist.
  public void readThrough(
      long offset, java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    boolean _ =
        interruptible(() -> {
          read(new HashMap<>(Map.of(partitions.getFirst(), offset + 1)), reader);
          return true;
        });
  }

  private void read(
      Map<TopicPartition, Long> ends,
      java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    long heard = System.nanoTime();
    ends.entrySet().removeIf(this::isReached);
    while (!ends.isEmpty()) {
      for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
        heard = System.nanoTime();
        reader.accept(message);
      }
      ends.entrySet().removeIf(this::isReached);
      if (System.nanoTime() - heard > SILENCE_MAX.toNanos()) {
        throw new TimeoutException(
            "%s deliver nothing for %s s: check the broker"
                .formatted(partitions, SILENCE_MAX.toSeconds()));
      }
    }
  }

  private boolean isReached(Map.Entry<TopicPartition, Long> end) {
    return consumer.position(end.getKey()) >= end.getValue();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
