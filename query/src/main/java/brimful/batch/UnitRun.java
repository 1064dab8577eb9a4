package brimful.batch;

import brimful.answer.Answer;
import brimful.ask.Reply;
import brimful.index.Snapshot;
import brimful.pack.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Asks what is open of one unit, one call after the other, so that each finds in the provider's
/// cache what the one before has left there.
final class UnitRun {
  /// What a provider stores is there for a few hours at least.
  private static final Duration WARM_FOR = Duration.ofHours(1);

  private final Means means;
  private final BatchPlan plan;
  private final Unit unit;
  private final Checker checker;
  private final Caller caller;

  UnitRun(Means means, BatchPlan plan, Unit unit, Checker checker) {
    this.means = means;
    this.plan = plan;
    this.unit = unit;
    this.checker = checker;
    this.caller = new Caller(means);
  }

  /// Asks, and returns what was expected to come of it.
  Forecast run(Snapshot snapshot) throws InterruptedException {
    UnitWork work = UnitWork.of(plan, unit, means.config().group(), means.ledger()::cell);
    if (work.calls() == 0) {
      return Forecast.NOTHING;
    }
    if (!unit.problem().isEmpty()) {
      var failed = new Cell.Failed(Cause.UNREADABLE, unit.problem(), Bill.NOTHING);
      work.groups().forEach(group -> group.forEach(question -> finish(question, failed)));
      return Forecast.NOTHING;
    }
    UnitWindow window =
        UnitWindow.of(
            unit, snapshot, means.counter(), means.config().budgetTokens(), plan.questions());
    var terms =
        new Forecast.Terms(
            means.choice().model(),
            means.choice().replyTokens(),
            means.config().answerTokens(),
            means.pauser().now());
    Forecast expected = Forecast.of(work, window, terms);
    if (work.wantsWarmUp(means.choice().model().cache(), window.tokens())) {
      warmUp(window);
    }
    for (BatchQuestion question : work.repairs()) {
      repair(question, window);
    }
    for (List<BatchQuestion> group : work.groups()) {
      ask(group, window);
    }
    return expected;
  }

  /// Leaves the documents in the provider's cache, unless that was done, or may have been.
  private void warmUp(UnitWindow window) throws InterruptedException {
    String key = plan.key(unit);
    Instant now = means.pauser().now();
    var before = means.ledger().warmUp(key);
    if (before.isPresent() && now.isBefore(before.get().at().plus(WARM_FOR))) {
      return;
    }
    Bill paid = before.map(Ledger.WarmUp::bill).orElse(Bill.NOTHING);
    Caller.Outcome outcome =
        caller.call(
            window.warmUp(),
            new Caller.Marks() {
              @Override
              public void sending(double usdMax) {
                means.ledger().put(key, new Ledger.WarmUp(now, paid.plus(Bill.unknown(usdMax))));
              }

              @Override
              public void refused() {
                means.ledger().put(key, new Ledger.WarmUp(Instant.EPOCH, paid));
              }
            });
    if (outcome instanceof Caller.Outcome.Replied(_, Bill bill)) {
      means.ledger().put(key, new Ledger.WarmUp(now, paid.plus(bill)));
      means.pauser().pause(means.config().settle());
    }
  }

  private void ask(List<BatchQuestion> questions, UnitWindow window) throws InterruptedException {
    Window sent = window.ask(BatchPrompt.ask(questions));
    switch (send(questions, sent)) {
      case Caller.Outcome.Replied(Reply.Answered reply, Bill bill) -> {
        var drafts = new ArrayList<BatchQuestion>();
        var cells = new LinkedHashMap<BatchQuestion, Cell>();
        for (int i = 0; i < questions.size(); i++) {
          BatchQuestion question = questions.get(i);
          Bill own = bill(question).plus(bill.share(i, questions.size()));
          Cell cell = judged(question, reply, sent, own);
          cells.put(question, cell);
          if (cell instanceof Cell.Draft) {
            drafts.add(question);
          }
        }
        finish(cells);
        for (BatchQuestion question : drafts) {
          repair(question, window);
        }
      }
      case Caller.Outcome other -> unanswered(questions, other);
    }
  }

