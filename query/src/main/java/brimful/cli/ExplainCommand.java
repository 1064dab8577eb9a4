package brimful.cli;

import brimful.cli.command.Command;
import brimful.cli.command.ExitCode;
import brimful.cli.option.Arguments;
import brimful.cli.option.ModelOptions;
import brimful.cli.option.PackOptions;
import brimful.cli.option.QuerySetup;
import brimful.cli.option.QuestionArgument;
import brimful.cli.option.Terminal;
import brimful.collection.PathCorpus;
import brimful.corpus.Chunk;
import brimful.corpus.UserError;
import brimful.model.ModelProfile;
import brimful.model.Settings;
import brimful.pack.Window;
import brimful.rank.Explanation;
import brimful.rank.Rescorer;
import brimful.service.QueryService;
import java.util.List;
import java.util.Locale;
import org.apache.commons.cli.Options;

/// Explains why chunks are in the window or not.
final class ExplainCommand implements Command {
  private static final int FIRST = 20;

  private final Terminal terminal;

  ExplainCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public String name() {
    return "explain";
  }

  @Override
  public String summary() {
    return "explains why each chunk is in the window or not";
  }

  @Override
  public String help() {
    return """
    brimful explain PATH… "QUESTION" [--budget N] [--first N] [--model M]

    Prints the best chunks in order: whether each is in the window of that budget, its score, and the score's parts.
    own is the score of the chunk's and its neighbours' words, as a share of the best match; document is the score
    of its document, which consists of

      whole       the match of the whole document, as a share of the best
      best chunk  the match of its best chunk
      name        how much of its file name the question contains
      named       its rank among the files that the question names
      caption     how much of the question the texts that show an image say of it
      defines     its rank among the files that define symbols in the question
      path        the factor for tests, examples, data and generated files

      brimful explain . "how are retries bounded?" --budget 8k
    """;
  }

  @Override
  public Options options() {
    return PackOptions.shared()
        .addOption(PackOptions.option("first", "N", "how many chunks (default: " + FIRST + ")"));
  }

  @Override
  public ExitCode run(Arguments arguments) {
    List<String> words = arguments.words();
    if (words.size() < 2 || words.getLast().isBlank()) {
      throw new UserError(
          UserError.Kind.USAGE,
          "no question: put it last, as in brimful explain PATH… \"QUESTION\"");
    }
    if (arguments.has("collection")) {
      throw new UserError(UserError.Kind.USAGE, "--collection: explain reads a PATH");
    }
    Settings settings = Settings.read(terminal.environment());
    ModelProfile model = ModelOptions.profile(arguments, settings);
    int budget =
        arguments.tokens("budget").orElse(model.limits().promptTokens(settings.replyTokens(model)));
    PathCorpus corpus =
        CorpusArgument.paths(arguments, words.subList(0, words.size() - 1), terminal);
    String question = QuestionArgument.last(words, terminal);
    int first = arguments.number("first").orElse(FIRST);
    QueryService.Explained explained =
        QuerySetup.service(terminal.environment(), arguments, terminal, Rescorer.NONE)
            .explain(corpus, model.tokenizer(), question, budget, first);
    explained.assembled().notes().forEach(terminal::note);
    for (int i = 0; i < explained.why().size(); i++) {
      Chunk chunk = explained.chunks().get(i);
      terminal
          .out()
          .println(line(i + 1, explained.why().get(i), chunk, explained.assembled().window()));
    }
    return ExitCode.OK;
  }

  private static String line(int rank, Explanation why, Chunk chunk, Window window) {
    return String.format(
        Locale.ROOT,
        "%3d  %-3s  %.3f  %s:%s  %d tokens\n     own %.2f, document %.2f: %s",
        rank,
        state(chunk, window),
        why.score(),
        chunk.document().value(),
        chunk.locator().display(),
        chunk.tokens(),
        why.own(),
        why.standing(),
        String.join(", ", why.opinions()));
  }

  /// Returns whether a chunk's whole text is in the window.
  private static String state(Chunk chunk, Window window) {
    return window.placed().stream()
            .filter(part -> part.document().equals(chunk.document()))
            .anyMatch(part -> part.text().contains(chunk.text().strip()))
        ? "in"
        : "out";
  }
}
