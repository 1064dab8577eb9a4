package brimful.kafka.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.kafka.Cluster;
import brimful.kafka.Submitter;
import brimful.kafka.record.DeadLetter;
import brimful.kafka.record.UnreadableRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Remembers which bytes broke which parser, in any worker and under any name: they are not parsed
/// again until the parser changes or the dead letter is redriven.
///
/// Follows the dead letters in a thread of its own; unknown bytes are tried. Safe for many threads.
public final class PoisonCache implements PoisonLookup, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PoisonCache.class);

  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration CLOSE_TIME = Duration.ofSeconds(5);

  /// By the dead letter's key, so that a withdrawn one is forgotten.
  private final Map<String, DeadLetter> letters = new ConcurrentHashMap<>();

  private final Thread thread;
  private volatile boolean stopping;

  public PoisonCache(Cluster cluster) {
    thread =
        Thread.ofPlatform()
            .daemon()
            .name("poison")
            .start(() -> {
              try {
                follow(cluster, cluster.topics().deadLetters());
              } catch (KafkaException e) {
                // Without the cache, poison costs its time limit each time, and does no other harm.
                LOG.warn("poison cache ends cause={}", e.toString());
              }
            });
  }

  private void follow(Cluster cluster, String topic) {
    try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(cluster.connection().reader())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (!stopping) {
        consumer.poll(POLL).forEach(this::take);
      }
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> message) {
    String key = new String(message.key(), UTF_8);
    if (message.value() == null) {
      letters.remove(key);
      return;
    }
    try {
      DeadLetter letter = DeadLetter.read(message.value());
      if (letter.cause().isPoison() && !letter.sha256().isEmpty()) {
        letters.put(key, letter);
      }
    } catch (UnreadableRecord e) {
      LOG.warn("unreadable letter offset={} cause={}", message.offset(), e.getMessage());
    }
  }

  @Override
  public Optional<DeadLetter> known(long bytes, String parser, Supplier<String> sha256) {
    List<DeadLetter> alike =
        letters.values().stream()
            .filter(letter -> Submitter.bytes(letter.claim()) == bytes)
            .filter(letter -> letter.parser().equals(parser))
            .toList();
    if (alike.isEmpty()) {
      return Optional.empty();
    }
    String hash = sha256.get();
    return alike.stream().filter(letter -> letter.sha256().equals(hash)).findFirst();
  }

  @Override
  public void close() {
    stopping = true;
    try {
      thread.join(CLOSE_TIME);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