  /// Asks once more for what was not valid.
  private void repair(BatchQuestion question, UnitWindow window) throws InterruptedException {
    if (!(cell(question) instanceof Cell.Draft(String said, String problem, Bill before))) {
      return;
    }
    List<BatchQuestion> one = List.of(question);
    Window sent = window.ask(BatchPrompt.repair(one, said, problem));
    switch (send(one, sent)) {
      case Caller.Outcome.Replied(Reply.Answered reply, Bill bill) -> {
        Cell cell = judged(question, reply, sent, before.plus(bill));
        finish(
            question,
            cell instanceof Cell.Draft(_, String again, Bill all)
                ? new Cell.Failed(
                    Cause.INVALID,
                    again + ": ask again with --retry-failed, or mend the question",
                    all)
                : cell);
      }
      case Caller.Outcome other -> unanswered(one, other);
    }
  }

  private Caller.Outcome send(List<BatchQuestion> questions, Window window)
      throws InterruptedException {
    var before = new LinkedHashMap<String, Cell>();
    questions.forEach(question -> before.put(key(question), cell(question)));
    return caller.call(
        window,
        new Caller.Marks() {
          @Override
          public void sending(double usdMax) {
            var sent = new LinkedHashMap<String, Cell>();
            before.forEach(
                (key, cell) -> sent.put(key, new Cell.Sent(usdMax / before.size(), cell.bill())));
            means.ledger().put(sent);
          }

          @Override
          public void refused() {
            means.ledger().put(before);
          }
        });
  }

  private Cell judged(BatchQuestion question, Reply.Answered reply, Window window, Bill bill) {
    return switch (checker.check(question, reply.text())) {
      case Checker.Checked.Valid(String json, double confidence, List<String> places) -> {
        String cited = String.join("\n", places.stream().map(place -> "[" + place + "]").toList());
        yield new Cell.Answered(
            json,
            confidence,
            Answer.of(cited + "\n" + json, window).citations().stream()
                .map(Cell.Cited::of)
                .toList(),
            bill);
      }
      case Checker.Checked.Invalid(String problem) ->
          switch (reply.finish()) {
            case "length" ->
                new Cell.Failed(Cause.LENGTH, "the reply ended at its limit: raise --reply", bill);
            case "content_filter" ->
                new Cell.Failed(
                    Cause.FILTERED, "the provider's filter cut the reply: ask otherwise", bill);
            default -> new Cell.Draft(reply.text(), problem, bill);
          };
    };
  }

  private void unanswered(List<BatchQuestion> questions, Caller.Outcome outcome) {
    var cells = new LinkedHashMap<BatchQuestion, Cell>();
    for (int i = 0; i < questions.size(); i++) {
      BatchQuestion question = questions.get(i);
      switch (outcome) {
        case Caller.Outcome.Unknown(Cause cause, String message, Bill bill) ->
            cells.put(
                question,
                new Cell.Failed(
                    cause, message, bill(question).plus(bill.share(i, questions.size()))));
        case Caller.Outcome.Denied(Cause cause, String message) ->
            cells.put(question, new Cell.Failed(cause, message, bill(question)));
        case Caller.Outcome.Halted() -> {}
        case Caller.Outcome.Replied _ ->
            throw new IllegalArgumentException("a call that was replied to is answered");
      }
    }
    finish(cells);
  }

  private void finish(BatchQuestion question, Cell cell) {
    finish(Map.of(question, cell));
  }

  private void finish(Map<BatchQuestion, Cell> cells) {
    var byKey = new LinkedHashMap<String, Cell>();
    cells.forEach((question, cell) -> byKey.put(key(question), cell));
    means.ledger().put(byKey);
    cells.forEach((question, cell) -> {
      if (!cell.isOpen()) {
        means.listener().finished(plan.row(unit, question), cell);
      }
    });
  }

  private String key(BatchQuestion question) {
    return plan.row(unit, question).key();
  }

  private Cell cell(BatchQuestion question) {
    return means.ledger().cell(key(question));
  }

  private Bill bill(BatchQuestion question) {
    return cell(question).bill();
  }
}
