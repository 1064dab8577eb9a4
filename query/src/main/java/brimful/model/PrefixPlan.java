package brimful.model;

import java.time.Instant;

/// How much of a window is worth keeping the same for all questions of a session.
///
/// In a session of N prompts, k of them pay the full price m for a prefix (a surcharge on the first
/// write included) and the others the cached price h: a prefix token costs `c = (k·w + (N - k)·h) /
/// (N·m)` of one that is read anew each time. The prefix gets the share 1 - c of half the budget:
/// nothing where it costs as much as fresh evidence, and never more than the evidence has. On
/// deepseek-flash c is 1 for two questions, 0.41 for five, 0.12 for twenty.
public final class PrefixPlan {
  /// The evidence is chosen for the question, the prefix is not: it has at least half.
  private static final double SHARE_MAX = 0.5;

  /// 0.9 s instead of 11.8 s for 21,630 tokens, in llama.cpp on two processors.
  private static final double KEPT_TIME_SHARE = 0.08;

  /// What is sent beside the prefix's documents where it is a message of its own: the reply that is
  /// put into the model's mouth, and the template of two messages more.
  public static final int TURN_TOKENS = 32;

  private PrefixPlan() {}

  /// Returns the tokens of the prefix, 0 for none.
  ///
  /// @param budgetTokens what the whole prompt may cost
  /// @param questions how many will be asked of the same corpus while the cache remembers
  /// @param at when they are asked; decides over prices
  public static int tokens(ModelProfile profile, int budgetTokens, int questions, Instant at) {
    double saved = 1 - costShare(profile, budgetTokens, questions, at);
    int tokens = (int) (budgetTokens * SHARE_MAX * Math.max(0, saved));
    return tokens < Math.max(1, profile.cache().tokensMin()) ? 0 : tokens;
  }

  /// Returns what a prefix token costs on average, as a share of one that is read anew each time.
  private static double costShare(
      ModelProfile profile, int budgetTokens, int questions, Instant at) {
    CacheRule rule = profile.cache();
    if (rule.match() == CacheRule.Match.NOTHING) {
      return 1;
    }
    int cold = Math.min(questions, rule.coldPrompts());
    if (Cost.rate(profile, budgetTokens, at).filter(price -> price.missUsd() == 0).isPresent()) {
      // Nothing is paid but time: a runner reads what it has kept about twelve times as fast.
      return (cold + (questions - cold) * KEPT_TIME_SHARE) / questions;
    }
    return Cost.rate(profile, budgetTokens, at)
        .filter(tokenPrice -> tokenPrice.missUsd() > 0)
        .map(tokenPrice ->
            (cold * rule.writeUsd(tokenPrice) + (questions - cold) * rule.readUsd(tokenPrice))
                / (questions * tokenPrice.missUsd()))
        .orElse(1.0);
  }
}
