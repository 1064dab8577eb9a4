package brimful.batch;

import brimful.batch.ledger.BatchLedger;
import brimful.batch.table.Cell;
import brimful.batch.table.Row;
import brimful.batch.table.Table;
import brimful.corpus.UserError;
import brimful.index.Snapshot;
import brimful.model.Cost;
import brimful.model.ModelChoice;
import brimful.model.ModelProfile;
import brimful.model.Settings;
import brimful.service.PaidCalls;
import brimful.service.Spender;
import brimful.token.TokenCounter;
import brimful.token.Tokenizers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/// Runs a batch: asks the open questions of every unit, several units at a time.
///
/// To stop it, interrupt its thread: no further call starts, calls in flight get a while to end,
/// and their results are kept. One object is one batch, and may run repeatedly.
public final class Batch implements TableWork {
  private final BatchPlan plan;
  private final ModelChoice choice;
  private final Settings settings;
  private final BatchConfig config;
  private final Payment payment;
  private final Sleeper sleeper;
  private final ReplyValidator replyValidator;
  private final TokenCounter counter;

  /// @throws UserError if a question's schema is invalid, or a limit of money was given for a model
  ///   without a known price
  public Batch(
      BatchPlan plan,
      ModelChoice choice,
      Settings settings,
      BatchConfig config,
      Payment payment,
      Sleeper sleeper) {
    this.payment = payment;
    this.plan = plan;
    this.choice = choice;
    this.settings = settings;
    this.config = config;
    this.sleeper = sleeper;
    replyValidator = new ReplyValidator(plan.questions());
    counter = Tokenizers.named(choice.model().tokenizer());
    Cost cost = Cost.estimate(choice.model(), 1, 1, sleeper.now());
    payment.spender().requirePrice(choice, cost);
    if (config.usdMax() < Double.POSITIVE_INFINITY) {
      choice.requirePrice("the limit of cost", sleeper.now());
    }
  }

  /// How calls leave, and who pays for them besides the batch's own limit.
  public record Payment(PaidCalls calls, Spender spender) {}

  /// The result of a run.
  ///
  /// @param lost how many cells were in flight when a run was killed: the previous one, or that of
  ///   another worker
  /// @param expected the expected cost of this worker's calls, in USD
  /// @param spent the cost of all workers' calls meanwhile, in USD
  /// @param halted why the run ended early; empty if it did not
  public record Conclusion(Table table, int lost, double expected, double spent, String halted) {}

  @Override
  public List<Forecast> forecast(
      Snapshot snapshot, BatchLedger known, boolean retryFailed, List<ModelProfile> models) {
    return forecast(snapshot, known.table(plan.rows()), retryFailed, models);
  }

  /// Forecasts the cost of open cells, for each of some models.
  ///
  /// @param known the table of an earlier run; without lines if there was none
  /// @param models the candidates; their tokens are counted with the chosen model's tokenizer
  public List<Forecast> forecast(
      Snapshot snapshot, Table known, boolean retryFailed, List<ModelProfile> models) {
    var cells = new HashMap<String, Cell>();
    for (Table.Line line : known.lines()) {
      boolean again = retryFailed && line.cell() instanceof Cell.Failed;
      cells.put(line.row().key(), again ? Cell.untouched() : line.cell());
    }
    Instant at = config.offPeak() ? OffPeak.next(choice.model(), sleeper.now()) : sleeper.now();
    var sums = new ArrayList<>(Collections.nCopies(models.size(), Forecast.NOTHING));
    for (Unit unit : plan.units()) {
      UnitWork work =
          UnitWork.of(plan, unit, config.group(), key -> cells.getOrDefault(key, Cell.untouched()));
      if (unit.problem().isEmpty() && work.calls() > 0) {
        UnitWindow window =
            UnitWindow.of(unit, snapshot, counter, config.budgetTokens(), plan.questions());
        for (int i = 0; i < models.size(); i++) {
          int reply = settings.replyTokens(models.get(i));
          var terms =
              new Forecast.Terms(
                  models.get(i), reply, config.answerTokens(), at, false, config.stores());
          sums.set(i, sums.get(i).plus(Forecast.of(work, window, terms)));
        }
      }
    }
    return sums;
  }

  /// Declares the batch's cells in a ledger, and forecasts the cost of those that are open, with
  /// what earlier batches have left in the provider's cache.
  ///
  /// @param retryFailed whether the run will open failed cells again
  public Forecast begin(Snapshot snapshot, BatchLedger ledger, boolean retryFailed) {
    ledger.begin(plan.run(), plan.model(), plan.rows());
    Forecast sum = Forecast.NOTHING;
    for (Unit unit : plan.units()) {
      UnitWork work =
          UnitWork.of(
              plan,
              unit,
              config.group(),
              key -> {
                Cell cell = ledger.cell(key);
                return retryFailed && cell instanceof Cell.Failed ? Cell.untouched() : cell;
              });
      if (unit.problem().isEmpty() && work.calls() > 0) {
        UnitWindow window =
            UnitWindow.of(unit, snapshot, counter, config.budgetTokens(), plan.questions());
        var terms =
            new Forecast.Terms(
                choice.model(),
                choice.replyTokens(),
                config.answerTokens(),
                sleeper.now(),
                UnitRun.isWarm(ledger, plan.key(unit), sleeper.now()),
                config.stores());
        sum = sum.plus(Forecast.of(work, window, terms));
      }
    }
    return sum;
  }

  @Override
  public Conclusion run(
      Snapshot snapshot, BatchLedger ledger, boolean retryFailed, BatchListener listener) {
    ledger.begin(plan.run(), plan.model(), plan.rows());
    return runPart(snapshot, ledger, retryFailed, listener);
  }

  /// Does the same for a part of another batch, whose cells the ledger has declared.
  public Conclusion runPart(
      Snapshot snapshot, BatchLedger ledger, boolean retryFailed, BatchListener listener) {
    if (retryFailed) {
      ledger.retryFailed(plan.rows());
    }
    Table before = ledger.table(plan.rows());
    listener.starts(
        before.lines().size(),
        (int) before.lines().stream().filter(line -> line.cell().isOpen()).count());
    var stopSignal = new StopSignal();
    var batchContext =
        new BatchContext(
            choice,
            payment.calls(),
            payment.spender(),
            counter,
            config,
            ledger,
            new Throttle(config.concurrency(), sleeper),
            stopSignal,
            sleeper,
            new Random(),
            ReplyForm.of(choice),
            listener);
    ledger.watch(told(listener));
    var unitRunner = new UnitRunner(batchContext, plan, replyValidator, snapshot);
    double expected =
        ledger
            .sharing()
            .map(sharing -> new SharedBatchRunner(batchContext, plan, unitRunner, sharing).work())
            .orElseGet(() -> new LocalBatchRunner(batchContext, unitRunner, plan.units()).work());
    Table after = ledger.table(plan.rows());
    return new Conclusion(
        after,
        ledger.lost(),
        expected,
        after.bill().usd() - before.bill().usd(),
        stopSignal.reason());
  }

  private BatchLedger.Watcher told(BatchListener listener) {
    Map<String, List<Row>> rows = plan.rows().stream().collect(Collectors.groupingBy(Row::key));
    return (ended, spentUsd) -> {
      ended.forEach((key, cell) ->
          rows.getOrDefault(key, List.of()).forEach(row -> listener.finished(row, cell)));
      listener.spent(spentUsd, Math.max(0, config.usdMax() - spentUsd));
    };
  }
}
