package brimful.cli;

import brimful.cli.command.Command;
import brimful.cli.command.ExitCode;
import brimful.cli.kafka.CollectionsCommand;
import brimful.cli.kafka.DeadLettersCommand;
import brimful.cli.kafka.DevBrokerCommand;
import brimful.cli.kafka.IndexWorkerCommand;
import brimful.cli.kafka.IngestCommand;
import brimful.cli.kafka.StatusCommand;
import brimful.cli.kafka.WorkerCommand;
import brimful.cli.option.Arguments;
import brimful.cli.option.Shortcut;
import brimful.cli.option.Similar;
import brimful.cli.option.Terminal;
import brimful.corpus.UserError;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.commons.cli.Option;

/// The list of commands, and the help that is generated from it.
final class Commands {
  private Commands() {}

  /// Commands for one purpose.
  private record Group(String title, List<Command> commands) {}

  private static List<Group> groups(Terminal terminal) {
    return List.of(
        new Group(
            "Ask and pack",
            List.of(
                new AskCommand(terminal),
                new ChatCommand(terminal),
                new PackCommand(terminal),
                new BatchCommand(terminal),
                new TokensCommand(terminal),
                new ExplainCommand(terminal),
                new ReportCommand(terminal),
                new InitCommand(terminal))),
        new Group(
            "Serve people, programs and assistants",
            List.of(
                new ServeCommand(terminal), new KeysCommand(terminal), new McpCommand(terminal))),
        new Group(
            "Many machines, joined by Kafka",
            List.of(
                new IngestCommand(terminal),
                new WorkerCommand(terminal),
                new IndexWorkerCommand(terminal),
                new StatusCommand(terminal),
                new DeadLettersCommand(terminal),
                new CollectionsCommand(terminal),
                new DevBrokerCommand(terminal))),
        new Group(
            "Measure",
            List.of(
                new EvalCommand(terminal),
                new ReplayCommand(terminal),
                new ChunksCommand(terminal))),
        new Group(
            "This machine",
            List.of(
                new DoctorCommand(terminal),
                new ModelsCommand(terminal),
                new ConfigCommand(terminal),
                new CacheCommand(terminal),
                new SelfCommand(terminal),
                new CompletionCommand(terminal, () -> all(terminal)))));
  }

  private static List<Command> all(Terminal terminal) {
    return groups(terminal).stream().flatMap(group -> group.commands().stream()).toList();
  }

  /// Quiet: libraries log what only their authors can use. Held here, or it would be collected.
  private static final Logger LIBRARIES = Logger.getLogger("org.apache");

  /// Runs the command named by the first word, or asks a question about this folder.
  static ExitCode run(List<String> words, Terminal terminal) {
    LIBRARIES.setLevel(Level.OFF);
    if (words.isEmpty() && terminal.isInteractive()) {
      return run(List.of(ChatCommand.NAME), terminal);
    }
    List<Command> commands = all(terminal);
    String first = words.isEmpty() ? "--help" : words.getFirst();
    List<String> rest = words.isEmpty() ? List.of() : words.subList(1, words.size());
    if (List.of("--help", "-h", "help").contains(first)) {
      terminal.out().print(rest.isEmpty() ? overview(terminal) : help(named(rest, commands)));
      return ExitCode.OK;
    }
    if (find(first, commands).isEmpty()) {
      Optional<List<String>> meant = Shortcut.meant(words);
      if (meant.isPresent()) {
        return run(meant.get(), terminal);
      }
    }
    Command command = named(words, commands);
    if (rest.stream()
        .takeWhile(word -> !word.equals("--"))
        .anyMatch(List.of("--help", "-h")::contains)) {
      terminal.out().print(help(command));
      return ExitCode.OK;
    }
    return command.run(
        Arguments.parse(command.name(), command.options(), rest, terminal.environment()));
  }

  private static Optional<Command> find(String word, List<Command> commands) {
    return commands.stream().filter(command -> command.name().equals(word)).findFirst();
  }

  private static Command named(List<String> words, List<Command> commands) {
    return find(words.getFirst(), commands).orElseThrow(() -> unknown(words, commands));
  }

  /// Says what may be meant; the whole list only where nothing is like it.
  private static UserError unknown(List<String> words, List<Command> commands) {
    String first = words.getFirst();
    List<String> names = commands.stream().map(Command::name).toList();
    Optional<String> similar = Similar.to(first, names);
    String remedy =
        similar
            .map("did you mean %s?"::formatted)
            .or(() -> Shortcut.hint(words, names))
            .orElseGet(() -> "the commands are " + String.join(", ", names));
    return new UserError(
        UserError.Kind.USAGE,
        "unknown command %s: %s; see brimful --help".formatted(first, remedy));
  }

  /// Returns what `brimful --help` prints.
  static String overview(Terminal terminal) {
    var text =
        new StringBuilder(
            """
            Brimful %s: fills a model's context window with what matters, and asks.

              brimful "how does rebalancing work?"               an answer about this folder, with citations
              brimful ask ../kafka "how does rebalancing work?"  about another folder, a repository, an address
              brimful pack . -q "how does rebalancing work?"     the window itself, to paste or send
            """
                .formatted(Main.VERSION));
    for (Group group : groups(terminal)) {
      text.append("\n").append(group.title()).append("\n");
      for (Command command : group.commands()) {
        text.append("  %-13s %s\n".formatted(command.name(), command.summary()));
      }
    }
    text.append("\nbrimful COMMAND --help explains a command.\n\nExit codes\n");
    for (ExitCode code : ExitCode.values()) {
      text.append(String.format(Locale.ROOT, "  %-4d %s\n", code.number(), code.meaning()));
    }
    return text.toString();
  }

  /// Returns what `brimful COMMAND --help` prints.
  static String help(Command command) {
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
