package brimful.exhaustive;

import brimful.batch.Batch;
import brimful.batch.BatchConfig;
import brimful.batch.BatchListener;
import brimful.batch.BatchPlan;
import brimful.batch.BatchQuestion;
import brimful.batch.Forecast;
import brimful.batch.Sleeper;
import brimful.batch.Unit;
import brimful.batch.ledger.BatchLedger;
import brimful.batch.table.Bill;
import brimful.batch.table.Cell;
import brimful.batch.table.Table;
import brimful.corpus.Counted;
import brimful.index.Snapshot;
import brimful.model.CacheRule;
import brimful.model.ModelChoice;
import brimful.model.ModelProfile;
import brimful.model.Settings;
import brimful.token.TokenCounter;
import brimful.token.Tokenizers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Reads all windows of a corpus for a question, and makes one answer of what they hold.
///
/// Each window is one cell of a batch, whose only question asks for findings with quotes; the last
/// call, or calls, are cells of batches of their own. All are recorded in one ledger before they
/// leave, and cells are keyed by what they depend on, so that a run after a kill, or the same
/// question again, sends only what has no result. To stop it, interrupt its thread.
public final class Exhaustive {
  /// No text, from no call.
  private static final Reduction.Joined NOTHING =
      new Reduction.Joined(new Cell.Answered("\"\"", 1, List.of(), Bill.NOTHING), 0, true);

  private final ModelChoice choice;
  private final Settings settings;
  private final Batch.Payment payment;
  private final Sleeper sleeper;
  private final Terms terms;
  private final TokenCounter counter;

  public Exhaustive(
      ModelChoice choice, Settings settings, Batch.Payment payment, Sleeper sleeper, Terms terms) {
    this.choice = choice;
    this.settings = settings;
    this.payment = payment;
    this.sleeper = sleeper;
    this.terms = terms;
    counter = Tokenizers.named(choice.model().tokenizer());
  }

  /// How windows are read.
  ///
  /// @param budgetTokens the most that each prompt may cost
  /// @param concurrency how many calls may be in flight
  /// @param answerTokens the expected tokens of a window's reply, with reasoning
  /// @param settle how long a provider gets to store a window before its question
  /// @param usdMax the most that a run may cost; infinite for no limit
  /// @param retryFailed whether windows without a result are read again
  public record Terms(
      int budgetTokens,
      int concurrency,
      int answerTokens,
      Duration settle,
      double usdMax,
      boolean retryFailed) {
    /// "Building a unit takes seconds", says a provider whose cache stores units.
    private static final Duration SETTLE = Duration.ofSeconds(5);

    /// Returns the usual terms of a model.
    ///
    /// @param usdMax the most that a run may cost; infinite for no limit
    public static Terms of(
        ModelChoice choice, int budgetTokens, double usdMax, boolean retryFailed) {
      BatchConfig usual = BatchConfig.of(budgetTokens);
      return new Terms(
          budgetTokens,
          usual.concurrency(),
          usual.answerTokens(),
          settle(choice.model()),
          usdMax,
          retryFailed);
    }

    /// Returns how long a model's provider usually gets to store a window.
    public static Duration settle(ModelProfile model) {
      return model.cache().match() == CacheRule.Match.UNITS ? SETTLE : Duration.ZERO;
    }
  }

  /// How a run ended.
  public sealed interface Ending {
    /// With an answer.
    record Answered(ExhaustiveAnswer answer) implements Ending {}

    /// Before all windows were read, or their findings joined.
    ///
    /// @param left how many windows have not been read
    /// @param spentUsd the most that this run can have cost
    /// @param lostUsd the part of it for calls of windows that ended without an answer, and may not
    ///   be billed
    record Halted(String reason, int left, double spentUsd, double lostUsd) implements Ending {
      /// Returns what is left, for people.
      public String rest() {
        return left == 0
            ? "all windows are read, and only the last call is left"
            : Counted.of(left, "window") + " left to read";
      }
    }
  }

  /// Returns the expected cost of what a plan still needs; the last call's part is an estimate.
  public Forecast forecast(WindowPlan plan, Snapshot snapshot, BatchLedger ledger) {
    Forecast windows =
        batch(windows(plan), windowConfig(Double.POSITIVE_INFINITY))
            .begin(snapshot, ledger, terms.retryFailed());
    return windows.calls() == 0 && hasAnswer(plan, snapshot, ledger)
        ? windows
        : windows.plus(last(plan));
  }

  /// Returns whether no last call is missing, of a plan whose windows are all read.
  private boolean hasAnswer(WindowPlan plan, Snapshot snapshot, BatchLedger ledger) {
    Findings findings = findings(plan, snapshot, ledger.table(windows(plan).rows()));
    return findings.found().isEmpty()
        || reduced(
                plan,
                findings,
                snapshot,
                (unit, question, _) -> {
                  Cell cell = ledger.cell(lastPlan(unit, question).rows().getFirst().key());
                  boolean again = terms.retryFailed() && cell instanceof Cell.Failed;
                  return Optional.of(cell).filter(it -> !it.isOpen() && !again);
                })
            .isPresent();
  }

