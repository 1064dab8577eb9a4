package brimful.cli;

import brimful.batch.Batch;
import brimful.batch.BatchConfig;
import brimful.batch.BatchPlan;
import brimful.batch.BatchQuestion;
import brimful.batch.Division;
import brimful.batch.Forecast;
import brimful.batch.Sleeper;
import brimful.batch.TableWork;
import brimful.batch.Unit;
import brimful.batch.ledger.BatchLedger;
import brimful.batch.ledger.Sharing;
import brimful.batch.table.Table;
import brimful.batch.table.TableFile;
import brimful.cli.command.Command;
import brimful.cli.command.ExitCode;
import brimful.cli.command.UntilStopped;
import brimful.cli.option.Arguments;
import brimful.cli.option.BatchOptions;
import brimful.cli.option.KafkaOptions;
import brimful.cli.option.ModelOptions;
import brimful.cli.option.QuerySetup;
import brimful.cli.option.Terminal;
import brimful.cli.view.BatchBar;
import brimful.cli.view.BatchView;
import brimful.collection.Corpus;
import brimful.collection.OutputLog;
import brimful.corpus.Counted;
import brimful.corpus.UserError;
import brimful.exhaustive.ExhaustiveBatch;
import brimful.index.Snapshot;
import brimful.ingest.Ingested;
import brimful.kafka.Cluster;
import brimful.model.Cost;
import brimful.model.ModelCatalog;
import brimful.model.ModelChoice;
import brimful.model.ModelProfile;
import brimful.model.Settings;
import brimful.rank.Rescorer;
import brimful.service.QueryService;
import brimful.token.Tokenizers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.cli.Options;

/// Asks every document, folder or collection the same questions, and fills a table.
final class BatchCommand implements Command {
  private final Terminal terminal;

  BatchCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public String name() {
    return "batch";
  }

  @Override
  public String summary() {
    return "asks every document the same questions and fills a table";
  }

  @Override
  public String help() {
    return """
    brimful batch --questions FILE (PATH… | --collection NAME) [--per document|folder|collection] -o TABLE
    brimful batch status TABLE          shows its state, also while it runs
    brimful batch export TABLE -o FILE  writes the table in its present state
    brimful batch drop NAME --kafka …   deletes the topics of a shared batch that has ended

    FILE has the columns id and question, and optionally type (text, boolean, number, date, choice, list),
    choices (yes|no|unknown) and schema. Each answer is validated; an answer in the wrong format is requested
    once more, and if it is still wrong, the cell fails. The table has a row for each unit and question, with
    the answer, its verified citations, the model's confidence, tokens, cost and state: answered, failed
    (cause) or pending.

    TABLE.ledger records every call. After a stop or a kill, the same command continues and asks nothing
    twice; documents that have changed are asked again. A call that may have been billed without an answer is
    marked; only --retry-failed repeats it.

    With --kafka, several machines share one batch by running the same command: each takes units, and all have
    one ledger and one --max-cost. Units of a killed worker go to the others. All must see the same documents.

    Of a unit that is larger than the window, a cell is answered from the part that fits its question best,
    and the table says how large that part is. With --exhaustive, such a unit is read in several windows: each
    is asked what it holds, the quotes are checked, and one more call makes the cell of them.

    Where the provider's cache stores whole units, a unit's documents are sent ahead once. --max-cost is a hard
    limit for all runs into one TABLE together. Ctrl-C stops the batch and writes the table.

      brimful batch --questions q.csv reports/ -o table.csv --dry-run
      brimful batch --questions q.csv reports/ -o table.csv --max-cost 5
      brimful batch --questions q.csv contracts/ --per collection --exhaustive -o all.csv --dry-run
      brimful batch --questions q.yaml . --per folder --group 5 -o modules.jsonl --when off-peak
      brimful batch --questions q.csv reports/ -o table.csv --max-cost 5 --kafka broker:9092
    """;
  }

  @Override
  public Options options() {
    return BatchOptions.all();
  }

