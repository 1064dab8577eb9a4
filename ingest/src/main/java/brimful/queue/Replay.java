package brimful.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The last value of every key of compacted topics, brought up to their present end when asked. For
/// one thread.
final class Replay implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Replay.class);

  private static final Duration POLL = Duration.ofMillis(500);

  /// A broker that is silent for so long is taken for gone.
  private static final Duration SILENCE_MAX = Duration.ofSeconds(60);

  private final Consumer<byte[], byte[]> consumer;
  private final List<String> topics;
  private final List<TopicPartition> partitions;
  private final SequencedMap<String, byte[]> values = new LinkedHashMap<>();

  Replay(Cluster cluster, List<String> topics) {
    this.topics = topics;
    consumer = new KafkaConsumer<>(cluster.connection().reader());
    partitions = interruptible(topics, () -> partitions(topics));
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

  private static <T> T interruptible(List<String> topics, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (InterruptException e) {
      // Kafka's own; it has restored the flag.
      throw new CancellationException("interrupted while reading " + String.join(", ", topics));
    }
  }

  /// Returns what the last values of all keys say; what is no record of ours is passed over.
  ///
  /// @throws UnreadableRecord if one is of a later version's
  static <T> List<T> last(Cluster cluster, List<String> topics, Function<byte[], T> reader) {
    List<T> read = new ArrayList<>();
    last(cluster, topics)
        .forEach((key, value) -> {
          try {
            read.add(reader.apply(value));
          } catch (UnreadableRecord e) {
            if (e.newer()) {
              throw e;
            }
            LOG.warn("passed over key={} cause={}", key.replace('\0', ' '), e.getMessage());
          }
        });
    return read;
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
    return interruptible(topics, this::read);
  }

  private SequencedMap<String, byte[]> read() {
    Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
    long heard = System.nanoTime();
    ends.entrySet().removeIf(this::isReached);
    while (!ends.isEmpty()) {
      for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
        heard = System.nanoTime();
        take(message);
      }
      ends.entrySet().removeIf(this::isReached);
      if (System.nanoTime() - heard > SILENCE_MAX.toNanos()) {
        throw new TimeoutException(
            "%s give nothing for %d s: see how the broker is"
                .formatted(partitions, SILENCE_MAX.toSeconds()));
      }
    }
    return values;
  }

  private boolean isReached(Map.Entry<TopicPartition, Long> end) {
    return consumer.position(end.getKey()) >= end.getValue();
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
