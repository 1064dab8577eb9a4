package brimful.batch;

import brimful.answer.Answer;
import brimful.ask.CallOptions;
import brimful.ask.Reply;
import brimful.batch.ledger.BatchLedger;
import brimful.batch.ledger.LedgerEvent;
import brimful.batch.ledger.LedgerEvent.Verdict;
import brimful.batch.ledger.UnitHolder;
import brimful.batch.table.Bill;
import brimful.batch.table.Cause;
import brimful.batch.table.Cell;
import brimful.index.Snapshot;
import brimful.model.CacheRule;
import brimful.pack.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// Asks the open questions of one unit, one call after the other, so that each finds in the
/// provider's cache what the previous one has left there.
final class UnitRun {
  /// Providers keep stored prefixes for a few hours at least.
  private static final Duration WARM_FOR = Duration.ofHours(1);

  /// The share of the budget for a window that a runner takes, if it has refused the first.
  private static final double SMALLER = 0.7;

  private final BatchContext batchContext;
  private final BatchPlan plan;
  private final Unit unit;
  private final UnitHolder holder;
  private final ReplyValidator replyValidator;
  private final CallRetrier callRetrier;

  /// @param holder the worker that asks
  UnitRun(
      BatchContext batchContext,
      BatchPlan plan,
      Unit unit,
      UnitHolder holder,
      ReplyValidator replyValidator) {
    this.batchContext = batchContext;
    this.plan = plan;
    this.unit = unit;
    this.holder = holder;
    this.replyValidator = replyValidator;
    this.callRetrier = new CallRetrier(batchContext);
  }

  /// Asks, and returns the expected cost.
  Forecast run(Snapshot snapshot) throws InterruptedException {
    UnitWork work =
        UnitWork.of(plan, unit, batchContext.config().group(), batchContext.ledger()::cell);
    if (work.calls() == 0) {
      return Forecast.NOTHING;
    }
    if (!unit.problem().isEmpty()) {
      var failed = new Cell.Failed(Cause.UNREADABLE, unit.problem(), Bill.NOTHING);
      work.groups().forEach(group -> fail(group, failed));
      return Forecast.NOTHING;
    }
    UnitWindow window = window(snapshot, 1);
    var terms =
        new Forecast.Terms(
            batchContext.choice().model(),
            batchContext.choice().replyTokens(),
            batchContext.config().answerTokens(),
            batchContext.pauser().now(),
            isWarm(),
            batchContext.config().stores());
    Forecast expected = Forecast.of(work, window, terms);
    CacheRule rule = batchContext.choice().model().cache();
    if (!terms.warm() && work.wantsWarmUp(rule, window.tokens(), work.questions(terms.stores()))) {
      warmUp(window);
    }
    for (BatchQuestion question : work.repairs()) {
      repair(question, window);
    }
    for (List<BatchQuestion> group : work.groups()) {
      ask(group, window, () -> window(snapshot, SMALLER));
    }
    return expected;
  }

  /// Packs the unit for a share of the budget.
  private UnitWindow window(Snapshot snapshot, double share) {
    var terms =
        new UnitWindow.Terms(
            batchContext.counter(),
            (int) (share * batchContext.config().budgetTokens()),
            batchContext.calls().gauge(batchContext.choice()));
    return UnitWindow.of(unit, snapshot, terms, plan.questions());
  }

  /// Returns whether the documents are, or may be, in the provider's cache.
  private boolean isWarm() {
    return isWarm(batchContext.ledger(), plan.key(unit), batchContext.pauser().now());
  }

  /// Returns whether the documents of a unit are, or may be, in the provider's cache.
  static boolean isWarm(BatchLedger ledger, String unitKey, Instant now) {
    return ledger
        .warmUp(unitKey)
        .filter(warmUp -> now.isBefore(warmUp.at().plus(WARM_FOR)))
        .isPresent();
  }

