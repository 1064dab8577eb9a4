package brimful.cli;

import brimful.ask.Cost;
import brimful.ask.ModelProfile;
import brimful.ask.Settings;
import brimful.collection.Corpus;
import brimful.collection.PathCorpus;
import brimful.corpus.UserError;
import brimful.pack.Format;
import brimful.pack.Prompt;
import brimful.service.Assembled;
import brimful.service.Budget;
import brimful.service.Filler;
import brimful.service.QueryService;
import brimful.source.Rules;
import brimful.view.ReceiptJson;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/// Writes the window: the part of the corpus that fits the budget and matters to the question.
final class PackCommand implements Command {
  private final Terminal terminal;

  PackCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public String name() {
    return "pack";
  }

  @Override
  public String summary() {
    return "writes the window: what fits the budget and matters to the question";
  }

  @Override
  public String help() {
    return """
    brimful pack PATH… [-q QUESTION] [--budget N] [--model M] [-o FILE] [--receipt FILE]

    PATH is a folder, a file, a git work tree, a bare repository or a work tree at a commit
    (repo.git@v1.2), or a git address (https://…, git@…, with @REF or without). Several become one corpus,
    and what is named twice, or lies in another, is read once. - is standard input, or name a pipe: <(cmd).
    What Brimful wrote itself (windows, receipts, tables) is no source; name it alone to read it.

    The budget is filled to the brim, and never overfilled: tokens are counted by the model's own
    tokenizer where it is public. Without a question, or when everything fits, the whole corpus is
    written in the order of its paths; otherwise what matters most to the question, which has
    200,000 characters at most.

    --dense weighs prose and chat by meaning, too, for questions of up to 60 words: the best 20,000 tokens
    by words. That takes up to 20 s the first time and 1 to 2 s after that; the vectors are kept in the folder
    dense of $BRIMFUL_HOME, at most about 256 MB. Code is never weighed so.

      brimful pack . -q "how are retries bounded?" --budget 32k -o window.xml
      brimful pack repo.git@v1.2 --format markdown | less
      brimful pack reports/ --receipt receipt.json -o /dev/null

    Files are left out by these rules, each of which --keep lifts:
    %s\
    """
        .formatted(
            Rules.describe().lines().map(line -> "  " + line + "\n").collect(Collectors.joining()));
  }

  @Override
  public Options options() {
    return PackOptions.shared()
        .addOption(
            Option.builder("q")
                .longOpt("question")
                .hasArg()
                .argName("TEXT")
                .desc("what the window is for; - reads it from standard input")
                .get())
        .addOption(
            Option.builder("o")
                .longOpt("output")
                .hasArg()
                .argName("FILE")
                .desc("where the window goes (default: standard output)")
                .get())
        .addOption(
            PackOptions.option(
                "receipt", "FILE", "writes the receipt as JSON; - is standard output"))
        .addOption(PackOptions.option("format", "F", "xml (default), markdown or json"));
  }

  @Override
  public ExitCode run(Arguments arguments) {
    Settings settings = Settings.read(terminal.environment());
    ModelProfile model = ModelOptions.profile(arguments, settings);
    Budget budget = budget(arguments, model, settings);
    Corpus corpus = CorpusArgument.of(arguments, arguments.words(), terminal);
    String question = question(arguments, corpus);
    var task =
        new Filler.Task(
            question.isEmpty() ? Prompt.withoutQuestion() : Prompt.of(question),
            question,
            budget,
            format(arguments),
            SessionLayout.of(arguments, model, budget.tokens(), terminal));
    Assembled assembled =
        Dense.use(
            arguments,
            terminal,
            rescorer ->
                Questions.service(terminal.environment(), terminal, rescorer)
                    .fill(corpus, model.tokenizer(), task, QueryService.Listener.SILENT));
    terminal.write(
        arguments.path("output").map(Path::toString).orElse("-"), assembled.window().prompt());
    Cost cost =
        Cost.estimate(
            model,
            assembled.window().tokens() + model.limits().templateTokens(),
            model.limits().replyTokens(),
            Instant.now());
    Optional<Path> receipt = arguments.path("receipt");
    if (receipt.isPresent()) {
      terminal.write(receipt.get().toString(), ReceiptJson.of(assembled, model, cost));
    }
    terminal.note(Account.receipt(assembled, model, cost));
    return ExitCode.OK;
  }

  private Budget budget(Arguments arguments, ModelProfile model, Settings settings) {
    int reply = settings.replyTokens(model);
    int usable = model.limits().promptTokens(reply);
    Budget budget = PackOptions.budget(arguments, usable);
    if (budget.tokens() > usable) {
      terminal.note(
          String.format(
              Locale.ROOT,
              "budget of %,d tokens is more than %s can use: with %,d kept free for its reply, %,d",
              budget.tokens(),
              model.id(),
              reply,
              usable));
    }
    return budget;
  }

  private String question(Arguments arguments, Corpus corpus) {
    String question = arguments.value("question").orElse("");
    return corpus instanceof PathCorpus paths
        ? QuestionArgument.of(question, paths.locations(), terminal)
        : QuestionArgument.of(question, terminal);
  }

  private static Format format(Arguments arguments) {
    String name = arguments.value("format").orElse("xml");
    return Arrays.stream(Format.values())
        .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst()
        .orElseThrow(() ->
            new UserError(
                UserError.Kind.USAGE, "--format %s: say xml, markdown or json".formatted(name)));
  }
}
