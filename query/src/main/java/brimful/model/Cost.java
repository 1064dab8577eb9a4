package brimful.model;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// What a call costs, in USD.
///
/// @param missUsd the prompt without any cache hit
/// @param hitUsd the prompt if all of it is cached
/// @param replyUsd the reply
/// @param known whether the model's price is known; if not, all are 0
public record Cost(double missUsd, double hitUsd, double replyUsd, boolean known) {
  public static final double PER = 1_000_000;

  /// Returns the highest and lowest cost of a future call.
  ///
  /// @param promptTokens all of the prompt, its template included; decides over surcharges
  /// @param replyTokens how long the reply may get
  /// @param at when it is sent; decides over peak hours
  public static Cost estimate(
      ModelProfile profile, long promptTokens, long replyTokens, Instant at) {
    return rate(profile, promptTokens, at)
        .map(tokenPrice ->
            new Cost(
                promptTokens * tokenPrice.mostReadUsd() / PER,
                promptTokens * tokenPrice.hitUsd() / PER,
                replyTokens * tokenPrice.outputUsd() / PER,
                true))
        .orElse(new Cost(0, 0, 0, false));
  }

  /// Returns the cost of a completed call, in USD; 0 if the model's price is unknown.
  public static double of(ModelProfile profile, Usage usage, Instant at) {
    return rate(profile, usage.prompt(), at)
        .map(tokenPrice ->
            ((usage.prompt() - usage.cached() - usage.written()) * tokenPrice.missUsd()
                    + usage.cached() * tokenPrice.hitUsd()
                    + usage.written() * tokenPrice.writeUsd()
                    + usage.completion() * tokenPrice.outputUsd())
                / PER)
        .orElse(0.0);
  }

  /// Returns the price that applies to a prompt, if known.
  public static Optional<TokenPrice> rate(ModelProfile profile, long promptTokens, Instant at) {
    return profile.rates().stream()
        .filter(tokenPrice -> tokenPrice.when().holds(promptTokens, at))
        .reduce((_, last) -> last);
  }

  /// Returns the highest possible cost: nothing cached, and the longest reply.
  public double mostUsd() {
    return missUsd + replyUsd;
  }

  /// Returns an amount as people read it: `$0.15`, and `$0.0031` below ten cents.
  public static String display(double usd) {
    return String.format(Locale.ROOT, usd < 0.1 && usd > 0 ? "$%.4f" : "$%.2f", usd);
  }
}
