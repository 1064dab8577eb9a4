package brimful.rank;

import brimful.index.ChunkRef;
import java.util.Locale;
import java.util.function.ToLongFunction;

/// Decides how much of a ranking is worth reading.
///
/// A question about one thing has few chunks close to its best one, a question about everything has
/// many. Where scores have fallen to [#SHARE] of the best, more context hardly helps. Measured
/// (bench/results/retrieval.md): at that point 93 % of LoCoMo's evidence and 96 % of SWE-bench
/// Lite's gold functions are in, and twice the tokens add 2 %. Pure.
public final class AutoBudget {
  /// The share of the best chunk's score that a chunk must have.
  static final double SHARE = 0.3;

  /// A window is never made smaller than this.
  static final int TOKENS_MIN = 2_000;

  /// Why a window that follows [#tokens] stops there.
  public static final String REASON =
      String.format(
          Locale.ROOT,
          "auto: chunks that are left out score less than %.0f %% of the best one",
          100 * SHARE);

  private AutoBudget() {}

  /// Returns the tokens of the chunks that are worth reading, without their documents' own lines.
  public static long tokens(Ranking ranking) {
    return tokens(ranking, ChunkRef::tokens);
  }

  /// Returns the tokens of the chunks that are worth reading, if they cost more than their text.
  ///
  /// @param cost what a chunk costs
  public static long tokens(Ranking ranking, ToLongFunction<ChunkRef> cost) {
    double least = ranking.chunks().isEmpty() ? 0 : SHARE * ranking.chunks().getFirst().score();
    long tokens =
        ranking.chunks().stream()
            .filter(ranked -> ranked.score() >= least)
            .mapToLong(ranked -> cost.applyAsLong(ranked.chunk()))
            .sum();
    return Math.max(TOKENS_MIN, tokens);
  }
}
