package brimful.cli;

import brimful.cli.option.Arguments;
import brimful.cli.option.ModelOptions;
import brimful.cli.option.PackOptions;
import brimful.cli.option.QuestionArgument;
import brimful.cli.option.Terminal;
import brimful.collection.PathCorpus;
import brimful.corpus.Chunk;
import brimful.corpus.UserError;
import brimful.index.Snapshot;
import brimful.model.ModelProfile;
import brimful.model.Settings;
import brimful.pack.PackRequest;
import brimful.pack.Packer;
import brimful.pack.Prompt;
import brimful.pack.Window;
import brimful.pack.WindowFormat;
import brimful.rank.Explanation;
import brimful.rank.Question;
import brimful.rank.Ranker;
import brimful.token.Tokenizers;
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
    return corpus.use(
        model.tokenizer(),
        open -> print(open.snapshot(), question, model.tokenizer(), budget, first));
  }

  private ExitCode print(
      Snapshot snapshot, String question, String tokenizer, int budget, int first) {
    var ranker = new Ranker();
    int limit = Ranker.chunkLimit(budget);
    var asked = new Question(question);
    Window window =
        new Packer(Tokenizers.named(tokenizer))
            .pack(
                new PackRequest(
                    Prompt.of(question),
                    budget,
                    snapshot.outlines(),
                    ranker.rank(asked, snapshot, limit),
                    WindowFormat.XML),
                snapshot::read);
    List<Explanation> best = ranker.explain(asked, snapshot, limit).stream().limit(first).toList();
    List<Chunk> chunks = snapshot.read(best.stream().map(Explanation::chunk).toList());
    for (int i = 0; i < best.size(); i++) {
      terminal.out().println(line(i + 1, best.get(i), chunks.get(i), window));
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
