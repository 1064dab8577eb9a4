package brimful.kafka;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the brokers now and then what waits, so that a scrape never waits for them.
///
/// It asks in a thread of its own until it is closed; everything else is safe for many threads.
public final class BrokerWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerWatch.class);
  private static final Duration EVERY = Duration.ofSeconds(10);

  private final Cluster cluster;
  private final BrokerPulse pulse;
  private final List<String> groups;
  private final Thread thread;
  private volatile Waiting last = new Waiting(0, 0, 0, 0);

  /// What waited when the brokers last answered.
  ///
  /// @param claims for workers
  /// @param aside claims whose source is away
  /// @param documents records for the index worker
  /// @param deadLetters at most so many
  public record Waiting(long claims, long aside, long documents, long deadLetters) {}

  /// @param pulse which it does not ask while that is away
  /// @param groups of the index workers, of which the one with the least lag counts; without any,
  ///   everything waits
  public BrokerWatch(Cluster cluster, BrokerPulse pulse, List<String> groups) {
    this.cluster = cluster;
    this.pulse = pulse;
    this.groups = List.copyOf(groups);
    thread = Thread.ofVirtual().name("broker-watch").start(this::watch);
  }

  private void watch() {
    try {
      while (true) {
        try (var list = new WaitingList(cluster)) {
          look(list);
        } catch (CancellationException e) {
          throw e;
        } catch (RuntimeException e) {
          // The pulse says whether the brokers are away.
          LOG.debug("cannot ask what waits", e);
        }
        Thread.sleep(EVERY);
      }
    } catch (InterruptedException | CancellationException e) {
      // It was closed.
    }
  }

  /// Looks again and again, until a look fails.
  private void look(WaitingList list) throws InterruptedException {
    while (true) {
      if (pulse.isUp()) {
        Lag lag = cluster.lag(groups);
        last =
            new Waiting(
                lag.jobs(),
                list.refresh().size(),
                lag.documents(),
                cluster.records(cluster.topics().deadLetters()));
      }
      Thread.sleep(EVERY);
    }
  }

  public Waiting last() {
    return last;
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
