package brimful.cli.option;

import brimful.batch.BatchConfig;
import brimful.batch.BatchQuestion;
import brimful.batch.Division;
import brimful.batch.QuestionFile;
import brimful.batch.RecordSchema;
import brimful.batch.ledger.Sharing;
import brimful.corpus.UserError;
import brimful.exhaustive.Exhaustive;
import brimful.model.ModelChoice;
import brimful.model.ModelProfile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/// The command line of `brimful batch`.
public final class BatchOptions {
  /// No power of ten and no infinity, which would be no limit.
  private static final Pattern USD =
      Pattern.compile("\\$?(?:\\d{1,9}(?:\\.\\d{0,9})?|\\.\\d{1,9})");

  private static final int CONCURRENCY = 4;
  private static final int ANSWER_TOKENS = 200;

  /// Reads units that are larger than the window in several.
  public static final String EXHAUSTIVE = "exhaustive";

  private BatchOptions() {}

  public static Options all() {
    return KafkaOptions.options()
        .addOption(
            PackOptions.option(
                "share",
                "NAME",
                "the batch's name, the same for all workers (default: the table's name)"))
        .addOption(
            PackOptions.option(
                "questions", "FILE", "what to ask: .csv, .jsonl or .yaml with id, question, type"))
        .addOption(
            PackOptions.option(
                "collection",
                "NAME",
                "instead of PATH: a collection that brimful ingest submitted"))
        .addOption(PackOptions.option("per", "UNIT", "document (default), folder or collection"))
        .addOption(
            PackOptions.option("depth", "N", "depth of the folders for --per folder (default: 1)"))
        .addOption(
            PackOptions.flag(
                EXHAUSTIVE, "read units that are larger than the window whole, window by window"))
        .addOption(
            PackOptions.option(
                "schema",
                "FILE",
                "a JSON schema whose properties have the questions' ids as names"))
        .addOption(ModelOptions.option())
        .addOption(
            PackOptions.option("base-url", "URL", "an OpenAI-compatible server to ask instead"))
        .addOption(
            PackOptions.option(
                "budget", "N", "tokens of each prompt, such as 128k (default: the model's window)"))
        .addOption(PackOptions.option("reply", "N", "tokens kept free for each reply"))
        .addOption(PackOptions.option("group", "N", "questions in one call (default: 1)"))
        .addOption(PackOptions.option("concurrency", "N", "calls at once, over units (default: 4)"))
        .addOption(PackOptions.flag("dry-run", "estimate the cost and send nothing"))
        .addOption(
            PackOptions.option("compare", "MODELS", "other models for --dry-run, such as a,b"))
        .addOption(
            PackOptions.option(
                "answer-tokens",
                "N",
                "expected tokens of an answer, with reasoning (default: 200)"))
        .addOption(
            PackOptions.option(
                "max-cost",
                "USD",
                "hard limit of the total cost: no call starts that could exceed it"))
        .addOption(
            PackOptions.option("when", "TIME", "now (default), or off-peak: the cheaper hours"))
        .addOption(
            PackOptions.option(
                "settle",
                "SECONDS",
                "wait for the provider to store documents (default: 5, if it does)"))
        .addOption(PackOptions.flag("retry-failed", "repeat failed cells"))
        .addOption(
            Option.builder("o")
                .longOpt("output")
                .hasArg()
                .argName("FILE")
                .desc("the table: .csv or .jsonl; its ledger is FILE.ledger")
                .get())
        .addOption(PackOptions.option("keep", "RULES", "lift skip rules"))
        .addOptions(PackOptions.reading());
  }

  public static Division division(Arguments arguments) {
    String per = arguments.value("per").orElse("document");
    return switch (per) {
      case "document" -> new Division.PerDocument();
      case "folder" -> new Division.PerFolder(arguments.number("depth").orElse(1));
      case "collection" -> new Division.Whole();
      default ->
          throw new UserError(
              UserError.Kind.USAGE, "--per %s: say document, folder or collection".formatted(per));
    };
  }

