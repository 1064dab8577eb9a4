package brimful.cli;

import brimful.cli.command.Command;
import brimful.cli.command.ExitCode;
import brimful.cli.option.Arguments;
import brimful.cli.option.Terminal;
import brimful.cli.setup.CommandTable;
import brimful.cli.setup.Completion;
import brimful.cli.setup.ManPage;
import brimful.corpus.UserError;
import brimful.model.ModelCatalog;
import brimful.model.ModelProfile;
import java.util.List;
import java.util.function.Supplier;
import org.apache.commons.cli.Options;

/// Prints what makes a shell complete Brimful's commands and options, and the manual page.
final class CompletionCommand implements Command {
  private final Terminal terminal;
  private final Supplier<List<Command>> commands;

  /// @param commands all of them, this one too
  CompletionCommand(Terminal terminal, Supplier<List<Command>> commands) {
    this.terminal = terminal;
    this.commands = commands;
  }

  @Override
  public String name() {
    return "completion";
  }

  @Override
  public String summary() {
    return "prints the completion script of bash, zsh or fish, or the manual page";
  }

  @Override
  public String help() {
    return """
    brimful completion bash
    brimful completion zsh
    brimful completion fish
    brimful completion man

    Prints a script that completes commands, options and their values, made from the same tables that read
    the command line; or brimful(1) as a manual page.

      echo 'eval "$(brimful completion bash)"' >>~/.bashrc
      brimful completion zsh >"${fpath[1]}/_brimful"      in zsh, with a folder of yours
      brimful completion fish >~/.config/fish/completions/brimful.fish
      brimful completion man | man -l -
    """;
  }

  @Override
  public Options options() {
    return new Options();
  }

  @Override
  public ExitCode run(Arguments arguments) {
    List<Command> all = commands.get();
    List<CommandTable> tables =
        all.stream()
            .map(command ->
                new CommandTable(
                    command.name(),
                    command.summary(),
                    command.help(),
                    List.copyOf(command.options().getOptions())))
            .toList();
    var completion =
        new Completion(
            tables, ModelCatalog.builtIn().models().stream().map(ModelProfile::id).toList());
    String words = String.join(" ", arguments.words());
    terminal
        .out()
        .print(
            switch (words) {
              case "bash" -> completion.bash();
              case "zsh" -> completion.zsh();
              case "fish" -> completion.fish();
              case "man" ->
                  ManPage.of(
                      Main.VERSION,
                      Commands.overview(terminal),
                      tables,
                      all.stream().map(Commands::help).toList());
              default ->
                  throw new UserError(
                      UserError.Kind.USAGE,
                      "brimful completion %s: say bash, zsh, fish or man".formatted(words));
            });
    return ExitCode.OK;
  }
}
