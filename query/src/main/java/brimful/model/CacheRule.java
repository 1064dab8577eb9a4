package brimful.model;

/// When the beginning of a prompt costs less because it was sent before.
///
/// Providers promise nothing: a cache may have forgotten, and this says what it gives at best.
///
/// @param kind "automatic", "explicit", "host" or "none"; in words for people
/// @param match what of a prompt is found again
/// @param tokensMin the shortest beginning that is kept
/// @param tokensStep hits grow by so many tokens
/// @param writeFactor what tokens cost that are put into the cache, against others, where the
///   model's price does not say
/// @param readFactor what tokens cost that are found in it, likewise
/// @param unit what has to be the same, in words for people
public record CacheRule(
    String kind,
    Match match,
    int tokensMin,
    int tokensStep,
    double writeFactor,
    double readFactor,
    String unit) {

  /// What of a prompt is found again.
  public enum Match {
    /// Nothing, or nobody knows what.
    NOTHING,

    /// The longest beginning that any earlier prompt had.
    PREFIX,

    /// Whole stored units. A unit ends where an earlier prompt ended, or where two of them parted;
    /// so a beginning is found from the third prompt on that has it. (Units at intervals inside
    /// prompts are documented too, but not their length; they are not counted on.)
    UNITS,

    /// What an earlier prompt has marked, up to a mark. Marks are not sent over OpenAI's protocol,
    /// by which Brimful asks.
    MARKS
  }

  /// The rule where there is no cache.
  public static final CacheRule NONE = new CacheRule("none", Match.NOTHING, 0, 1, 1, 1, "-");

  public CacheRule {
    if (tokensMin < 0 || tokensStep < 1 || !(writeFactor >= 0) || !(readFactor >= 0)) {
      throw new IllegalArgumentException(
          "cache of at least %s tokens in steps of %s at factors %s and %s: give numbers that are not negative, and steps of 1 or more"
              .formatted(tokensMin, tokensStep, writeFactor, readFactor));
    }
  }

  /// Returns how many prompts pay the whole price for a beginning before it is found.
  int coldPrompts() {
    return match == Match.UNITS ? 2 : 1;
  }

  /// Returns what is found of a beginning of so many tokens.
  public long found(long tokens) {
    return tokens < Math.max(1, tokensMin) ? 0 : tokens / tokensStep * tokensStep;
  }

  /// Returns what a million tokens cost that are put into the cache, in USD.
  public double writeUsd(TokenPrice tokenPrice) {
    return tokenPrice.writeUsd() == tokenPrice.missUsd()
        ? tokenPrice.missUsd() * writeFactor
        : tokenPrice.writeUsd();
  }

  /// Returns what a million tokens cost that are found in the cache, in USD.
  public double readUsd(TokenPrice tokenPrice) {
    return tokenPrice.hitUsd() == tokenPrice.missUsd()
        ? tokenPrice.missUsd() * readFactor
        : tokenPrice.hitUsd();
  }
}
