package brimful.batch;

import brimful.corpus.UserError;
import java.time.Duration;
import java.util.Locale;

/// How a batch is run.
///
/// @param budgetTokens the most that each prompt may cost
/// @param group how many questions share one call
/// @param concurrency how many calls may be in flight
/// @param usdMax the limit for all runs of the batch together; infinite for none
/// @param offPeak whether calls wait for the provider's off-peak hours
/// @param answerTokens the expected tokens of a reply for each of its questions, with reasoning
/// @param settle how long a provider gets to store a unit's documents before the first question
/// @param stores whether a unit's documents are stored for later questions even where this batch
///   has only one
public record BatchConfig(
    int budgetTokens,
    int group,
    int concurrency,
    double usdMax,
    boolean offPeak,
    int answerTokens,
    Duration settle,
    boolean stores) {
  /// No provider of the catalog accepts more than a few thousand by default.
  private static final int CONCURRENCY_MAX = 512;

  public BatchConfig {
    if (group < 1 || group > BatchQuestion.QUESTIONS_MAX) {
      throw new UserError(
          UserError.Kind.USAGE,
          String.format(
              Locale.ROOT,
              "groups of %d questions: give 1 to %,d",
              group,
              BatchQuestion.QUESTIONS_MAX));
    }
    if (concurrency < 1 || concurrency > CONCURRENCY_MAX) {
      throw new UserError(
          UserError.Kind.USAGE,
          "%s calls at once: give 1 to %s".formatted(concurrency, CONCURRENCY_MAX));
    }
    if (!(usdMax > 0)) {
      throw new UserError(
          UserError.Kind.USAGE,
          "a limit of %s USD allows nothing: write an amount above 0, or leave it out"
              .formatted(usdMax));
    }
  }

  /// Returns a configuration that stores what its own questions need.
  public BatchConfig(
      int budgetTokens,
      int group,
      int concurrency,
      double usdMax,
      boolean offPeak,
      int answerTokens,
      Duration settle) {
    this(budgetTokens, group, concurrency, usdMax, offPeak, answerTokens, settle, false);
  }

  /// Four concurrent calls with one question each, without a limit of money.
  public static BatchConfig of(int budgetTokens) {
    return new BatchConfig(budgetTokens, 1, 4, Double.POSITIVE_INFINITY, false, 200, Duration.ZERO);
  }
}
