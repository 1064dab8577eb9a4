package brimful.exhaustive;

import brimful.answer.Citation;
import brimful.batch.Batch;
import brimful.batch.BatchConfig;
import brimful.batch.BatchListener;
import brimful.batch.BatchPlan;
import brimful.batch.BatchQuestion;
import brimful.batch.Forecast;
import brimful.batch.Sleeper;
import brimful.batch.TableWork;
import brimful.batch.Unit;
import brimful.batch.WindowUnits;
import brimful.batch.ledger.BatchLedger;
import brimful.batch.ledger.LedgerEvent;
import brimful.batch.table.Bill;
import brimful.batch.table.Cause;
import brimful.batch.table.Cell;
import brimful.batch.table.Row;
import brimful.batch.table.Table;
import brimful.corpus.UserError;
import brimful.index.Snapshot;
import brimful.model.Cost;
import brimful.model.ModelChoice;
import brimful.model.ModelProfile;
import brimful.model.Settings;
import brimful.token.TokenCounter;
import brimful.token.Tokenizers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A batch that reads units larger than the window in several: each window is asked for findings,
/// and the last call makes the cell of what was found and checked. All calls are in the batch's
/// ledger; what they cost counts for the cell.
public final class ExhaustiveBatch implements TableWork {
  /// What the lines of cells whose call was lost say, too.
  private static final String RETRY = ": retry what failed";

  private final List<Unit> units;
  private final List<BatchQuestion> questions;
  private final ModelChoice choice;
  private final Settings settings;
  private final BatchConfig config;
  private final Batch.Payment payment;
  private final Sleeper sleeper;
  private final TokenCounter counter;
  private final Set<String> large;
  private final BatchPlan plan;

  /// The units that go into a window.
  private final Batch small;

  /// @throws UserError as [Batch] does
  public ExhaustiveBatch(
      List<Unit> units,
      List<BatchQuestion> questions,
      ModelChoice choice,
      Settings settings,
      BatchConfig config,
      Batch.Payment payment,
      Sleeper sleeper) {
    this.units = units;
    this.questions = questions;
    this.choice = choice;
    this.settings = settings;
    this.config = config;
    this.payment = payment;
    this.sleeper = sleeper;
    counter = Tokenizers.named(choice.model().tokenizer());
    large =
        units.stream()
            .filter(unit -> !WindowUnits.fits(unit, counter, config.budgetTokens(), questions))
            .map(Unit::name)
            .collect(Collectors.toSet());
    plan = BatchPlan.ofAll(units, questions, choice.model().id(), large);
    small =
        batch(
            plan(units.stream().filter(unit -> !isLarge(unit)).toList(), questions),
            config.answerTokens(),
            false);
  }

  private boolean isLarge(Unit unit) {
    return large.contains(unit.name());
  }

  /// A unit's windows, and those of its questions that they are asked together.
  private record Part(Unit unit, List<Unit> windows, List<BatchQuestion> questions) {}

  private List<Part> parts(Unit unit, BatchLedger ledger, boolean retryFailed) {
    List<BatchQuestion> open =
        questions.stream()
            .filter(question -> isOpen(ledger.cell(key(unit, question)), retryFailed))
            .toList();
    if (open.isEmpty()) {
      return List.of();
    }
    List<Unit> windows = WindowUnits.of(unit.documents(), counter, config.budgetTokens());
    List<BatchQuestion> asked = open.stream().map(WindowQuestion::of).toList();
    var parts = new ArrayList<Part>();
    int from = 0;
    for (List<BatchQuestion> together : WindowUnits.parts(counter, asked)) {
      parts.add(new Part(unit, windows, open.subList(from, from + together.size())));
      from += together.size();
    }
    return parts;
  }

  private static boolean isOpen(Cell cell, boolean retryFailed) {
    return cell.isOpen() || (retryFailed && cell instanceof Cell.Failed);
  }

  private String key(Unit unit, BatchQuestion question) {
    return plan.row(unit, question).key();
  }

