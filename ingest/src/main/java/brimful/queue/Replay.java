package brimful.queue;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.CancellationException;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;

/// Reads a compacted topic from its beginning to its present end: the last value of every key.
final class Replay {
  private static final Duration POLL = Duration.ofMillis(500);

  /// A broker that is silent for so long is taken for gone.
  private static final Duration SILENCE_MAX = Duration.ofSeconds(60);

  private Replay() {}

  /// Returns the last value of every key that has one; keys are ISO-8859-1, byte for byte.
  static SequencedMap<String, byte[]> last(Cluster cluster, List<String> topics) {
    SequencedMap<String, byte[]> values = new LinkedHashMap<>();
    for (String topic : topics) {
      each(
          cluster,
          topic,
          (key, message) -> {
            values.remove(topic + '\0' + key);
            if (message.value() != null) {
              values.put(topic + '\0' + key, message.value());
            }
          });
    }
    return values;
  }

  private static void each(
      Cluster cluster, String topic, BiConsumer<String, ConsumerRecord<byte[], byte[]>> reader) {
    try {
      eachOf(cluster, topic, reader);
    } catch (InterruptException e) {
      // Kafka's own; it has restored the flag.
      throw new CancellationException("interrupted while reading " + topic);
    }
  }

  private static void eachOf(
      Cluster cluster, String topic, BiConsumer<String, ConsumerRecord<byte[], byte[]>> reader) {
    try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(cluster.connection().reader())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
      long heard = System.nanoTime();
      while (!ends.isEmpty()) {
        for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
          heard = System.nanoTime();
          reader.accept(
              new String(message.key(), java.nio.charset.StandardCharsets.ISO_8859_1), message);
        }
        ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
        if (System.nanoTime() - heard > SILENCE_MAX.toNanos()) {
          throw new TimeoutException(
              "topic %s gives nothing for %d s: is the broker in trouble"
                  .formatted(topic, SILENCE_MAX.toSeconds()));
        }
      }
    }
  }
}
