package brimful.cli;

import brimful.cli.option.Arguments;
import brimful.cli.option.Terminal;
import brimful.corpus.UserError;
import java.util.List;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.apache.commons.cli.Option;

/// The list of commands, and the help that is generated from it.
final class Commands {
  private Commands() {}

  private static List<Command> all(Terminal terminal) {
    return List.of(
        new AskCommand(terminal),
        new BatchCommand(terminal),
        new PackCommand(terminal),
        new TokensCommand(terminal),
        new ExplainCommand(terminal),
        new EvalCommand(terminal),
        new ReplayCommand(terminal),
        new McpCommand(terminal),
        new ModelsCommand(terminal),
        new ConfigCommand(terminal),
        new CacheCommand(terminal),
        new ServeCommand(terminal),
        new KeysCommand(terminal),
        new IngestCommand(terminal),
        new WorkerCommand(terminal),
        new IndexWorkerCommand(terminal),
        new StatusCommand(terminal),
        new DeadLettersCommand(terminal),
        new CollectionsCommand(terminal),
        new ReportCommand(terminal),
        new ChunksCommand(terminal),
        new DevBrokerCommand(terminal));
  }

  /// Quiet: libraries log what only their authors can use. Held here, or it would be collected.
  private static final Logger LIBRARIES = Logger.getLogger("org.apache");

  /// Runs the command named by the first word.
  static ExitCode run(List<String> words, Terminal terminal) {
    LIBRARIES.setLevel(Level.OFF);
    List<Command> commands = all(terminal);
    String first = words.isEmpty() ? "--help" : words.getFirst();
    List<String> rest = words.isEmpty() ? List.of() : words.subList(1, words.size());
    if (List.of("--help", "-h", "help").contains(first)) {
      terminal
          .out()
          .print(rest.isEmpty() ? overview(commands) : help(named(rest.getFirst(), commands)));
      return ExitCode.OK;
    }
    Command command = named(first, commands);
    if (rest.stream()
        .takeWhile(word -> !word.equals("--"))
        .anyMatch(List.of("--help", "-h")::contains)) {
      terminal.out().print(help(command));
      return ExitCode.OK;
    }
    return command.run(
        Arguments.parse(command.name(), command.options(), rest, terminal.environment()));
  }

  private static Command named(String word, List<Command> commands) {
    return commands.stream()
        .filter(command -> command.name().equals(word))
        .findFirst()
        .orElseThrow(() ->
            new UserError(
                UserError.Kind.USAGE,
                "unknown command %s: the commands are %s; see brimful --help"
                    .formatted(
                        word,
                        commands.stream().map(Command::name).collect(Collectors.joining(", ")))));
  }

  private static String overview(List<Command> commands) {
    var text =
        new StringBuilder(
            """
            Brimful %s: fills a model's context window with what matters, and asks.

              brimful ask .  "how does rebalancing work?"      an answer with citations
              brimful pack . -q "how does rebalancing work?"   the window itself, to paste or send

            Commands
            """
                .formatted(Main.VERSION));
    for (Command command : commands) {
      text.append("  %-13s %s\n".formatted(command.name(), command.summary()));
    }
    text.append("\nbrimful COMMAND --help explains a command.\n\nExit codes\n");
    for (ExitCode code : ExitCode.values()) {
      text.append(String.format(Locale.ROOT, "  %-4d %s\n", code.code, code.meaning));
    }
    return text.toString();
  }

  private static String help(Command command) {
    var text = new StringBuilder(command.help());
    if (!command.options().getOptions().isEmpty()) {
      text.append("\nOptions\n");
    }
    for (Option option : command.options().getOptions()) {
      String name = option.getOpt() == null ? "    " : "-" + option.getOpt() + ", ";
      name += "--" + option.getLongOpt() + (option.hasArg() ? " " + option.getArgName() : "");
      text.append("  %-28s %s\n".formatted(name, option.getDescription()));
    }
    return text.toString();
  }
}
