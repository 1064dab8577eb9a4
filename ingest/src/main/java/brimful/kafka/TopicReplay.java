package brimful.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.kafka.record.UnreadableRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.CancellationException;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The last value of every key of compacted topics, brought up to date on request. For one thread.
final class TopicReplay implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TopicReplay.class);

  private final TopicTail tail;
  private final SequencedMap<String, Last> values = new LinkedHashMap<>();

  TopicReplay(Cluster cluster, List<String> topics) {
    tail = new TopicTail(cluster, topics);
  }

  /// The last value of a key, and where it is.
  record Last(String topic, int partition, long offset, byte[] value) {
    /// Returns `TOPIC-PARTITION@OFFSET`.
    String at() {
      return "%s-%s@%s".formatted(topic, partition, offset);
    }
  }

  /// Returns the decoded last values of all keys; foreign records are ignored.
  ///
  /// @param newer receives the records that only a later version can read
  static <T> List<T> last(
      Cluster cluster,
      List<String> topics,
      Function<byte[], T> reader,
      BiConsumer<Last, UnreadableRecord> newer) {
    List<T> read = new ArrayList<>();
    last(cluster, topics)
        .forEach((_, last) -> {
          try {
            read.add(reader.apply(last.value()));
          } catch (UnreadableRecord e) {
            if (e.newer()) {
              newer.accept(last, e);
            } else {
              LOG.warn("passed over record={} cause={}", last.at(), e.getMessage());
            }
          }
        });
    return read;
  }

  /// Returns the last value of every live key, by `topic NUL key`, the latest last.
  static SequencedMap<String, Last> last(Cluster cluster, List<String> topics) {
    try (var replay = new TopicReplay(cluster, topics)) {
      return replay.last();
    }
  }

  /// Reads the records since the last call, and returns the present state.
  ///
  /// @throws TimeoutException if the brokers deliver nothing for a minute
  /// @throws CancellationException if the thread is interrupted
  SequencedMap<String, Last> last() {
    tail.read(this::take);
    return values;
  }

  private void take(ConsumerRecord<byte[], byte[]> message) {
    String key = message.topic() + '\0' + new String(message.key(), UTF_8);
    values.remove(key);
    if (message.value() != null) {
      values.put(
          key, new Last(message.topic(), message.partition(), message.offset(), message.value()));
    }
  }

  @Override
  public void close() {
    tail.close();
  }
}
