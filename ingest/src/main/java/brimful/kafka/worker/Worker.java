package brimful.kafka.worker;

import brimful.kafka.Cluster;
import brimful.kafka.Lane;
import brimful.kafka.Publisher;
import java.time.Clock;
import java.time.Duration;

/// Works on claims of all collections, with as many slots as it has, until it is closed.
///
/// Any number of workers in any number of processes form one share group. A closed worker gives
/// back its claims; those of a killed one go to the others as soon as the broker misses it.
public final class Worker implements AutoCloseable {
  private final WorkerCounters counters = new WorkerCounters();
  private final ShareWorkers shareWorkers = new ShareWorkers("slot");
  private final Publisher publisher;
  private final WaitingRoom waitingRoom;

  /// Starts its slots.
  ///
  /// @param name the worker's name in dead letters
  public Worker(Cluster cluster, Handler handler, WorkerLimits limits, String name) {
    cluster.ensureWorkers();
    publisher = Publisher.batching(cluster);
    Clock clock = Clock.systemUTC();
    var troubles = new SourceTroubles(clock);
    var partitions = new OwnPartitions(clock);
    waitingRoom = new WaitingRoom(cluster, publisher, handler, troubles, partitions, limits, clock);
    for (Lane lane : Lane.values()) {
      var ackPolicy =
          new AckPolicy(
              lane, handler, publisher, troubles, partitions, limits, name, clock, counters);
      for (int i = 0; i < limits.slots(lane); i++) {
        shareWorkers.start(
            new ShareWorker(
                lane.topic(cluster.topics()),
                cluster.shareConsumer(cluster.workers(), limits.batchRecords(lane)),
                ackPolicy,
                limits.stall(),
                limits.total()));
      }
    }
  }

  public WorkerCounters counters() {
    return counters;
  }

  /// Waits for a duration, or until a slot fails.
  ///
  /// @throws RuntimeException the failure of a slot
  public void await(Duration time) throws InterruptedException {
    shareWorkers.await(time);
  }

  @Override
  public void close() {
    shareWorkers.close();
    waitingRoom.close();
    publisher.close();
  }
}
