package brimful.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.CancellationException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;

/// The last value of every key of compacted topics, brought up to their present end when asked. For
/// one thread.
final class Replay implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(500);

  /// A broker that is silent for so long is taken for gone.
  private static final Duration SILENCE_MAX = Duration.ofSeconds(60);

  private final Consumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;
  private final SequencedMap<String, byte[]> values = new LinkedHashMap<>();

  Replay(Cluster cluster, List<String> topics) {
    consumer = new KafkaConsumer<>(cluster.connection().reader());
    partitions =
        topics.stream()
            .flatMap(topic ->
                consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition())))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /// Returns the last value of every key that has one, by `topic NUL key`, the latest last.
  static SequencedMap<String, byte[]> last(Cluster cluster, List<String> topics) {
    try (var replay = new Replay(cluster, topics)) {
      return replay.last();
    }
  }

  /// Reads what has come since the last time, and returns all there is now.
  ///
  /// @throws TimeoutException if the brokers give nothing for a minute
  /// @throws CancellationException if the thread is interrupted
  SequencedMap<String, byte[]> last() {
    try {
      read();
      return values;
    } catch (InterruptException e) {
      // Kafka's own; it has restored the flag.
      throw new CancellationException("interrupted while reading " + partitions);
    }
  }

  private void read() {
    Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
    long heard = System.nanoTime();
    while (!ends.isEmpty()) {
      for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
        heard = System.nanoTime();
        take(message);
      }
      ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
      if (System.nanoTime() - heard > SILENCE_MAX.toNanos()) {
        throw new TimeoutException(
            "%s give nothing for %d s: see how the broker is"
                .formatted(partitions, SILENCE_MAX.toSeconds()));
      }
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> message) {
    String key = message.topic() + '\0' + new String(message.key(), UTF_8);
    values.remove(key);
    if (message.value() != null) {
      values.put(key, message.value());
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
