package brimful.cli.option;

import brimful.kafka.BrokerPulse;
import brimful.kafka.Cluster;

/// Tells a person once when the brokers stop answering, and once when they answer again, while a
/// command waits for them.
public final class BrokerNotices {
  private BrokerNotices() {}

  public static BrokerPulse to(Terminal terminal, Cluster cluster) {
    return new BrokerPulse(
        cluster,
        up ->
            terminal.note(
                up
                    ? "Kafka at %s answers again".formatted(cluster.address())
                    : absent(cluster.address())));
  }

  /// Returns the line that says that a command waits for a broker.
  public static String absent(String address) {
    return "no Kafka broker at %s: waiting for it".formatted(address);
  }
}
