package brimful.cli;

import brimful.cli.option.Terminal;
import brimful.kafka.Cluster;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;

/// Says once when the brokers stop answering, and once when they answer again, while a command
/// waits for them. Asks in a thread of its own.
final class BrokerNotices implements AutoCloseable {
  private static final Duration ASK_EVERY = Duration.ofSeconds(5);

  private final Terminal terminal;
  private final Cluster cluster;
  private final Thread thread;

  BrokerNotices(Terminal terminal, Cluster cluster) {
    this.terminal = terminal;
    this.cluster = cluster;
    thread = Thread.ofPlatform().daemon().name("broker-watch").start(this::run);
  }

  private void run() {
    boolean answering = true;
    try {
      while (true) {
        TimeUnit.MILLISECONDS.sleep(ASK_EVERY.toMillis());
        boolean answers = cluster.answers();
        if (answering && !answers) {
          terminal.note("no Kafka broker at %s: waiting for it".formatted(cluster.address()));
        } else if (!answering && answers) {
          terminal.note("Kafka at %s answers again".formatted(cluster.address()));
        }
        answering = answers;
      }
    } catch (InterruptedException | CancellationException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