  private static Findings findings(WindowPlan plan, Snapshot snapshot, Table table) {
    return Findings.of(
        plan.read(), snapshot, table.lines().stream().map(Table.Line::cell).toList());
  }

  private Optional<Reduction.Joined> reduced(
      WindowPlan plan, Findings findings, Snapshot snapshot, Reduction.Caller caller) {
    return new Reduction(counter, terms.budgetTokens(), caller)
        .of(AnswerQuestion.text(plan.question()), findings.found(), snapshot);
  }

  private Forecast last(WindowPlan plan) {
    return LastCalls.forecast(
        plan.question(),
        plan.read(),
        counter,
        new LastCalls.Terms(
            choice.model(), choice.replyTokens(), terms.budgetTokens(), sleeper.now()));
  }

  /// Reads what has not been read, and answers.
  public Ending run(
      WindowPlan plan, Snapshot snapshot, BatchLedger ledger, BatchListener listener) {
    double before = ledger.bookedUsd();
    double lostBefore = ledger.table(windows(plan).rows()).bill().lostUsd();
    Bill storedBefore = ledger.table().warmUps();
    double limit = before + terms.usdMax();
    Batch.Conclusion windows =
        batch(windows(plan), windowConfig(limit))
            .run(snapshot, ledger, terms.retryFailed(), listener);
    if (!windows.halted().isEmpty()) {
      int left = windows.table().states().getOrDefault("pending", 0);
      double lost = windows.table().bill().lostUsd() - lostBefore;
      return new Ending.Halted(windows.halted(), left, ledger.bookedUsd() - before, lost);
    }
    Table table = windows.table();
    Findings findings = findings(plan, snapshot, table);
    var lastCalls = new LastCalls(ledger, terms.retryFailed(), this::lastCall, limit);
    Optional<Reduction.Joined> joined =
        findings.found().isEmpty()
            ? Optional.of(NOTHING)
            : reduced(plan, findings, snapshot, lastCalls);
    double spent = ledger.bookedUsd() - before;
    if (joined.isEmpty()) {
      double lost = windows.table().bill().lostUsd() - lostBefore + lastCalls.bill().lostUsd();
      return new Ending.Halted(lastCalls.halted(), 0, spent, lost);
    }
    Bill stored = table.warmUps().since(storedBefore);
    return new Ending.Answered(
        new ExhaustiveAnswer(
            findings.checked(text(joined.get().cell(), findings), snapshot, counter),
            findings.found(),
            findings.dropped(),
            findings.failed(),
            joined.get().levels(),
            joined.get().joined() && problem(joined.get().cell()).isEmpty(),
            problem(joined.get().cell()),
            new Table(table.model(), table.lines(), stored).bill().plus(lastCalls.bill()),
            spent));
  }

  private static String problem(Cell cell) {
    return cell instanceof Cell.Failed failed
        ? "what was found made no answer: %s (%s)"
            .formatted(failed.message(), failed.cause().word())
        : "";
  }

  /// What was found is paid for, so that it is shown if the last call failed.
  private static String text(Cell cell, Findings findings) {
    return switch (cell) {
      case Cell.Answered answered -> AnswerQuestion.said(answered);
      case Cell.Failed _ ->
          findings.found().stream().map(FoundQuote::line).collect(Collectors.joining("\n"));
      case Cell.Pending _, Cell.Draft _, Cell.Sent _ ->
          throw new IllegalStateException("a call that ended left " + cell);
    };
  }

  private Batch lastCall(Unit unit, BatchQuestion question, double usdLimit) {
    return batch(lastPlan(unit, question), config(usdLimit, LastCalls.ANSWER_TOKENS, false));
  }

  private BatchPlan lastPlan(Unit unit, BatchQuestion question) {
    return plan(List.of(unit), question);
  }

  private BatchPlan windows(WindowPlan plan) {
    return plan(plan.read(), WindowQuestion.of(plan.question()));
  }

  private BatchPlan plan(List<Unit> units, BatchQuestion question) {
    return BatchPlan.of(
        units, List.of(question), choice.model().id(), counter, terms.budgetTokens());
  }

  private BatchConfig windowConfig(double usdLimit) {
    return config(usdLimit, terms.answerTokens(), true);
  }

  private BatchConfig config(double usdLimit, int answerTokens, boolean stores) {
    return new BatchConfig(
        terms.budgetTokens(),
        1,
        terms.concurrency(),
        usdLimit,
        false,
        answerTokens,
        terms.settle(),
        stores);
  }

  private Batch batch(BatchPlan plan, BatchConfig config) {
    return new Batch(plan, choice, settings, config, payment, sleeper);
  }
}
