package brimful.cli;

import brimful.batch.Forecast;
import brimful.cli.command.ExitCode;
import brimful.cli.command.UntilStopped;
import brimful.cli.option.Arguments;
import brimful.cli.option.ExhaustiveOptions;
import brimful.cli.option.QuerySetup;
import brimful.cli.option.Terminal;
import brimful.cli.view.BatchBar;
import brimful.cli.view.ExhaustiveView;
import brimful.cli.view.SafeText;
import brimful.collection.Corpus;
import brimful.collection.OpenCorpus;
import brimful.corpus.Counted;
import brimful.corpus.UserError;
import brimful.exhaustive.Exhaustive;
import brimful.exhaustive.ExhaustiveAnswer;
import brimful.exhaustive.ExhaustiveJson;
import brimful.exhaustive.ReadingEstimate;
import brimful.exhaustive.WindowReader;
import brimful.model.ModelChoice;
import brimful.service.QueryService;
import brimful.view.JsonTrees;

/// `brimful ask --exhaustive`: says what reading everything costs, asks, reads, and answers.
final class ExhaustiveAsk {
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
    var order =
        new WindowReader.Order(
            corpus,
            question,
            choice,
            terms,
            ExhaustiveOptions.allWindows(arguments),
            QuerySetup.spender(service.models().settings()));
    try (WindowReader.Reading reading = new WindowReader(service).open(order, open)) {
      ReadingEstimate estimate = reading.estimate();
      ExhaustiveView.skipped(estimate.plan()).forEach(terminal::note);
      terminal.note(ExhaustiveView.estimate(estimate));
      confirm(estimate);
      return UntilStopped.run(() -> {
        Exhaustive.Ending ending;
        try (var bar = new BatchBar(terminal)) {
          ending = reading.run(bar);
        }
        // A channel closes if an interrupted thread writes to it.
        boolean stopped = Thread.interrupted();
        return switch (ending) {
          case Exhaustive.Ending.Answered(ExhaustiveAnswer answer) -> show(estimate, answer);
          case Exhaustive.Ending.Halted halted -> halt(halted, stopped);
        };
      });
    }
  }

  /// A key is what bills: local runners have none.
  private void confirm(ReadingEstimate estimate) {
    Forecast forecast = estimate.forecast();
    boolean billed = choice.key().filter(key -> !key.isEmpty()).isPresent();
    boolean free = !choice.model().rates().isEmpty() && forecast.usdMost() == 0;
    if (arguments.has("yes") || !billed || free || forecast.calls() == 0) {
      return;
    }
    boolean person = terminal.watched() && !arguments.words().contains("-");
    String cost = ExhaustiveView.cost(estimate);
    if (!person || !terminal.confirms("send this, %s?".formatted(cost))) {
      throw new UserError(
          UserError.Kind.UNPAID,
          "nothing was sent (%s): add --yes to send it, and --max-cost for a limit"
              .formatted(cost));
    }
  }

  private ExitCode show(ReadingEstimate estimate, ExhaustiveAnswer answer) {
    terminal
        .out()
        .print(
            arguments.has("json")
                ? JsonTrees.pretty(ExhaustiveJson.of(estimate, answer))
                : SafeText.of(ExhaustiveView.answer(estimate.plan(), answer)));
    ExhaustiveView.receipt(estimate, answer).forEach(terminal::note);
    if (answer.isComplete()) {
      return ExitCode.OK;
    }
    if (!answer.problem().isEmpty()) {
      terminal.complain("%s; --retry-failed asks for it again".formatted(answer.problem()));
    }
    return answer.failed().isEmpty() ? ExitCode.CUT_OFF : lacking(answer);
  }

  private ExitCode lacking(ExhaustiveAnswer answer) {
    ExhaustiveView.failed(answer).forEach(terminal::note);
    terminal.complain(
        "the answer lacks %s without a result: --retry-failed reads them again"
            .formatted(Counted.of(answer.failed().size(), "window")));
    return ExitCode.CUT_OFF;
  }

  private ExitCode halt(Exhaustive.Ending.Halted halted, boolean stopped) {
    terminal.note(ExhaustiveView.spent(halted));
    if (stopped) {
      terminal.complain("stopped: run the same command to continue");
      return ExitCode.INTERRUPTED;
    }
    throw new UserError(UserError.Kind.BUSY, "%s: %s".formatted(halted.rest(), halted.reason()));
  }
}
