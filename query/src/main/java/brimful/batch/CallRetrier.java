package brimful.batch;

import brimful.ask.CallOptions;
import brimful.ask.Reply;
import brimful.batch.ledger.BatchLedger;
import brimful.batch.ledger.LedgerEvent.Verdict;
import brimful.batch.table.Bill;
import brimful.batch.table.Cause;
import brimful.corpus.UserError;
import brimful.model.Cost;
import brimful.model.ModelProfile;
import brimful.model.Usage;
import brimful.pack.Window;
import brimful.service.PaidCalls;
import brimful.service.PaidReply;
import brimful.service.Spender;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Makes one call: repeats it while it is refused unread, and never when it may have been billed.
final class CallRetrier {
  /// How often a call is tried that is refused for overload or rate.
  static final int TRIES_MAX = 5;

  private static final Duration PAUSE = Duration.ofSeconds(1);

  /// How often the payer is asked again while other calls hold the money.
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);

  /// Longer than a call of a batch lasts: a reservation that nobody settles in this time belongs to
  /// a worker that is gone, and counts as spent.
  private static final Duration LEASE = Duration.ofMinutes(30);

  /// A longer pause is not awaited.
  private static final Duration RETRY_AFTER_MAX = Duration.ofMinutes(10);

  private final BatchContext batchContext;
  private final ModelProfile model;

  CallRetrier(BatchContext batchContext) {
    this.batchContext = batchContext;
    this.model = batchContext.choice().model();
  }

  /// The result of a call.
  sealed interface Outcome {
    /// It was answered, and paid.
    record Replied(Reply.Answered reply, Bill bill) implements Outcome {}

    /// It was in flight, and may have been billed.
    record Unknown(Cause cause, String message, Bill bill) implements Outcome {}

    /// It was refused, and not billed.
    record Denied(Cause cause, String message) implements Outcome {}

    /// The batch stops; the call was not sent, or refused unread.
    record Halted() implements Outcome {}
  }

  /// Keeps the ledger consistent with a call.
  interface Marks {
    /// The call is ready to leave; returns once that is recorded. Empty if it may leave later.
    Optional<Verdict> sending(double usdMax);

    /// It was refused unread.
    void refused();
  }

  /// Makes a call.
  ///
  /// @param options the form of the reply; left out once the server has refused it
  Outcome call(Window window, CallOptions options, Marks marks) throws InterruptedException {
    for (int attempt = 1; attempt <= TRIES_MAX; attempt++) {
      if (batchContext.config().offPeak()) {
        batchContext.throttle().awaitOffPeak(model, batchContext.listener());
      }
      batchContext.throttle().enter();
      Tried tried;
      try {
        tried = once(window, options, marks);
      } finally {
        batchContext.throttle().leave();
      }
      switch (tried) {
        case Tried.Over(Outcome outcome) -> {
          return outcome;
        }
        case Tried.Again(Cause cause, String message, Duration pause) -> {
          if (attempt == TRIES_MAX) {
            return givenUp(cause, message);
          }
          batchContext.pauser().pause(pause.plus(backoff(attempt)));
        }
      }
    }
    throw new IllegalStateException("a call was tried more than %s times".formatted(TRIES_MAX));
  }

  /// The result of one try.
  private sealed interface Tried {
    record Over(Outcome outcome) implements Tried {}

    record Again(Cause cause, String message, Duration pause) implements Tried {}
  }

  private static Tried over(Outcome outcome) {
    return new Tried.Over(outcome);
  }

  private Tried once(Window window, CallOptions options, Marks marks) throws InterruptedException {
    if (batchContext.halt().isSet()) {
      return over(new Outcome.Halted());
    }
    Instant at = batchContext.pauser().now();
    Cost cost = PaidCalls.cost(batchContext.choice(), window, 0, at);
    if (!isPriced(cost)) {
      return over(new Outcome.Halted());
    }
    double most = cost.mostUsd();
    Optional<Spender.Reservation> reserved = reserved(most);
    if (reserved.isEmpty()) {
      return over(new Outcome.Halted());
    }
    try (Spender.Reservation reservation = reserved.get()) {
      if (!mayLeave(marks, most)) {
        reservation.settle(0);
        return over(new Outcome.Halted());
      }
      boolean free = most == 0 && !batchContext.choice().isBilledUnseen(cost);
      return sent(window, options, marks, reservation, free);
    }
  }

  /// A model's prices may leave out some hours, or sizes of prompts: without a price, no limit can
  /// be kept.
  private boolean isPriced(Cost cost) {
    try {
      batchContext.spender().requirePrice(batchContext.choice(), cost);
      if (batchContext.config().usdMax() < Double.POSITIVE_INFINITY
          && batchContext.choice().isBilledUnseen(cost)) {
        batchContext
            .halt()
            .because(
                "the next call has no known price, so the limit of cost cannot be kept: leave the limit out, or %s"
                    .formatted(batchContext.choice().pricing()));
      }
    } catch (UserError e) {
      batchContext.halt().because(e.line());
    }
    return !batchContext.halt().isSet();
  }

  private Tried sent(
      Window window,
      CallOptions asked,
      Marks marks,
      Spender.Reservation reservation,
      boolean free) {
    CallOptions options = batchContext.form().isRefused() ? CallOptions.NONE : asked;
    PaidReply paid =
        batchContext.calls().send(batchContext.choice(), window, options, reservation, _ -> {});
    return switch (paid.reply()) {
      case Reply.Answered answered -> {
        batchContext.throttle().answered();
        batchContext.halt().answered();
        yield over(new Outcome.Replied(answered, bill(paid)));
      }
      case Reply.CutOff(_, String cause) ->
          over(new Outcome.Unknown(Cause.CUT_OFF, cause, Bill.unknown(paid.usd())));
      case Reply.Refused refused when paid.mayBeBilled() && !isFreeToRepeat(refused, free) ->
          over(new Outcome.Unknown(Cause.LOST, refused.message(), Bill.unknown(paid.usd())));
      case Reply.Refused(Reply.Kind kind, String message, _) -> {
        marks.refused();
        if (kind == Reply.Kind.REQUEST && !options.fields().isEmpty()) {
          batchContext.form().refused();
          yield new Tried.Again(Cause.REFUSED, message, Duration.ZERO);
        }
        yield refused(kind, message, paid.retryAfter());
      }
    };
  }

  /// Nobody bills what a local runner reads twice.
  private static boolean isFreeToRepeat(Reply.Refused refused, boolean free) {
    return free
        && switch (refused.kind()) {
          case RATE, OVERLOAD, SERVER -> true;
          case KEY, BALANCE, OVERFLOW, REQUEST, UNREACHABLE, TIMEOUT, INTERRUPTED -> false;
        };
  }

  /// Waits until the payer can pay: calls in flight mostly cost less than was reserved for them.
  private Optional<Spender.Reservation> reserved(double most) throws InterruptedException {
    while (!batchContext.halt().isSet()) {
      switch (batchContext.spender().decide(most)) {
        case Spender.Decision.Granted(Spender.Reservation reservation) -> {
          return Optional.of(reservation);
        }
        case Spender.Decision.Refused(UserError error, boolean othersUnderWay) -> {
          if (!othersUnderWay) {
            batchContext.halt().because(error.line());
          } else {
            batchContext.pauser().pause(LOOK_EVERY);
          }
        }
      }
    }
    return Optional.empty();
  }

  /// Waits for calls of this batch that are in flight, for the same reason.
  ///
  /// In a shared batch a call in flight may be that of a dead worker. Its unit reaches another
  /// worker only if one is free, so the wait ends when no money has moved for the time of a lease.
  private boolean mayLeave(Marks marks, double most) throws InterruptedException {
    BatchLedger ledger = batchContext.ledger();
    Optional<Verdict> verdict = marks.sending(most);
    double booked = ledger.bookedUsd();
    Instant moved = batchContext.pauser().now();
    while (verdict.isEmpty() && !batchContext.halt().isSet()) {
      ledger.await();
      verdict = marks.sending(most);
      Instant now = batchContext.pauser().now();
      if (ledger.bookedUsd() != booked) {
        booked = ledger.bookedUsd();
        moved = now;
      } else if (ledger.sharing().isPresent() && now.isAfter(moved.plus(LEASE))) {
        verdict = verdict.or(() -> Optional.of(Verdict.BROKE));
      }
    }
    if (verdict.filter(Verdict.BROKE::equals).isPresent()) {
      double left = Math.max(0, batchContext.config().usdMax() - ledger.bookedUsd());
      batchContext
          .halt()
          .because(
              "the next call may cost %s, and only %s of the limit are left: raise the limit to go on"
                  .formatted(Cost.display(most), Cost.display(left)));
    }
    return verdict.filter(Verdict.GRANTED::equals).isPresent();
  }

  private Tried refused(Reply.Kind kind, String message, Duration retryAfter) {
    return switch (kind) {
      case KEY, BALANCE -> {
        batchContext.halt().because(message);
        yield over(new Outcome.Halted());
      }
      case OVERFLOW -> over(new Outcome.Denied(Cause.OVERFLOW, message));
      case REQUEST, TIMEOUT, INTERRUPTED -> {
        batchContext.halt().refused(message);
        yield over(new Outcome.Denied(Cause.REFUSED, message));
      }
      case UNREACHABLE -> new Tried.Again(Cause.LOST, message, Duration.ZERO);
      case RATE, OVERLOAD, SERVER -> {
        if (retryAfter.compareTo(RETRY_AFTER_MAX) > 0) {
          batchContext.halt().because(message);
          yield over(new Outcome.Halted());
        }
        batchContext.throttle().refused(retryAfter);
        yield new Tried.Again(Cause.BUSY, message, retryAfter);
      }
    };
  }

  /// An unreachable host is not the cell's fault, so the cell stays open.
  private Outcome givenUp(Cause cause, String message) {
    if (cause == Cause.BUSY) {
      return new Outcome.Denied(
          Cause.BUSY, "refused %s times, at last: %s".formatted(TRIES_MAX, message));
    }
    batchContext.halt().because(message);
    return new Outcome.Halted();
  }

  /// Half to one and a half of a doubling pause: otherwise all would return at once.
  private Duration backoff(int attempt) {
    double factor = (1 << (attempt - 1)) * (0.5 + batchContext.random().nextDouble());
    return Duration.ofMillis((long) (PAUSE.toMillis() * factor));
  }

  private static Bill bill(PaidReply paid) {
    Usage usage = paid.usage();
    return new Bill(1, usage.prompt(), usage.cached(), usage.completion(), paid.usd(), 0, 0);
  }
}
