package brimful.service;

import brimful.ask.Asker;
import brimful.ask.CallOptions;
import brimful.ask.Reply;
import brimful.corpus.UserError;
import brimful.model.ApiKey;
import brimful.model.Cost;
import brimful.model.ModelChoice;
import brimful.model.ModelProfile;
import brimful.model.PrefixPlan;
import brimful.model.Settings;
import brimful.model.TokenFactors;
import brimful.model.Usage;
import brimful.pack.Window;
import brimful.token.TokenCounter;
import brimful.token.Tokenizers;
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

  private static long promptTokens(ModelChoice choice, Window window) {
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
      ApiKey key = key(choice, reservation);
      return admission.call(
          () -> reservation.settle(0),
          () -> {
            var terms = new Terms(listener);
            Instant sent = clock.instant();
            Reply reply = new Asker(choice.model(), key, settings).ask(window, options, terms);
            PaidReply paid =
                paid(new Sent(choice, window, options, sent, reservation.usdMost()), reply, terms);
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

  private static ApiKey key(ModelChoice choice, Spender.Reservation reservation) {
    if (choice.key().isEmpty()) {
      reservation.settle(0);
      throw new IllegalArgumentException("no model is connected: show the evidence instead");
    }
    return choice.key().get();
  }

  private record Sent(
      ModelChoice choice, Window window, CallOptions options, Instant at, double usdMost) {}

  private static PaidReply paid(Sent sent, Reply reply, Terms terms) {
    boolean lost =
        switch (reply) {
          case Reply.Answered _ -> false;
          case Reply.CutOff _ -> true;
          case Reply.Refused(Reply.Kind kind, _, _) ->
              terms.mayBeBilled || kind == Reply.Kind.TIMEOUT || kind == Reply.Kind.INTERRUPTED;
        };
    if (lost) {
      return new PaidReply(reply, Usage.UNREPORTED, sent.usdMost(), true, Duration.ZERO);
    }
    Usage usage =
        reply instanceof Reply.Answered answered ? usage(sent, answered, terms) : Usage.UNREPORTED;
    double usd = Cost.of(sent.choice().model(), usage, sent.at());
    return new PaidReply(reply, usage, usd, false, terms.retryAfter);
  }

  /// If the provider reports no usage, our own counts are used, of all that it bills: images and
  /// tools with the prompt, thoughts and calls of tools with the answer.
  private static Usage usage(Sent sent, Reply.Answered answered, Terms terms) {
    if (answered.usage().reported()) {
      return answered.usage();
    }
    ModelProfile model = sent.choice().model();
    CallOptions options = sent.options();
    long beside = Beside.tokens(options, Images.of(options.images(), model), model);
    TokenCounter counter = Tokenizers.named(model.tokenizer());
    long reasoning = counter.count(terms.reasoning);
    long written = counter.count(answered.text()) + counter.count(answered.besides().text());
    return new Usage(
        promptTokens(sent.choice(), sent.window()) + beside, 0, 0, written + reasoning, reasoning);
  }

  /// Records the details of a refusal, and passes everything else on.
  private static final class Terms implements Asker.Listener {
    private final Asker.Listener next;
    private final StringBuilder reasoning = new StringBuilder();
    private Duration retryAfter = Duration.ZERO;
    private boolean mayBeBilled;

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
    public void refused(Duration after, boolean billed) {
      retryAfter = after;
      mayBeBilled = billed;
      next.refused(after, billed);
    }
  }
}
