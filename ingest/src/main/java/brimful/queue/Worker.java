package brimful.queue;

import java.time.Clock;
import java.time.Duration;

/// Works on claims of all collections, with as many slots as it has, until it is closed.
///
/// Any number of workers in any number of processes form one share group. A closed worker gives
/// back its claims; those of a killed one go to the others as soon as the broker misses it.
public final class Worker implements AutoCloseable {
  private final Counters counters = new Counters();
  private final Slots slots = new Slots("slot");
  private final Publisher publisher;

  /// Starts its slots.
  ///
  /// @param name the worker's name in dead letters
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

  /// Waits for a duration, or until a slot fails.
  ///
  /// @throws RuntimeException the failure of a slot
  public void await(Duration time) throws InterruptedException {
    slots.await(time);
  }

  @Override
  public void close() {
    slots.close();
    publisher.close();
  }
}