  public static List<BatchQuestion> questions(Arguments arguments) {
    String name =
        arguments
            .path("questions")
            .map(Path::toString)
            .orElseThrow(() ->
                new UserError(
                    UserError.Kind.USAGE,
                    "no questions: name a file of them with --questions, a .csv with the columns id and question, say"));
    List<BatchQuestion> questions =
        QuestionFile.read(name, InputFile.text(QuestionFile.checked(name)));
    return arguments
        .path("schema")
        .map(schema -> RecordSchema.apply(InputFile.text(schema.toString()), questions))
        .orElse(questions);
  }

  public static BatchConfig config(Arguments arguments, ModelChoice choice) {
    return new BatchConfig(
        budget(arguments, choice),
        arguments.number("group").orElse(1),
        arguments.number("concurrency").orElse(CONCURRENCY),
        usdMax(arguments, choice),
        offPeak(arguments),
        arguments.number("answer-tokens").orElse(ANSWER_TOKENS),
        settle(arguments, choice.model()));
  }

  /// Returns the cluster that shares the batch; empty without --kafka. The caller closes it.
  public static Optional<Sharing> sharing(Arguments arguments, Path output, Terminal terminal) {
    if (!arguments.has("kafka")) {
      if (arguments.has("share")) {
        throw new UserError(UserError.Kind.USAGE, "--share without --kafka: name the broker, too");
      }
      return Optional.empty();
    }
    if (arguments.has(EXHAUSTIVE)) {
      throw new UserError(
          UserError.Kind.USAGE,
          "--exhaustive with --kafka: one machine reads all windows of a unit, so leave one of them out");
    }
    String table = output.getFileName().toString();
    String name = arguments.value("share").orElse(table.substring(0, table.lastIndexOf('.')));
    return Optional.of(new Sharing(KafkaOptions.open(arguments, terminal), name));
  }

  static int budget(Arguments arguments, ModelChoice choice) {
    int usable = choice.promptTokens();
    int budget = arguments.tokens("budget").orElse(usable);
    if (budget > usable) {
      throw new UserError(
          UserError.Kind.USAGE,
          String.format(
              Locale.ROOT,
              "--budget %,d is more than the %,d tokens that %s can read beside its reply: lower it",
              budget,
              usable,
              choice.model().id()));
    }
    return budget;
  }

  private static boolean offPeak(Arguments arguments) {
    String when = arguments.value("when").orElse("now");
    if (!List.of("now", "off-peak").contains(when)) {
      throw new UserError(UserError.Kind.USAGE, "--when %s: say now or off-peak".formatted(when));
    }
    return when.equals("off-peak");
  }

  private static Duration settle(Arguments arguments, ModelProfile model) {
    long usual = Exhaustive.Terms.settle(model).toSeconds();
    String text = arguments.value("settle").orElse(Long.toString(usual));
    if (!text.matches("\\d{1,3}")) {
      throw new UserError(
          UserError.Kind.USAGE, "--settle %s: give 0 to 999 seconds".formatted(text));
    }
    return Duration.ofSeconds(Integer.parseInt(text));
  }

  /// Returns the limit of `--max-cost`; infinite without it.
  ///
  /// @throws UserError if it cannot be kept, before anything is read
  static double usdMax(Arguments arguments, ModelChoice choice) {
    Optional<String> limit = arguments.value("max-cost");
    if (limit.isPresent()) {
      choice.requirePrice("--max-cost " + limit.get(), Instant.now());
    }
    return limit.map(BatchOptions::usd).orElse(Double.POSITIVE_INFINITY);
  }

  private static double usd(String text) {
    if (!USD.matcher(text).matches()) {
      throw new UserError(
          UserError.Kind.USAGE,
          "--max-cost %s is not an amount in USD: write it like 2.50".formatted(text));
    }
    return Double.parseDouble(text.replaceFirst("^\\$", ""));
  }
}