  @Override
  public ExitCode run(Arguments arguments) {
    List<String> words = arguments.words();
    if (words.size() == 2 && !arguments.has("questions")) {
      switch (words.getFirst()) {
        case "drop" -> {
          return drop(words.getLast(), arguments);
        }
        case "status" -> {
          terminal.out().println(BatchView.summary(peek(arguments.expanded(words.getLast()))));
          return ExitCode.OK;
        }
        case "export" -> {
          Path table = output(arguments);
          TableFile.write(peek(arguments.expanded(words.getLast())), table);
          OutputLog.of(terminal.environment()).add(table);
          return ExitCode.OK;
        }
        default -> {}
      }
    }
    List<BatchQuestion> questions = BatchOptions.questions(arguments);
    Division division = BatchOptions.division(arguments);
    Path output = output(arguments);
    arguments.requireApart("output", "questions", "schema");
    if (!arguments.has("dry-run")) {
      TableFile.requireFolder(output);
    }
    Corpus corpus = CorpusArgument.of(arguments, words, terminal);
    remember(arguments, output);
    QueryService service =
        QuerySetup.service(ModelOptions.environment(arguments, terminal), terminal, Rescorer.NONE);
    Settings settings = service.models().settings();
    ModelChoice choice = ModelOptions.choice(arguments, service.models());
    if (choice.key().isEmpty() && !arguments.has("dry-run")) {
      throw new UserError(
          UserError.Kind.UNAUTHENTICATED,
          "no model is connected: set %s, start a local runner, or see brimful config --help"
              .formatted(choice.model().endpoint().keyVariable()));
    }
    if (!arguments.has("dry-run")) {
      choice.requireKey();
    }
    BatchConfig config = BatchOptions.config(arguments, choice);
    String tokenizer = choice.model().tokenizer();
    return UntilStopped.run(() -> {
      Optional<Sharing> sharing = BatchOptions.sharing(arguments, output, terminal);
      try {
        return corpus.use(
            tokenizer,
            open -> {
              Snapshot snapshot = open.snapshot();
              List<Unit> units = units(division, corpus, snapshot, open.ingested());
              var payment = new Batch.Payment(service.calls(), QuerySetup.spender(settings));
              TableWork work =
                  arguments.has(BatchOptions.EXHAUSTIVE)
                      ? new ExhaustiveBatch(
                          units, questions, choice, settings, config, payment, Sleeper.real())
                      : new Batch(
                          plan(units, questions, choice, config),
                          choice,
                          settings,
                          config,
                          payment,
                          Sleeper.real());
              return arguments.has("dry-run")
                  ? forecast(arguments, work, snapshot, choice, output)
                  : run(work, snapshot, output, sharing, arguments.has("retry-failed"));
            });
      } finally {
        sharing.ifPresent(shared -> shared.cluster().close());
      }
    });
  }

  private static BatchPlan plan(
      List<Unit> units, List<BatchQuestion> questions, ModelChoice choice, BatchConfig config) {
    return BatchPlan.of(
        units,
        questions,
        choice.model().id(),
        Tokenizers.named(choice.model().tokenizer()),
        config.budgetTokens());
  }

  /// What the batch is told by and what it keeps are no documents of the next run, either.
  private void remember(Arguments arguments, Path output) {
    OutputLog log = OutputLog.of(terminal.environment());
    arguments.path("questions").ifPresent(log::addAlways);
    arguments.path("schema").ifPresent(log::addAlways);
    if (!arguments.has("dry-run")) {
      log.addAlways(TableFile.ledger(output));
    }
  }

  private static List<Unit> units(
      Division division, Corpus corpus, Snapshot snapshot, Ingested ingested) {
    List<Unit> units = division.divide(snapshot.outlines(), ingested.outcomes());
    if (units.isEmpty()) {
      throw corpus.withoutText(ingested);
    }
    return units;
  }

