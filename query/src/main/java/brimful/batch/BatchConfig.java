package brimful.batch;

import brimful.corpus.UserError;
import java.time.Duration;
import java.util.Locale;

/// How a batch is run.
///
/// @param budgetTokens the most that each prompt may cost
/// @param group how many questions go in one call
/// @param concurrency how many calls may be under way
/// @param usdMax what all runs of the batch together may cost; infinite for no limit
/// @param offPeak whether calls wait for the provider's cheaper hours
/// @param answerTokens what is expected of a reply for each of its questions, reasoning included
/// @param settle how long a provider is given to store a unit's documents before they are asked
public record BatchConfig(
    int budgetTokens,
    int group,
    int concurrency,
    double usdMax,
    boolean offPeak,
    int answerTokens,
    Duration settle) {
  /// No provider of the catalog takes more by default than a few thousand.
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
          UserError.Kind.USAGE, "at most %s USD: give more than nothing".formatted(usdMax));
    }
  }

  /// Four calls at once, a question each, without a limit of money.
  public static BatchConfig of(int budgetTokens) {
    return new BatchConfig(budgetTokens, 1, 4, Double.POSITIVE_INFINITY, false, 200, Duration.ZERO);
  }
}
