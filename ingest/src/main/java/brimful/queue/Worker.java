package brimful.queue;

import java.time.Clock;
import java.time.Duration;

/// Works on claims of all collections, as many at once as it has slots, until it is closed.
///
/// Any number of workers in any number of processes form one share group. One that is closed gives
/// back what it holds; one that is killed loses it to the others as soon as the broker misses it.
public final class Worker implements AutoCloseable {
  private final Counters counters = new Counters();
  private final Slots slots = new Slots("slot");
  private final Publisher publisher;

  /// Starts its slots.
  ///
  /// @param name who it is, in dead letters
  public Worker(Cluster cluster, Handler handler, WorkerLimits limits, String name) {
    cluster.ensureWorkers();
    publisher = new Publisher(cluster);
    for (Lane lane : Lane.values()) {
      var deliveries =
          new Deliveries(lane, handler, publisher, limits, name, Clock.systemUTC(), counters);
      boolean small = lane == Lane.SMALL;
      for (int i = 0; i < (small ? limits.smallSlots() : limits.largeSlots()); i++) {
        slots.start(
            new Slot(
                lane.topic(cluster.topics()),
                cluster.shareConsumer(cluster.workers(), small ? limits.batchRecords() : 1),
                deliveries,
                limits.stall(),
                limits.total()));
      }
    }
  }

  public Counters counters() {
    return counters;
  }

  /// Waits for so long, or until a slot has broken down.
  ///
  /// @throws RuntimeException what broke a slot down
  public void await(Duration time) throws InterruptedException {
    slots.await(time);
  }

  @Override
  public void close() {
    slots.close();
    publisher.close();
  }
}