  /// Stores the documents in the provider's cache.
  private void warmUp(UnitWindow window) throws InterruptedException {
    String key = plan.key(unit);
    Instant now = batchContext.pauser().now();
    Bill paid =
        batchContext.ledger().warmUp(key).map(BatchLedger.WarmUp::bill).orElse(Bill.NOTHING);
    CallRetrier.Outcome outcome =
        callRetrier.call(
            window.warmUp(),
            CallOptions.NONE,
            new CallRetrier.Marks() {
              @Override
              public Optional<Verdict> sending(double usdMax) {
                return batchContext
                    .ledger()
                    .claim(
                        new LedgerEvent.Warming(
                            newCall(usdMax, batchContext.config().usdMax()), now));
              }

              @Override
              public void refused() {
                warmed(key, Instant.EPOCH, paid);
              }
            });
    switch (outcome) {
      case CallRetrier.Outcome.Replied(_, Bill bill) -> {
        warmed(key, now, paid.plus(bill));
        batchContext.pauser().pause(batchContext.config().settle());
      }
      case CallRetrier.Outcome.Unknown(_, _, Bill bill) -> warmed(key, now, paid.plus(bill));
      case CallRetrier.Outcome.Denied _, CallRetrier.Outcome.Halted _ -> {}
    }
  }

  private void warmed(String key, Instant at, Bill bill) {
    Verdict _ =
        batchContext
            .ledger()
            .offer(new LedgerEvent.Warmed(key, new BatchLedger.WarmUp(at, bill, 0)));
  }

  private LedgerEvent.Call newCall(double usdMax, double usdLimit) {
    return new LedgerEvent.Call(
        UUID.randomUUID().toString(), plan.key(unit), holder, usdMax, usdLimit);
  }

  /// Asks; a runner that refuses the prompt as too large gets a smaller one, once.
  private void ask(List<BatchQuestion> questions, UnitWindow whole, Supplier<UnitWindow> less)
      throws InterruptedException {
    UnitWindow window = whole;
    Window sent = window.ask(BatchPrompt.ask(questions));
    Asked asked = send(questions, sent);
    if (batchContext.choice().runner().isPresent()
        && asked.outcome() instanceof CallRetrier.Outcome.Denied(Cause cause, _)
        && cause == Cause.OVERFLOW) {
      window = less.get();
      sent = window.ask(BatchPrompt.ask(questions));
      asked = send(questions, sent);
    }
    if (!(asked.outcome()
        instanceof CallRetrier.Outcome.Replied(Reply.Answered reply, Bill bill))) {
      unanswered(asked);
      return;
    }
    var drafts = new ArrayList<BatchQuestion>();
    var cells = new LinkedHashMap<BatchQuestion, Cell>();
    for (int i = 0; i < questions.size(); i++) {
      BatchQuestion question = questions.get(i);
      Bill own = asked.paid(question).plus(bill.share(i, questions.size()));
      Cell cell = judged(question, reply, new Shown(sent, window.held()), own);
      cells.put(question, cell);
      if (cell instanceof Cell.Draft) {
        drafts.add(question);
      }
    }
    settle(asked.call(), cells);
    for (BatchQuestion question : drafts) {
      repair(question, window);
    }
  }

  /// Asks once more for invalid answers.
  private void repair(BatchQuestion question, UnitWindow window) throws InterruptedException {
    if (!(cell(question) instanceof Cell.Draft(String said, String problem, Bill before))) {
      return;
    }
    List<BatchQuestion> one = List.of(question);
    Window sent = window.ask(BatchPrompt.repair(one, said, problem));
    Asked asked = send(one, sent);
    if (!(asked.outcome()
        instanceof CallRetrier.Outcome.Replied(Reply.Answered reply, Bill bill))) {
      unanswered(asked);
      return;
    }
    Cell cell = judged(question, reply, new Shown(sent, window.held()), before.plus(bill));
    settle(
        asked.call(),
        Map.of(
            question,
            cell instanceof Cell.Draft(_, String again, Bill all)
                ? new Cell.Failed(
                    Cause.INVALID, again + ": retry what failed, or mend the question", all)
                : cell));
  }

  /// A call and its result.
  ///
  /// @param before the cells' states when it left
  private record Asked(String call, Map<BatchQuestion, Cell> before, CallRetrier.Outcome outcome) {
    Bill paid(BatchQuestion question) {
      return before.getOrDefault(question, Cell.untouched()).bill();
    }
  }

