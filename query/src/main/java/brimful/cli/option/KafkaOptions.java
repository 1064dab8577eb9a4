package brimful.cli.option;

import brimful.corpus.UserError;
import brimful.kafka.Cluster;
import brimful.kafka.Connection;
import brimful.kafka.Topics;
import org.apache.commons.cli.Options;

/// The options that select a Kafka cluster.
public final class KafkaOptions {
  private KafkaOptions() {}

  public static Options options() {
    return new Options()
        .addOption(
            PackOptions.option("kafka", "HOST:PORT", "Kafka's address (default: $BRIMFUL_KAFKA)"))
        .addOption(
            PackOptions.option(
                "kafka-config", "FILE", "client properties for the cluster, such as TLS and SASL"))
        .addOption(
            PackOptions.option(
                "topics", "PREFIX", "prefix of the topics' names (default: brimful)"));
  }

  /// Connects to the cluster that the command line names, and creates missing topics; the caller
  /// closes it.
  public static Cluster open(Arguments arguments, Terminal terminal) {
    return Cluster.open(connection(arguments, terminal), topics(arguments));
  }

  /// Does the same without creating anything.
  ///
  /// @throws UserError also if there are no topics
  public static Cluster openExisting(Arguments arguments, Terminal terminal) {
    return Cluster.openExisting(connection(arguments, terminal), topics(arguments));
  }

  private static Topics topics(Arguments arguments) {
    return new Topics(arguments.value("topics").orElse(Topics.PREFIX_DEFAULT));
  }

  /// Returns the address that the command line or the environment names; empty if none does.
  public static String address(Arguments arguments, Terminal terminal) {
    return arguments
        .value("kafka")
        .orElse(terminal.environment().getOrDefault("BRIMFUL_KAFKA", ""));
  }

  private static Connection connection(Arguments arguments, Terminal terminal) {
    String address = address(arguments, terminal);
    if (address.isBlank()) {
      throw new UserError(
          UserError.Kind.USAGE,
          "no --kafka HOST:PORT: name a broker, or start one with brimful dev-broker");
    }
    return Connection.of(address, arguments.path("kafka-config"));
  }
}
