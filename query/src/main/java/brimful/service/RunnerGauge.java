package brimful.service;

import brimful.ask.RunnerCount;
import brimful.model.LocalRunner;
import brimful.model.ModelChoice;
import brimful.model.ModelProfile;
import brimful.model.TokenFactors;
import brimful.model.TokenFactors.Script;
import brimful.model.Usage;
import brimful.pack.Window;
import brimful.token.TokenCounter;
import brimful.token.Tokenizers;
import java.util.Optional;
import java.util.OptionalDouble;

/// Measures windows for local runners: by the runner's own count, or else by what its replies have
/// taught.
final class RunnerGauge implements Gauge {
  /// Another text of the same script may need more than the one that was learned from.
  private static final double LEARNED_MARGIN = 1.05;

  /// A prompt that fills its context may have been cut, and teaches nothing.
  private static final double LEARNED_SHARE_MAX = 0.97;

  /// Shorter prompts are mostly template.
  private static final int LEARNED_TOKENS_MIN = 500;

  private final ModelProfile model;
  private final Optional<RunnerCount> count;
  private final TokenFactors factors;

  private RunnerGauge(ModelProfile model, Optional<RunnerCount> count, TokenFactors factors) {
    this.model = model;
    this.count = count;
    this.factors = factors;
  }

  /// Returns the gauge of a choice; empty if no local runner has the model.
  static Optional<Gauge> of(ModelChoice choice, TokenFactors factors) {
    return choice
        .runner()
        .map(_ -> new RunnerGauge(choice.model(), RunnerCount.of(choice), factors));
  }

  @Override
  public Optional<Measure> of(Window window) {
    return count.isPresent()
        ? count.get().of(window).map(counted -> measure(window, counted))
        : learned(window);
  }

  /// The template's tokens are planned apart from the window's.
  private Measure measure(Window window, RunnerCount.Count counted) {
    int template = counted.template() ? model.limits().templateTokens() : 0;
    long tokens = Math.max(1, counted.tokens() - template) + window.images().tokens();
    return new Measure(Math.toIntExact(tokens), true);
  }

  private Optional<Measure> learned(Window window) {
    OptionalDouble factor = factors.of(model, Script.of(window.prompt()));
    if (factor.isEmpty()) {
      return Optional.empty();
    }
    long images = window.images().tokens();
    double tokens = (window.tokens() - images) * factor.getAsDouble() * LEARNED_MARGIN;
    return Optional.of(new Measure((int) Math.ceil(tokens) + (int) images, false));
  }

  /// Learns from a reply to a window, if its runner does not count.
  static void learn(TokenFactors factors, ModelChoice choice, Window window, Usage usage) {
    Optional<LocalRunner> runner = choice.runner().filter(one -> !one.kind().counts());
    ModelProfile model = choice.model();
    if (runner.isEmpty()
        || !usage.reported()
        || window.images().tokens() > 0
        || usage.prompt() < LEARNED_TOKENS_MIN
        || usage.prompt() > LEARNED_SHARE_MAX * model.limits().promptTokensMax()) {
      return;
    }
    TokenCounter counter = Tokenizers.named(model.tokenizer());
    String prompt = window.prompt();
    factors.learn(model, Script.of(prompt), counter.count(prompt), usage.prompt());
  }
}
