package brimful.queue;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;

/// Works on claims of all collections, as many at once as it has slots, until it is closed.
///
/// Any number of workers in any number of processes form one share group. One that is closed gives
/// back what it holds; one that is killed loses it to the others as soon as the broker misses it.
public final class Worker implements AutoCloseable {
  /// Releasing takes a round trip; a broker that is away must not keep the process.
  private static final Duration CLOSE_TIME = Duration.ofSeconds(15);

  private final Counters counters = new Counters();
  private final List<Slot> slots = new ArrayList<>();
  private final List<CompletableFuture<Void>> running = new ArrayList<>();
  private final Publisher publisher;

  /// Starts its slots.
  ///
  /// @param name who it is, in dead letters
  public Worker(Cluster cluster, Handler handler, WorkerLimits limits, String name) {
    cluster.ensureWorkers();
    publisher = new Publisher(cluster);
    var deliveries = new Deliveries(handler, publisher, limits, name, Clock.systemUTC(), counters);
    for (int i = 0; i < limits.smallSlots(); i++) {
      start(cluster, deliveries, limits, Lane.SMALL, limits.batchRecords());
    }
    for (int i = 0; i < limits.largeSlots(); i++) {
      start(cluster, deliveries, limits, Lane.LARGE, 1);
    }
  }

  private void start(
      Cluster cluster, Deliveries deliveries, WorkerLimits limits, Lane lane, int recordsMax) {
    var consumer =
        new KafkaShareConsumer<byte[], byte[]>(
            cluster.connection().shareConsumer(cluster.workers(), recordsMax));
    var slot = new Slot(lane, lane.topic(cluster.topics()), consumer, deliveries, limits);
    var ended = new CompletableFuture<Void>();
    slots.add(slot);
    running.add(ended);
    Thread.ofPlatform()
        .daemon()
        .name("slot-" + slots.size())
        .start(() -> {
          try {
            slot.run();
            ended.complete(null);
          } catch (RuntimeException | Error e) {
            ended.completeExceptionally(e);
          }
        });
  }

  public Counters counters() {
    return counters;
  }

  /// Waits for so long, or until a slot has broken down.
  ///
  /// @throws RuntimeException what broke a slot down
  public void await(Duration time) throws InterruptedException {
    try {
      CompletableFuture.anyOf(running.toArray(CompletableFuture[]::new))
          .get(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // All is well.
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException broken ? broken : new CompletionException(e);
    }
  }

  @Override
  public void close() {
    slots.forEach(Slot::stop);
    try {
      CompletableFuture.allOf(running.toArray(CompletableFuture[]::new))
          .get(CLOSE_TIME.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // What it holds goes back when its locks end.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    publisher.close();
  }
}
