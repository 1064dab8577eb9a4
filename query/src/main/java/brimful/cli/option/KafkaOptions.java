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

  /// Connects to the cluster that the command line names; the caller closes it.
  public static Cluster open(Arguments arguments, Terminal terminal) {
    String address =
        arguments.value("kafka").orElse(terminal.environment().getOrDefault("BRIMFUL_KAFKA", ""));
    if (address.isBlank()) {
      throw new UserError(
          UserError.Kind.USAGE,
          "no --kafka HOST:PORT: name a broker, or start one with brimful dev-broker");
    }
    var connection = Connection.of(address, arguments.path("kafka-config"));
    var topics = new Topics(arguments.value("topics").orElse(Topics.PREFIX_DEFAULT));
    return Cluster.open(connection, topics);
  }
}
