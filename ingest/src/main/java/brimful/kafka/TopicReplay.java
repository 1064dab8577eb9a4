package brimful.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.kafka.record.UnreadableRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The last value of every key of compacted topics, brought up to date on request. For one thread.
final class TopicReplay implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TopicReplay.class);

  private final TopicTail tail;
  private final SequencedMap<String, byte[]> values = new LinkedHashMap<>();

  TopicReplay(Cluster cluster, List<String> topics) {
    tail = new TopicTail(cluster, topics);
  }

  /// Returns the decoded last values of all keys; foreign records are ignored.
  ///
  /// @throws UnreadableRecord if one is of a later version
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

  /// Returns the last value of every live key, by `topic NUL key`, the latest last.
  static SequencedMap<String, byte[]> last(Cluster cluster, List<String> topics) {
    try (var replay = new TopicReplay(cluster, topics)) {
      return replay.last();
    }
  }

  /// Reads the records since the last call, and returns the present state.
  ///
  /// @throws TimeoutException if the brokers deliver nothing for a minute
  /// @throws CancellationException if the thread is interrupted
  SequencedMap<String, byte[]> last() {
    tail.read(this::take);
    return values;
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
    tail.close();
  }
}
