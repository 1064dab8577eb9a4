package brimful.model;

/// When the beginning of a prompt is cheaper because it was sent before.
///
/// Providers promise nothing: a cache may have forgotten. This is its behaviour at best.
///
/// @param kind "automatic", "explicit", "host" or "none"; in words for people
/// @param match what of a prompt is found again
/// @param tokensMin the shortest beginning that is kept
/// @param tokensStep hits grow by so many tokens
/// @param writeFactor the price of tokens that are written to the cache, relative to others, unless
///   the model's price says otherwise
/// @param readFactor the price of tokens that are found in it, likewise
/// @param unit what has to be the same, in words for people
public record CacheRule(
    String kind,
    Match match,
    int tokensMin,
    int tokensStep,
    double writeFactor,
    double readFactor,
    String unit) {

  /// The part of a prompt that is found again.
  public enum Match {
    /// Nothing, or unknown.
    NOTHING,

    /// The longest beginning that any earlier prompt had.
    PREFIX,

    /// Whole stored units. A unit ends where an earlier prompt ended, or where two of them
    /// diverged; so a beginning is found from its third prompt on. (Units at intervals inside
    /// prompts are documented too, but without their length; they are ignored.)
    UNITS,

    /// Up to a mark that an earlier prompt has set. OpenAI's protocol, which Brimful uses, does not
    /// carry marks.
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

  /// Returns how many prompts pay the full price for a beginning before it is found.
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
