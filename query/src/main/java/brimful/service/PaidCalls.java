package brimful.service;

import brimful.ask.Asker;
import brimful.ask.CallOptions;
import brimful.ask.Reply;
import brimful.corpus.UserError;
import brimful.model.ApiKey;
import brimful.model.Cost;
import brimful.model.ModelChoice;
import brimful.model.PrefixPlan;
import brimful.model.Settings;
import brimful.model.TokenFactors;
import brimful.model.Usage;
import brimful.pack.Window;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Sends windows to models. Nothing else in the program costs money.
///
/// A call leaves with a reservation of its highest possible cost, and settles it however it ends.
/// To cancel a call, interrupt its thread: the connection is closed, and the call remains booked at
/// its highest cost. Safe for many threads.
public final class PaidCalls {
  /// More than any model thinks.
  private static final int REASONING_CHARS_MAX = 32 << 20;

  private final Admission admission;
  private final Settings settings;
  private final Clock clock;
  private final RunnerTurns turns = new RunnerTurns();
  private final TokenFactors factors;

  public PaidCalls(Admission admission, Settings settings, Clock clock) {
    this.admission = admission;
    this.settings = settings;
    this.clock = clock;
    factors = new TokenFactors(settings.home());
  }

  /// Returns what measures windows for a choice's model, if its tokens are not the index's.
  public Optional<Gauge> gauge(ModelChoice choice) {
    return RunnerGauge.of(choice, factors);
  }

  /// Returns what a window costs at most and at least, if it is sent now.
  ///
  /// @param besideTokens what the model reads besides the window, such as images
  public static Cost cost(ModelChoice choice, Window window, int besideTokens, Instant at) {
    return Cost.estimate(
        choice.model(), promptTokens(choice, window) + besideTokens, choice.replyTokens(), at);
  }

  static long promptTokens(ModelChoice choice, Window window) {
    return (long) window.tokens()
        + choice.model().limits().templateTokens()
        + (window.prefix().isEmpty() ? 0 : PrefixPlan.TURN_TOKENS);
  }

  /// Sends a window once, and returns when the reply is complete or has failed.
  ///
  /// @param reservation of the call's highest cost; always settled
  /// @throws UserError of kind BUSY if the call's turn does not come in time; then it was not sent
  public PaidReply send(
      ModelChoice choice,
      Window window,
      CallOptions options,
      Spender.Reservation reservation,
      Asker.Listener listener) {
    try (reservation;
        RunnerTurns.Turn _ = turn(choice, window, reservation)) {
      Asker asker = asker(choice, reservation);
      return admission.call(
          () -> reservation.settle(0),
          () -> {
            var terms = new Terms(listener);
            Instant begun = clock.instant();
            Reply reply = asker.ask(window, options, terms);
            var sent =
                new SentCall(
                    choice, window, options, reservation.usdMost(), begun, clock.instant());
            PaidReply paid = paid(sent, reply, terms);
            reservation.settle(paid.usd());
            RunnerGauge.learn(factors, choice, window, paid.usage());
            admission.observer().called(paid);
            return paid;
          });
    }
  }

  /// A call that is refused its turn has not left.
  private RunnerTurns.Turn turn(
      ModelChoice choice, Window window, Spender.Reservation reservation) {
    if (choice.runner().isEmpty()) {
      return () -> {};
    }
    try {
      long tokens = promptTokens(choice, window) + choice.replyTokens();
      return turns.enter(choice.runner().get(), tokens, choice.model().limits().windowTokens());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      reservation.settle(0);
      throw new UserError(UserError.Kind.BUSY, "stopped before it was this question's turn", e);
    } catch (UserError e) {
      reservation.settle(0);
      throw e;
    }
  }

  /// What cannot be sent costs nothing.
  private Asker asker(ModelChoice choice, Spender.Reservation reservation) {
    try {
      ApiKey key =
          choice
              .key()
              .orElseThrow(() ->
                  new IllegalArgumentException("no model is connected: show the evidence instead"));
      return new Asker(choice.model(), key, settings);
    } catch (RuntimeException e) {
      reservation.settle(0);
      throw e;
    }
  }

  private static PaidReply paid(SentCall sent, Reply reply, Terms terms) {
    return switch (reply) {
      case Reply.Answered answered -> {
        SentCall.Bill bill = sent.bill(answered, terms.reasoning, terms.reports);
        yield new PaidReply(reply, bill.usage(), bill.usd(), !bill.credible(), terms.retryAfter);
      }
      case Reply.CutOff _ -> lost(sent, reply);
      case Reply.Refused(Reply.Kind kind, _, _) ->
          terms.mayBeBilled || kind == Reply.Kind.TIMEOUT || kind == Reply.Kind.INTERRUPTED
              ? lost(sent, reply)
              : new PaidReply(reply, Usage.UNREPORTED, 0, false, terms.retryAfter);
    };
  }

  private static PaidReply lost(SentCall sent, Reply reply) {
    return new PaidReply(reply, Usage.UNREPORTED, sent.usdMost(), true, Duration.ZERO);
  }

  /// Records the details of a refusal, and passes everything else on.
  private static final class Terms implements Asker.Listener {
    private final Asker.Listener next;
    private final StringBuilder reasoning = new StringBuilder();
    private Duration retryAfter = Duration.ZERO;
    private boolean mayBeBilled;
    private int reports;

    Terms(Asker.Listener next) {
      this.next = next;
    }

    @Override
    public void text(String delta) {
      next.text(delta);
    }

    @Override
    public void reasoning(String delta) {
      if (reasoning.length() < REASONING_CHARS_MAX) {
        reasoning.append(delta);
      }
      next.reasoning(delta);
    }

    @Override
    public void prefill(long tokens, long of) {
      next.prefill(tokens, of);
    }

    @Override
    public void besides(JsonNode choice) {
      next.besides(choice);
    }

    @Override
    public void usage() {
      reports++;
      next.usage();
    }

    @Override
    public void refused(Duration after, boolean billed) {
      retryAfter = after;
      mayBeBilled = billed;
      next.refused(after, billed);
    }
  }
}
