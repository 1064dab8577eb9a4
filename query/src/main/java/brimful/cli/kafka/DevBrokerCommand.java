package brimful.cli.kafka;

import brimful.cli.command.Command;
import brimful.cli.command.ExitCode;
import brimful.cli.command.UntilStopped;
import brimful.cli.option.Arguments;
import brimful.cli.option.Terminal;
import brimful.collection.Home;
import brimful.corpus.UserError;
import brimful.kafka.DevBroker;
import java.nio.file.Path;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/// Runs a Kafka broker until it is stopped.
public final class DevBrokerCommand implements Command {
  private static final int PORT_DEFAULT = 9092;
  private static final int PORT_MAX = 65_535;

  private final Terminal terminal;

  public DevBrokerCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public String name() {
    return "dev-broker";
  }

  @Override
  public String summary() {
    return "runs a Kafka broker on this machine, for development";
  }

  @Override
  public String help() {
    return """
    brimful dev-broker [--port N] [--folder DIR]

    Runs one Kafka broker in this process until Ctrl-C, for development. It listens on 127.0.0.1 only,
    without a password and without replication: not for production. Its data stays in DIR for the next
    start.

      brimful dev-broker
      brimful dev-broker --port 19092 --folder /tmp/broker
    """;
  }

  @Override
  public Options options() {
    return new Options()
        .addOption(
            Option.builder()
                .longOpt("port")
                .hasArg()
                .argName("N")
                .desc("port to listen on (default: 9092); 0 for any free port")
                .get())
        .addOption(
            Option.builder()
                .longOpt("folder")
                .hasArg()
                .argName("DIR")
                .desc("data folder (default: $BRIMFUL_HOME/dev-broker)")
                .get());
  }

  @Override
  public ExitCode run(Arguments arguments) {
    arguments.requireNoWords();
    int port = arguments.value("port").map(DevBrokerCommand::port).orElse(PORT_DEFAULT);
    Path folder =
        arguments
            .path("folder")
            .orElseGet(() -> Home.of(terminal.environment()).cache().resolve("dev-broker"));
    return UntilStopped.run(() -> {
      try (DevBroker broker = DevBroker.start(folder, port)) {
        terminal
            .out()
            .println("Kafka is ready at %s, its data in %s".formatted(broker.bootstrap(), folder));
        terminal.out().flush();
        broker.awaitEnd();
        return ExitCode.OK;
      }
    });
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= PORT_MAX) {
        return port;
      }
    } catch (NumberFormatException _) {
      // Reported below, as for a number out of range.
    }
    throw new UserError(
        UserError.Kind.USAGE,
        "--port %s is not a port: give a number from 0 to %s".formatted(text, PORT_MAX));
  }
}
