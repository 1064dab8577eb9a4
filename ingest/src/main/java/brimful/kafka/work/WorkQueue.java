package brimful.kafka.work;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.kafka.Cluster;
import brimful.kafka.Publisher;
import brimful.kafka.worker.AckPolicy;
import brimful.kafka.worker.HeldRecord;
import brimful.kafka.worker.ShareWorker;
import brimful.kafka.worker.ShareWorkers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The work queue of a shared batch: hands each unit to one worker at a time, through a share
/// group.
///
/// A worker keeps its unit as long as it lives, however long that takes. The unit of a dead worker
/// goes to another one, with a higher delivery count. Safe for many threads.
public final class WorkQueue implements AutoCloseable {
  /// A unit delivered this often is put back as a new record: the broker drops it at its tenth
  /// delivery.
  public static final int DELIVERIES_MAX = AckPolicy.DELIVERIES_MAX;

  private static final Logger LOG = LoggerFactory.getLogger(WorkQueue.class);

  /// Calls that wait for cheaper hours hold their units for as long.
  private static final Duration PATIENCE = Duration.ofDays(7);

  private final String topic;
  private final Producer<byte[], byte[]> producer;
  private final ShareWorkers shareWorkers = new ShareWorkers("unit");

  /// Starts taking units.
  ///
  /// @param count how many at once
  public WorkQueue(Cluster cluster, String batch, int count, Doer doer) {
    cluster.ensureBatch(batch);
    topic = cluster.topics().units(batch);
    producer = new KafkaProducer<>(cluster.connection().producer());
    for (int i = 0; i < count; i++) {
      shareWorkers.start(
          new ShareWorker(
              topic, cluster.shareConsumer(topic, 1), new Hand(doer), PATIENCE, PATIENCE));
    }
  }

  /// One delivery of a unit.
  ///
  /// @param place identifies the unit's record, the same for each of its deliveries
  /// @param delivery the delivery count; the first is 1
  public record Errand(String text, String place, int delivery) {}

  /// What happens to a delivered unit.
  public enum Fate {
    /// It is done.
    DONE,
    /// It is delivered again, here or elsewhere.
    LATER,
    /// It is put back as if it had never been delivered.
    ANEW
  }

  /// Works on units, in threads that are interrupted to stop.
  @FunctionalInterface
  public interface Doer {
    Fate run(Errand errand) throws InterruptedException;
  }

  /// Runs the delivery that a slot holds.
  private final class Hand implements ShareWorker.RecordHandler {
    private final Doer doer;

    Hand(Doer doer) {
      this.doer = doer;
    }

    @Override
    public void deliver(HeldRecord held) {
      try {
        var errand = new Errand(new String(held.value(), UTF_8), held.place(), held.deliveries());
        Fate fate = doer.run(errand);
        if (fate == Fate.ANEW) {
          add(List.of(errand.text()));
        }
        end(held, fate == Fate.LATER ? AcknowledgeType.RELEASE : AcknowledgeType.ACCEPT);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        end(held, AcknowledgeType.RELEASE);
      } catch (RuntimeException | Error e) {
        LOG.error("cannot do errand place={}", held.place(), e);
        end(held, AcknowledgeType.RELEASE);
      }
    }

    @Override
    public void giveUp(HeldRecord held, Duration after) {
      LOG.warn("gave up place={} seconds={}", held.place(), after.toSeconds());
      if (held.giveUp()) {
        held.verdict().complete(AcknowledgeType.RELEASE);
      }
    }

    private static void end(HeldRecord held, AcknowledgeType verdict) {
      if (held.end()) {
        if (verdict == AcknowledgeType.RELEASE) {
          held.setTroubled();
        }
        held.verdict().complete(verdict);
      }
    }
  }

  /// Adds units; a unit that is queued already is then queued twice.
  ///
  /// @throws UncheckedIOException if the brokers did not store all of them within a minute
  public void add(Collection<String> errands) {
    try {
      Publisher.all(
              errands.stream()
                  .map(text -> new ProducerRecord<byte[], byte[]>(topic, text.getBytes(UTF_8)))
                  .map(errand -> Publisher.send(producer, errand)))
          .join();
    } catch (CompletionException e) {
      throw new UncheckedIOException(
          "Kafka did not take the units", new IOException(String.valueOf(e.getCause()), e));
    }
  }

  /// Waits for a duration, or until the broker is lost.
  ///
  /// @throws RuntimeException the failure of a slot
  public void await(Duration time) throws InterruptedException {
    shareWorkers.await(time);
  }

  /// Gives back what is held.
  @Override
  public void close() {
    shareWorkers.close();
    producer.close();
  }
}