  @Override
  public List<Forecast> forecast(
      Snapshot snapshot, BatchLedger known, boolean retryFailed, List<ModelProfile> models) {
    List<Forecast> sums = new ArrayList<>(Collections.nCopies(models.size(), Forecast.NOTHING));
    add(sums, small.forecast(snapshot, known, retryFailed, models));
    for (Unit unit : units.stream().filter(this::isLarge).toList()) {
      List<Part> parts = parts(unit, known, retryFailed);
      for (Part part : parts) {
        add(sums, windows(part, parts.size()).forecast(snapshot, known, retryFailed, models));
        for (BatchQuestion question : part.questions()) {
          add(sums, models.stream().map(model -> last(part, question, model)).toList());
        }
      }
    }
    return sums;
  }

  private static void add(List<Forecast> sums, List<Forecast> more) {
    for (int i = 0; i < sums.size(); i++) {
      sums.set(i, sums.get(i).plus(more.get(i)));
    }
  }

  private Forecast last(Part part, BatchQuestion question, ModelProfile model) {
    var terms =
        new LastCalls.Terms(
            model, settings.replyTokens(model), config.budgetTokens(), sleeper.now());
    return LastCalls.forecast(question.text(), part.windows(), counter, terms);
  }

  @Override
  public Batch.Conclusion run(
      Snapshot snapshot, BatchLedger ledger, boolean retryFailed, BatchListener listener) {
    ledger.begin(plan.run(), plan.model(), plan.rows());
    if (retryFailed) {
      ledger.retryFailed(plan.rows());
    }
    List<Table.Line> begun = ledger.table(plan.rows()).lines();
    listener.starts(
        begun.size(), (int) begun.stream().filter(line -> line.cell().isOpen()).count());
    var told = new PartListener(listener);
    double before = ledger.bookedUsd();
    double expected = 0;
    for (Unit unit : units.stream().filter(this::isLarge).toList()) {
      List<Part> parts = parts(unit, ledger, false);
      for (Part part : parts) {
        Batch.Conclusion read =
            windows(part, parts.size())
                .runPart(snapshot, ledger, retryFailed, told.windows(part.unit().name()));
        expected += read.expected();
        String halted =
            read.halted().isEmpty()
                ? fill(part, read, snapshot, ledger, retryFailed)
                : read.halted();
        finished(part, ledger, listener);
        if (!halted.isEmpty()) {
          return conclusion(ledger, expected, before, halted + kept(part, read.table()));
        }
      }
    }
    Batch.Conclusion rest = small.runPart(snapshot, ledger, false, told);
    return conclusion(ledger, expected + rest.expected(), before, rest.halted());
  }

  private void finished(Part part, BatchLedger ledger, BatchListener listener) {
    for (BatchQuestion question : part.questions()) {
      Row row = plan.row(part.unit(), question);
      Cell cell = ledger.cell(row.key());
      if (cell instanceof Cell.Answered || cell instanceof Cell.Failed) {
        listener.finished(row, cell);
      }
    }
  }

  /// A unit's cell gets the bill of its windows when it is filled: until then, nothing else says
  /// it.
  private static String kept(Part part, Table read) {
    double usd = read.lines().stream().mapToDouble(line -> line.cell().bill().mostUsd()).sum();
    return usd > 0
        ? "; the windows of unit %s that were read cost %s, and are kept"
            .formatted(part.unit().name(), Cost.display(usd))
        : "";
  }

  private Batch.Conclusion conclusion(
      BatchLedger ledger, double expected, double before, String halted) {
    Table table = ledger.table(plan.rows());
    double spent = ledger.bookedUsd() - before;
    return new Batch.Conclusion(table, ledger.lost(), expected, spent, halted);
  }

