package brimful.exhaustive;

import brimful.answer.Answer;
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
import brimful.collection.scope.PartSnapshot;
import brimful.index.Outline;
import brimful.index.Snapshot;
import brimful.ingest.Ingested;
import brimful.model.CacheRule;
import brimful.model.Cost;
import brimful.model.ModelChoice;
import brimful.model.Settings;
import brimful.model.Usage;
import brimful.pack.Prompt;
import brimful.pack.Window;
import brimful.rank.Rescorer;
import brimful.service.Budget;
import brimful.service.Filler;
import brimful.token.TokenCounter;
import brimful.token.Tokenizers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// Reads all windows of a corpus for a question, and makes one answer of what they hold.
///
/// Each window is one cell of a batch, whose only question asks for findings with quotes; the last
/// call, or calls, are cells of batches of their own. All are recorded in one ledger before they
/// leave, and cells are keyed by what they depend on, so that a run after a kill, or the same
/// question again, sends only what has no result. To stop it, interrupt its thread.
public final class Exhaustive {
  /// What a model writes at the end, about.
  private static final int LAST_ANSWER_TOKENS = 800;

  /// Findings that a window gives on average, to estimate the last call.
  private static final int FINDINGS_A_WINDOW = 1;

  /// What a finding's line costs beside its chunk.
  private static final int FINDING_TOKENS = 60;

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
      boolean units = choice.model().cache().match() == CacheRule.Match.UNITS;
      return new Terms(
          budgetTokens,
          usual.concurrency(),
          usual.answerTokens(),
          units ? SETTLE : usual.settle(),
          usdMax,
          retryFailed);
    }
  }

  /// How a run ended.
  public sealed interface Ending {
    /// With an answer.
    record Answered(ExhaustiveAnswer answer) implements Ending {}

    /// Before all windows were read, or their findings joined.
    ///
    /// @param left how many windows have not been read
    record Halted(String reason, int left, double spentUsd) implements Ending {}
  }

  /// Returns the expected cost of what a plan still needs; the last call's part is an estimate.
  public Forecast forecast(WindowPlan plan, Snapshot snapshot, BatchLedger ledger) {
    Forecast windows =
        batch(windows(plan), windowConfig(Double.POSITIVE_INFINITY))
            .begin(snapshot, ledger, terms.retryFailed());
    return windows.calls() == 0 ? windows : windows.plus(last(plan));
  }

  private Forecast last(WindowPlan plan) {
    long chunks =
        Math.max(
            1,
            plan.read().stream()
                .flatMap(window -> window.documents().stream())
                .mapToLong(document -> document.chunks().size())
                .sum());
    long findings = (long) FINDINGS_A_WINDOW * plan.read().size();
    long prompt =
        Math.min(
            terms.budgetTokens(),
            counter.count(Prompt.INSTRUCTIONS)
                + counter.count(plan.question())
                + findings * (plan.tokens() / chunks + FINDING_TOKENS));
    int out = Math.min(LAST_ANSWER_TOKENS, choice.replyTokens());
    var usage = new Usage(prompt, 0, 0, out, 0);
    double most =
        Cost.estimate(choice.model(), terms.budgetTokens(), choice.replyTokens(), sleeper.now())
            .mostUsd();
    return new Forecast(1, prompt, 0, out, Cost.of(choice.model(), usage, sleeper.now()), most);
  }

  /// Reads what has not been read, and answers.
  public Ending run(
      WindowPlan plan, Snapshot snapshot, BatchLedger ledger, BatchListener listener) {
    double before = ledger.bookedUsd();
    Bill storedBefore = ledger.table().warmUps();
    double limit = before + terms.usdMax();
    Batch.Conclusion windows =
        batch(windows(plan), windowConfig(limit))
            .run(snapshot, ledger, terms.retryFailed(), listener);
    if (!windows.halted().isEmpty()) {
      int left = windows.table().states().getOrDefault("pending", 0);
      return new Ending.Halted(windows.halted(), left, ledger.bookedUsd() - before);
    }
    Table table = windows.table();
    var checked = Checked.of(plan, snapshot, table);
    var lastCalls = new LastCalls(ledger, limit);
    Optional<Reduction.Joined> joined =
        checked.findings().isEmpty()
            ? Optional.of(new Reduction.Joined("", 0, true))
            : new Reduction(counter, terms.budgetTokens(), lastCalls)
                .of(plan.question(), checked.findings(), snapshot);
    double spent = ledger.bookedUsd() - before;
    if (joined.isEmpty()) {
      return new Ending.Halted(lastCalls.halted, 0, spent);
    }
    Bill stored = table.warmUps().since(storedBefore);
    return new Ending.Answered(
        new ExhaustiveAnswer(
            answer(joined.get().text(), checked.findings(), snapshot),
            checked.findings(),
            checked.dropped(),
            checked.failed(),
            joined.get().levels(),
            joined.get().joined(),
            new Table(table.model(), table.lines(), stored).bill().plus(lastCalls.bill),
            spent));
  }

  /// The calls that make the answer, each a batch of one cell.
  private final class LastCalls implements Reduction.Caller {
    private final BatchLedger ledger;
    private final double usdLimit;
    private Bill bill = Bill.NOTHING;
    private String halted = "";

    LastCalls(BatchLedger ledger, double usdLimit) {
      this.ledger = ledger;
      this.usdLimit = usdLimit;
    }

    @Override
    public Optional<Cell> ask(Unit unit, BatchQuestion question, Snapshot from) {
      Batch.Conclusion last =
          batch(plan(List.of(unit), question), config(usdLimit, LAST_ANSWER_TOKENS, false))
              .run(from, ledger, terms.retryFailed(), new BatchListener() {});
      halted = last.halted();
      Cell cell = last.table().lines().getFirst().cell();
      bill = bill.plus(cell.bill());
      return halted.isEmpty() ? Optional.of(cell) : Optional.empty();
    }
  }

  /// The findings of a table, after the check of their quotes.
  private record Checked(List<FoundQuote> findings, int dropped, List<String> failed) {
    static Checked of(WindowPlan plan, Snapshot snapshot, Table table) {
      var found = new ArrayList<FoundQuote>();
      var failed = new ArrayList<String>();
      int dropped = 0;
      for (int i = 0; i < plan.read().size(); i++) {
        Unit window = plan.read().get(i);
        switch (table.lines().get(i).cell()) {
          case Cell.Answered answered -> {
            var quoteCheck = new QuoteCheck(snapshot, window);
            for (WindowQuestion.Quote quote : WindowQuestion.quotes(answered.json())) {
              Optional<FoundQuote> finding = quoteCheck.find(quote);
              finding.ifPresent(found::add);
              dropped += finding.isPresent() ? 0 : 1;
            }
          }
          case Cell.Failed(var cause, String message, _) ->
              failed.add("%s: %s (%s)".formatted(window.name(), message, cause.word()));
          case Cell.Pending _, Cell.Draft _, Cell.Sent _ ->
              throw new IllegalStateException("a run that ended left " + window.name());
        }
      }
      return new Checked(Evidence.sorted(found), dropped, failed);
    }
  }

  /// Checks the citations against the places of all findings, whatever level showed them.
  private Answer answer(String text, List<FoundQuote> findings, Snapshot snapshot) {
    if (findings.isEmpty()) {
      return new Answer(text, List.of());
    }
    List<Outline> places = new Evidence(findings).outlines(snapshot.outlines());
    var task =
        new Filler.Task(new Prompt(Prompt.INSTRUCTIONS, ""), "", Budget.of(Integer.MAX_VALUE / 2));
    var nothing = new Ingested(new LinkedHashMap<>(), 0, 0);
    Window shown =
        new Filler(counter, Rescorer.NONE)
            .fill(
                task,
                new PartSnapshot(snapshot, places),
                new Filler.Arrival(nothing, Duration.ZERO),
                _ -> {})
            .window();
    return Answer.of(text, shown);
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