  private ExitCode run(
      TableWork work,
      Snapshot snapshot,
      Path output,
      Optional<Sharing> sharing,
      boolean retryFailed) {
    Batch.Conclusion conclusion;
    try (BatchLedger ledger = ledger(output, sharing);
        var bar = new BatchBar(terminal)) {
      conclusion = work.run(snapshot, ledger, retryFailed, bar);
    }
    // A channel closes if an interrupted thread writes to it.
    boolean stopped = Thread.interrupted();
    Table table = conclusion.table();
    TableFile.write(table, output);
    OutputLog.of(terminal.environment()).add(output);
    if (conclusion.lost() > 0) {
      terminal.note(
          "%s in flight when %s was killed"
              .formatted(
                  Counted.of(conclusion.lost(), "cell"),
                  sharing.isEmpty() ? "the last run" : "a worker"));
    }
    terminal.note(BatchView.summary(table));
    terminal.note(
        "this run: %s forecast without repairs, %s spent%s"
            .formatted(
                Cost.display(conclusion.expected()),
                Cost.display(conclusion.spent()),
                sharing.isEmpty() ? "" : " by all workers meanwhile"));
    if (stopped) {
      terminal.complain("stopped: run the same command to continue");
      return ExitCode.INTERRUPTED;
    }
    if (!conclusion.halted().isEmpty()) {
      throw new UserError(
          UserError.Kind.BUSY,
          "%s left: %s"
              .formatted(
                  Counted.of(table.states().getOrDefault("pending", 0), "cell"),
                  conclusion.halted()));
    }
    int failed = table.states().getOrDefault("failed", 0);
    if (failed > 0 && failed == table.lines().size()) {
      terminal.complain(
          String.format(
              Locale.ROOT, "all cells failed (%,d): see their causes in %s", failed, output));
      return ExitCode.NO_ANSWER;
    }
    return ExitCode.OK;
  }

  private ExitCode drop(String batch, Arguments arguments) {
    try (Cluster cluster = KafkaOptions.openExisting(arguments, terminal)) {
      if (!cluster.dropBatch(batch)) {
        throw new UserError(
            UserError.Kind.NOT_FOUND,
            "no batch %s in Kafka: name it as --share did, or as its table without .csv"
                .formatted(batch));
      }
      terminal.note(
          "deleted the topics of batch %s; its table and ledger file stay".formatted(batch));
      return ExitCode.OK;
    }
  }

  private ExitCode forecast(
      Arguments arguments, TableWork work, Snapshot snapshot, ModelChoice choice, Path output) {
    ModelCatalog catalog = ModelCatalog.load(ModelOptions.settings(arguments, terminal).models());
    var models = new ArrayList<ModelProfile>();
    models.add(choice.model());
    models.addAll(ModelOptions.listed(arguments, "compare", catalog));
    boolean again = arguments.has("retry-failed");
    List<Forecast> forecasts;
    try (BatchLedger known = BatchLedger.copyOf(TableFile.ledger(output))) {
      forecasts = work.forecast(snapshot, known, again, models);
    }
    terminal
        .out()
        .print(
            BatchView.forecast(
                models, forecasts, BatchOptions.config(arguments, choice).answerTokens()));
    return ExitCode.OK;
  }

  private static BatchLedger ledger(Path output, Optional<Sharing> sharing) {
    Path file = TableFile.ledger(output);
    return sharing
        .map(shared -> BatchLedger.shared(file, shared))
        .orElseGet(() -> BatchLedger.open(file));
  }

  private static Table peek(String name) {
    Path ledger = TableFile.ledger(Path.of(name));
    if (!Files.exists(ledger)) {
      throw new UserError(
          UserError.Kind.NOT_FOUND,
          "no ledger %s: name the table of a batch that ran".formatted(ledger));
    }
    return BatchLedger.peek(ledger);
  }

  private static Path output(Arguments arguments) {
    return TableFile.checked(
        arguments
            .path("output")
            .map(Path::toString)
            .orElseThrow(() ->
                new UserError(
                    UserError.Kind.USAGE, "no table: say where with -o, as in -o table.csv")));
  }
}
