package brimful.kafka;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Knows whether the brokers answer, for everything in a process that needs to know, and tells once
/// when that changes.
///
/// It asks in a thread of its own until it is closed; everything else is safe for many threads.
public final class BrokerPulse implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerPulse.class);
  private static final Duration ASK_EVERY = Duration.ofSeconds(5);

  private final Cluster cluster;
  private final Listener listener;
  private final Thread thread;
  private volatile boolean up = true;

  /// Receives that the brokers stopped to answer, or answer again.
  @FunctionalInterface
  public interface Listener {
    void changed(boolean up);
  }

  public BrokerPulse(Cluster cluster, Listener listener) {
    this.cluster = cluster;
    this.listener = listener;
    thread = Thread.ofPlatform().daemon().name("broker-pulse").start(this::run);
  }

  /// Returns one that tells the log.
  public static BrokerPulse logged(Cluster cluster) {
    return new BrokerPulse(
        cluster,
        up -> {
          if (up) {
            LOG.info("broker answers again kafka={}", cluster.address());
          } else {
            LOG.warn("broker does not answer, waiting for it kafka={}", cluster.address());
          }
        });
  }

  private void run() {
    try {
      while (true) {
        TimeUnit.MILLISECONDS.sleep(ASK_EVERY.toMillis());
        boolean answers = cluster.answers();
        if (answers != up) {
          up = answers;
          listener.changed(answers);
        }
      }
    } catch (InterruptedException | CancellationException _) {
      // It was closed.
    }
  }

  public boolean isUp() {
    return up;
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
