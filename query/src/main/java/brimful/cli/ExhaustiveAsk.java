package brimful.cli;

import brimful.batch.Batch;
import brimful.batch.Forecast;
import brimful.batch.Sleeper;
import brimful.batch.ledger.BatchLedger;
import brimful.cli.option.Arguments;
import brimful.cli.option.ExhaustiveOptions;
import brimful.cli.option.Questions;
import brimful.cli.option.Terminal;
import brimful.cli.view.BatchBar;
import brimful.cli.view.ExhaustiveView;
import brimful.collection.Corpus;
import brimful.collection.Home;
import brimful.collection.OpenCorpus;
import brimful.corpus.Counted;
import brimful.corpus.Sha256;
import brimful.corpus.UserError;
import brimful.exhaustive.Exhaustive;
import brimful.exhaustive.ExhaustiveAnswer;
import brimful.exhaustive.WindowPlan;
import brimful.index.Snapshot;
import brimful.model.Cost;
import brimful.model.ModelChoice;
import brimful.service.QueryService;
import brimful.token.Tokenizers;
import brimful.view.Trees;
import java.nio.file.Path;

/// `brimful ask --exhaustive`: says what reading everything costs, asks, reads, and answers.
final class ExhaustiveAsk {
  private static final int NAME_CHARS = 32;

  private final Terminal terminal;
  private final Arguments arguments;
  private final QueryService service;
  private final ModelChoice choice;

  ExhaustiveAsk(Terminal terminal, Arguments arguments, QueryService service, ModelChoice choice) {
    this.terminal = terminal;
    this.arguments = arguments;
    this.service = service;
    this.choice = choice;
  }

  ExitCode run(Corpus corpus, String question) {
    if (choice.key().isEmpty()) {
      throw new UserError(
          UserError.Kind.UNAUTHENTICATED,
          "no model is connected to read the windows: set %s, start a local runner, or see brimful config --help"
              .formatted(choice.model().endpoint().keyVariable()));
    }
    Exhaustive.Terms terms = ExhaustiveOptions.terms(arguments, choice);
    return corpus.use(choice.model().tokenizer(), open -> ask(corpus, open, question, terms));
  }

  private ExitCode ask(Corpus corpus, OpenCorpus open, String question, Exhaustive.Terms terms) {
    Snapshot snapshot = open.snapshot();
    if (snapshot.outlines().isEmpty()) {
      throw corpus.withoutText(open.ingested());
    }
    WindowPlan plan =
        WindowPlan.of(
            question,
            snapshot,
            Tokenizers.named(choice.model().tokenizer()),
            terms.budgetTokens(),
            ExhaustiveOptions.allWindows(arguments));
    ExhaustiveView.skipped(plan).forEach(terminal::note);
    var payment =
        new Batch.Payment(service.calls(), Questions.spender(service.models().settings()));
    var exhaustive =
        new Exhaustive(choice, service.models().settings(), payment, Sleeper.real(), terms);
    try (BatchLedger ledger = BatchLedger.open(ledger(corpus))) {
      Forecast forecast = exhaustive.forecast(plan, snapshot, ledger);
      terminal.note(ExhaustiveView.estimate(plan, forecast, choice.model(), terms.budgetTokens()));
      confirm(forecast);
      return UntilStopped.run(() -> {
        Exhaustive.Ending ending;
        try (var bar = new BatchBar(terminal)) {
          ending = exhaustive.run(plan, snapshot, ledger, bar);
        }
        // A channel closes if an interrupted thread writes to it.
        boolean stopped = Thread.interrupted();
        return switch (ending) {
          case Exhaustive.Ending.Answered(ExhaustiveAnswer answer) ->
              show(new ExhaustiveView.Run(plan, choice.model(), open.ingested()), forecast, answer);
          case Exhaustive.Ending.Halted halted -> halt(halted, stopped);
        };
      });
    }
  }

  /// One for each corpus and model, so that questions find what earlier ones have stored.
  private Path ledger(Corpus corpus) {
    String name = Sha256.hex(corpus.display() + "\n" + choice.model().id());
    return Home.of(terminal.environment())
        .windows()
        .resolve(name.substring(0, NAME_CHARS) + ".ledger");
  }

  /// A key is what bills: local runners have none.
  private void confirm(Forecast forecast) {
    boolean billed = choice.key().filter(key -> !key.isEmpty()).isPresent();
    boolean free = !choice.model().rates().isEmpty() && forecast.usdMost() == 0;
    if (arguments.has("yes") || !billed || free || forecast.calls() == 0) {
      return;
    }
    boolean person = terminal.watched() && !arguments.words().contains("-");
    String cost = ExhaustiveView.cost(forecast, choice.model());
    if (!person || !terminal.confirms("send this, %s?".formatted(cost))) {
      throw new UserError(
          UserError.Kind.UNPAID,
          "nothing was sent (%s): add --yes to send it, and --max-cost for a limit"
              .formatted(cost));
    }
  }

  private ExitCode show(ExhaustiveView.Run run, Forecast forecast, ExhaustiveAnswer answer) {
    terminal
        .out()
        .print(
            arguments.has("json")
                ? Trees.pretty(ExhaustiveView.json(run, forecast, answer))
                : ExhaustiveView.answer(run.plan(), answer));
    ExhaustiveView.receipt(run, forecast, answer).forEach(terminal::note);
    if (answer.failed().isEmpty()) {
      return ExitCode.OK;
    }
    ExhaustiveView.failed(answer).forEach(terminal::note);
    terminal.complain(
        "the answer lacks %s without a result: --retry-failed reads them again"
            .formatted(Counted.of(answer.failed().size(), "window")));
    return ExitCode.CUT_OFF;
  }

  private ExitCode halt(Exhaustive.Ending.Halted halted, boolean stopped) {
    terminal.note("%s spent in this run".formatted(Cost.display(halted.spentUsd())));
    if (stopped) {
      terminal.complain("stopped: run the same command to continue");
      return ExitCode.INTERRUPTED;
    }
    throw new UserError(
        UserError.Kind.BUSY,
        "%s left to read: %s".formatted(Counted.of(halted.left(), "window"), halted.reason()));
  }
}
