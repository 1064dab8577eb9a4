package brimful.service;

import brimful.ask.CallOptions;
import brimful.ask.Reply;
import brimful.model.Cost;
import brimful.model.ModelChoice;
import brimful.model.ModelProfile;
import brimful.model.Usage;
import brimful.pack.Window;
import brimful.token.TokenCounter;
import brimful.token.Tokenizers;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A call that was sent, and what it costs.
///
/// Prices change with the hour, and providers do not agree whether the beginning or the end of a
/// call decides, so the higher price counts.
///
/// @param reservedUsd the highest cost when its money was reserved
/// @param begun when it was sent
/// @param ended when its reply was complete, or given up
record SentCall(
    ModelChoice choice,
    Window window,
    CallOptions options,
    double reservedUsd,
    Instant begun,
    Instant ended) {
  private static final Logger LOG = LoggerFactory.getLogger(SentCall.class);

  /// How many times a model's window, or our own count, a report may differ by: tokenizers,
  /// templates and hidden reasoning explain less.
  private static final long CREDIBLE_FACTOR_MAX = 2;

  private static final long CREDIBLE_DIVISOR_MAX = 4;

  /// What an answered call costs.
  ///
  /// @param credible whether it is what the provider says, or our count where it says nothing
  record Bill(Usage usage, double usd, boolean credible) {}

  /// Returns the most that it can cost.
  double usdMost() {
    return Math.max(reservedUsd, Math.max(most(begun), most(ended)));
  }

  private double most(Instant at) {
    return reservedUsd == 0 ? 0 : PaidCalls.cost(choice, window, beside(), at).mostUsd();
  }

  private int beside() {
    ModelProfile model = choice.model();
    return ExtraTokens.tokens(options, Images.of(options.images(), model), model);
  }

  /// Returns the bill of its answer.
  ///
  /// If the provider reports no usage, our own counts are used, of all that it bills: images and
  /// tools with the prompt, thoughts and calls of tools with the answer. A report that cannot be
  /// true is not believed, and the call costs its most.
  ///
  /// @param reasoning the thoughts that came with it
  /// @param reports how many reports of usage came: several may be of pieces, so the answer is then
  ///   no shorter than we count it
  Bill bill(Reply.Answered answered, CharSequence reasoning, int reports) {
    Usage said = answered.usage();
    if (reservedUsd == 0 && said.reported()) {
      return new Bill(said, usd(said), true);
    }
    Usage own = own(answered, reasoning);
    if (!said.reported()) {
      return new Bill(own, usd(own), true);
    }
    if (reports > 1 && said.completion() < own.completion()) {
      said =
          new Usage(
              said.prompt(), said.cached(), said.written(), own.completion(), own.reasoning());
    }
    if (isCredible(said, own)) {
      return new Bill(said, usd(said), true);
    }
    LOG.warn(
        "usage is not credible model={} prompt={} completion={} counted={}+{}",
        choice.model().id(),
        said.prompt(),
        said.completion(),
        own.prompt(),
        own.completion());
    return new Bill(own, usdMost(), false);
  }

  private Usage own(Reply.Answered answered, CharSequence reasoning) {
    TokenCounter counter = Tokenizers.named(choice.model().tokenizer());
    long thoughts = counter.count(reasoning);
    long written = counter.count(answered.text()) + counter.count(answered.besides().text());
    long read = PaidCalls.promptTokens(choice, window) + beside();
    return new Usage(read, 0, 0, written + thoughts, thoughts);
  }

  private boolean isCredible(Usage said, Usage own) {
    long most = CREDIBLE_FACTOR_MAX * choice.model().limits().windowTokens();
    return said.prompt() <= most
        && said.completion() <= most
        && said.prompt() >= own.prompt() / CREDIBLE_DIVISOR_MAX
        && said.completion() >= own.completion() / CREDIBLE_DIVISOR_MAX;
  }

  private double usd(Usage usage) {
    return Math.max(Cost.of(choice.model(), usage, begun), Cost.of(choice.model(), usage, ended));
  }
}
