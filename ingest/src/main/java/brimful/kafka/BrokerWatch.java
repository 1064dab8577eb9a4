package brimful.kafka;

import brimful.corpus.UserError;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
  private final List<String> groups;
  private final Thread thread;
  private volatile boolean up = true;
  private volatile Waiting last = new Waiting(0, 0, 0, 0);

  /// What waited when the brokers last answered.
  ///
  /// @param claims for workers
  /// @param aside claims whose source is away
  /// @param documents records for the index worker
  /// @param deadLetters at most so many
  public record Waiting(long claims, long aside, long documents, long deadLetters) {}

  /// @param groups of the index workers, of which the one with the least lag counts; without any,
  ///   everything waits
  public BrokerWatch(Cluster cluster, List<String> groups) {
    this.cluster = cluster;
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
          away(e);
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
      Lag lag = cluster.lag(groups);
      last =
          new Waiting(
              lag.jobs(),
              list.refresh().size(),
              lag.documents(),
              cluster.records(cluster.topics().deadLetters()));
      if (!up) {
        LOG.info("broker answers again address={}", cluster.address());
      }
      up = true;
      Thread.sleep(EVERY);
    }
  }

  private void away(RuntimeException e) {
    if (up) {
      LOG.warn("broker does not answer address={} cause={}", cluster.address(), cause(e));
    }
    up = false;
  }

  private static String cause(RuntimeException e) {
    return e instanceof UserError && e.getCause() != null ? e.getCause().toString() : e.toString();
  }

  public boolean isUp() {
    return up;
  }

  public Waiting last() {
    return last;
  }

  /// Returns why the process cannot work, if the brokers did not answer last.
  public Optional<String> trouble() {
    return up
        ? Optional.empty()
        : Optional.of("no broker answers at %s".formatted(cluster.address()));
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