  /// Fills the cells of a part whose windows were read, and returns why the run ends; empty if it
  /// does not.
  private String fill(
      Part part,
      Batch.Conclusion read,
      Snapshot snapshot,
      BatchLedger ledger,
      boolean retryFailed) {
    int columns = part.questions().size();
    for (int i = 0; i < columns; i++) {
      int column = i;
      BatchQuestion question = part.questions().get(i);
      List<Table.Line> lines =
          IntStream.range(0, part.windows().size())
              .mapToObj(window -> read.table().lines().get(window * columns + column))
              .toList();
      var lastCalls = new LastCalls(ledger, retryFailed, this::lastCall, config.usdMax());
      Optional<Cell> cell = cell(part, question, lines, snapshot, lastCalls);
      if (cell.isEmpty()) {
        return lastCalls.halted();
      }
      var keys = new ArrayList<>(lines.stream().map(Table.Line::row).map(Row::key).toList());
      keys.addAll(lastCalls.keys());
      LedgerEvent.Verdict _ =
          ledger.offer(new LedgerEvent.Gathered(key(part.unit(), question), cell.get(), keys));
    }
    return "";
  }

  /// Returns the cell of what windows have said, without a bill; empty if the run ends.
  private Optional<Cell> cell(
      Part part,
      BatchQuestion question,
      List<Table.Line> lines,
      Snapshot snapshot,
      LastCalls lastCalls) {
    List<Cell> cells = lines.stream().map(Table.Line::cell).toList();
    var findings = Findings.of(part.windows(), snapshot, cells);
    if (!findings.failed().isEmpty()) {
      return Optional.of(failed(cells, findings.failed()));
    }
    if (findings.found().isEmpty()) {
      double least = cells.stream().mapToDouble(ExhaustiveBatch::confidence).min().orElse(0);
      return Optional.of(new Cell.Answered("null", least, List.of(), Bill.NOTHING));
    }
    return new Reduction(counter, config.budgetTokens(), lastCalls)
        .of(question, findings.found(), snapshot)
        .map(joined -> checked(joined, findings, snapshot));
  }

  private static double confidence(Cell cell) {
    return cell instanceof Cell.Answered answered ? answered.confidence() : 0;
  }

  private static Cell failed(List<Cell> cells, List<String> lines) {
    Cause cause =
        cells.stream()
            .filter(Cell.Failed.class::isInstance)
            .map(cell -> ((Cell.Failed) cell).cause())
            .findFirst()
            .orElseThrow();
    String message =
        "%s of %s windows without a result, %s: retry what failed"
            .formatted(lines.size(), cells.size(), lines.getFirst().replace(RETRY, ""));
    return new Cell.Failed(cause, message, Bill.NOTHING);
  }

  /// Levels above the first show answers, so their citations are checked against all findings.
  private Cell checked(Reduction.Joined joined, Findings findings, Snapshot snapshot) {
    if (!joined.joined()) {
      return new Cell.Failed(
          Cause.OVERFLOW,
          "what was found does not go into one window: raise --budget, or divide the unit",
          Bill.NOTHING);
    }
    if (!(joined.cell() instanceof Cell.Answered answered)) {
      return joined.cell().billed(Bill.NOTHING);
    }
    String cited =
        answered.citations().stream()
            .map(citation -> "[" + citation.display() + "]")
            .collect(Collectors.joining("\n"));
    List<Citation> citations =
        joined.levels() == 1
            ? answered.citations()
            : findings.checked(cited + "\n" + answered.json(), snapshot, counter).citations();
    return new Cell.Answered(answered.json(), answered.confidence(), citations, Bill.NOTHING);
  }

  /// @param parts how many times the unit's windows are read
  private Batch windows(Part part, int parts) {
    return batch(
        plan(part.windows(), part.questions().stream().map(WindowQuestion::of).toList()),
        config.answerTokens(),
        parts > 1);
  }

  private Batch lastCall(Unit unit, BatchQuestion question, double usdLimit) {
    return batch(plan(List.of(unit), List.of(question)), LastCalls.ANSWER_TOKENS, false);
  }

  private BatchPlan plan(List<Unit> some, List<BatchQuestion> asked) {
    return BatchPlan.of(some, asked, choice.model().id(), counter, config.budgetTokens());
  }

  private Batch batch(BatchPlan some, int answerTokens, boolean stores) {
    var terms =
        new BatchConfig(
            config.budgetTokens(),
            config.group(),
            config.concurrency(),
            config.usdMax(),
            config.offPeak(),
            answerTokens,
            config.settle(),
            stores);
    return new Batch(some, choice, settings, terms, payment, sleeper);
  }
}