  private Asked send(List<BatchQuestion> questions, Window window) throws InterruptedException {
    var before = new LinkedHashMap<BatchQuestion, Cell>();
    questions.forEach(question -> before.put(question, cell(question)));
    var last = new AtomicReference<>("");
    CallRetrier.Outcome outcome =
        callRetrier.call(
            window,
            batchContext.form().of(questions),
            new CallRetrier.Marks() {
              @Override
              public Optional<Verdict> sending(double usdMax) {
                LedgerEvent.Call call = newCall(usdMax, batchContext.config().usdMax());
                last.set(call.id());
                return batchContext.ledger().claim(new LedgerEvent.Sent(call, keys(questions)));
              }

              @Override
              public void refused() {
                settle(last.get(), before);
              }
            });
    return new Asked(last.get(), before, outcome);
  }

  /// What the model was shown.
  ///
  /// @param held the share of the unit's tokens
  private record Shown(Window window, double held) {}

  private Cell judged(BatchQuestion question, Reply.Answered reply, Shown shown, Bill bill) {
    return switch (replyValidator.check(question, reply.text())) {
      case ReplyValidator.Checked.Valid(String json, double confidence, List<String> places) -> {
        String cited = String.join("\n", places.stream().map(place -> "[" + place + "]").toList());
        yield new Cell.Answered(
            json,
            confidence,
            Answer.of(cited + "\n" + json, shown.window()).citations(),
            shown.held(),
            bill);
      }
      case ReplyValidator.Checked.Invalid(String problem) ->
          switch (reply.finish()) {
            case "length" ->
                new Cell.Failed(
                    Cause.LENGTH,
                    "the reply ended at its limit: keep more tokens free for it",
                    bill);
            case "content_filter" ->
                new Cell.Failed(
                    Cause.FILTERED, "the provider's filter cut the reply: ask otherwise", bill);
            default -> new Cell.Draft(BatchPrompt.quoted(reply.text()), problem, bill);
          };
    };
  }

  private void unanswered(Asked asked) {
    var cells = new LinkedHashMap<BatchQuestion, Cell>();
    List<BatchQuestion> questions = List.copyOf(asked.before().keySet());
    for (int i = 0; i < questions.size(); i++) {
      BatchQuestion question = questions.get(i);
      Bill paid = asked.paid(question);
      switch (asked.outcome()) {
        case CallRetrier.Outcome.Unknown(Cause cause, String message, Bill bill) ->
            cells.put(
                question,
                new Cell.Failed(cause, message, paid.plus(bill.share(i, questions.size()))));
        case CallRetrier.Outcome.Denied(Cause cause, String message) ->
            cells.put(question, new Cell.Failed(cause, message, paid));
        case CallRetrier.Outcome.Halted() -> {}
        case CallRetrier.Outcome.Replied _ ->
            throw new IllegalArgumentException("a call that was replied to is answered");
      }
    }
    settle(asked.call(), cells);
  }

  /// Fails cells without a call.
  private void fail(List<BatchQuestion> questions, Cell.Failed failed) {
    LedgerEvent.Call call = newCall(0, Double.POSITIVE_INFINITY);
    var cells = new LinkedHashMap<BatchQuestion, Cell>();
    questions.forEach(question -> cells.put(question, failed));
    if (batchContext.ledger().offer(new LedgerEvent.Sent(call, keys(questions)))
        == Verdict.GRANTED) {
      settle(call.id(), cells);
    }
  }

  private void settle(String call, Map<BatchQuestion, Cell> cells) {
    var byKey = new LinkedHashMap<String, Cell>();
    cells.forEach((question, cell) -> byKey.put(key(question), cell));
    if (!byKey.isEmpty()) {
      Verdict _ = batchContext.ledger().offer(new LedgerEvent.Settled(call, byKey));
    }
  }

  private List<String> keys(List<BatchQuestion> questions) {
    return questions.stream().map(this::key).toList();
  }

  private String key(BatchQuestion question) {
    return plan.row(unit, question).key();
  }

  private Cell cell(BatchQuestion question) {
    return batchContext.ledger().cell(key(question));
  }
}
