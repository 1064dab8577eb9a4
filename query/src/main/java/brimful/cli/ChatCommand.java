package brimful.cli;

import brimful.cli.chat.ChatEditor;
import brimful.cli.chat.ChatSession;
import brimful.cli.chat.ChatTexts;
import brimful.cli.command.Command;
import brimful.cli.command.ExitCode;
import brimful.cli.command.UntilStopped;
import brimful.cli.option.Arguments;
import brimful.cli.option.DenseOption;
import brimful.cli.option.InstructionsOption;
import brimful.cli.option.ModelOptions;
import brimful.cli.option.PackOptions;
import brimful.cli.option.ProjectUse;
import brimful.cli.option.QuerySetup;
import brimful.cli.option.RepositoryName;
import brimful.cli.option.ScopeOptions;
import brimful.cli.option.SessionLayout;
import brimful.cli.option.Terminal;
import brimful.collection.Corpus;
import brimful.collection.Home;
import brimful.corpus.UserError;
import brimful.model.ModelChoice;
import brimful.pack.format.WindowFormat;
import brimful.rank.Rescorer;
import brimful.service.AskRequest;
import brimful.service.QueryService;
import brimful.source.Sources;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/// Talks with a person about a corpus: each line is a question, which may follow up on the last.
final class ChatCommand implements Command {
  static final String NAME = "chat";

  private final Terminal terminal;

  ChatCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "asks one question after another, in this terminal";
  }

  @Override
  public String help() {
    return """
    brimful chat ([PATH…] | --collection NAME) [--model M] [--base-url URL] [--budget N]

    Reads questions line by line and answers each as brimful ask does; a question may follow up on
    those before it. Without a PATH it is about this folder, and brimful alone begins it, too.
    It needs a terminal for its input and output.

    Commands: /sources, /open N, /budget 32k, /model NAME, /new, /help, /quit. Ctrl-C stops an
    answer and not the session; Ctrl-D ends it. The lines are kept in chat-history in the cache
    folder, for their owner alone.

      brimful                               about this folder
      brimful chat ../kafka --budget 128k   about another
    """;
  }

  @Override
  public Options options() {
    return ProjectUse.in(ScopeOptions.in(PackOptions.shared()))
        .addOption(
            PackOptions.option("base-url", "URL", "an OpenAI-compatible server to ask instead"))
        .addOption(InstructionsOption.option())
        .addOption(PackOptions.option("reply", "N", "tokens kept free for the answer"))
        .addOption(
            Option.builder("y")
                .longOpt("yes")
                .desc("send each window even if it may cost more than the spend limit")
                .get());
  }

  @Override
  public ExitCode run(Arguments given) {
    if (!terminal.isInteractive()) {
      throw new UserError(
          UserError.Kind.USAGE,
          "brimful chat needs a terminal for its input and output: use brimful ask PATH \"QUESTION\" here");
    }
    List<String> paths =
        given.words().isEmpty() && !given.has("collection") ? List.of(".") : given.words();
    paths.forEach(path -> requirePlace(given.expanded(path)));
    Arguments arguments = ProjectUse.applied(given, paths, terminal);
    Corpus corpus =
        CorpusArgument.scoped(arguments, CorpusArgument.of(arguments, paths, terminal), terminal);
    return DenseOption.use(
        arguments, terminal, rescorer -> talk(arguments, corpus, paths, rescorer));
  }

  private static void requirePlace(String path) {
    if (path.equals("-") || !Sources.isThere(RepositoryName.address(path))) {
      throw new UserError(
          UserError.Kind.NOT_FOUND,
          "\"%s\" is no file or folder: name one, a repository or an address".formatted(path));
    }
  }

  private ExitCode talk(Arguments arguments, Corpus corpus, List<String> paths, Rescorer rescorer) {
    QueryService service =
        QuerySetup.service(
            ModelOptions.environment(arguments, terminal), arguments, terminal, rescorer);
    ModelChoice choice = ModelOptions.choice(arguments, service.models());
    choice.requireKey();
    var session =
        new ChatSession(
            terminal,
            service,
            subject(arguments, corpus),
            QuerySetup.spender(service.models().settings()),
            arguments.value("budget").orElse(""));
    boolean here = paths.equals(List.of("."));
    terminal.out().println(ChatTexts.welcome(subject(arguments, paths, here), here, choice));
    terminal.out().flush();
    try (var editor = ChatEditor.open(Home.of(terminal.environment()).chatHistory())) {
      Optional<String> line = editor.line();
      while (line.isPresent()) {
        String said = line.get();
        var goesOn = new AtomicBoolean();
        ExitCode _ =
            UntilStopped.run(() -> {
              goesOn.set(editor.interruptible(() -> session.take(said)));
              return ExitCode.OK;
            });
        if (UntilStopped.isStopping()) {
          return ExitCode.INTERRUPTED;
        }
        line = goesOn.get() ? editor.line() : Optional.empty();
      }
    }
    return ExitCode.OK;
  }

  private ChatSession.Subject subject(Arguments arguments, Corpus corpus) {
    return new ChatSession.Subject(
        corpus,
        question -> InstructionsOption.prompt(arguments, question),
        new AskRequest.Shape(
            WindowFormat.XML,
            (model, tokens) -> SessionLayout.of(arguments, model, tokens, terminal)),
        CorpusArgument.notes(arguments),
        !arguments.has("yes"));
  }

  /// Returns what a person calls the corpus.
  private static String subject(Arguments arguments, List<String> paths, boolean here) {
    return here
        ? "this folder, " + Path.of("").toAbsolutePath()
        : arguments
            .value("collection")
            .map("--collection "::concat)
            .orElseGet(() -> String.join(" ", paths));
  }
}
