package brimful.service;

import brimful.corpus.UserError;
import brimful.pack.Window;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;

/// Fills a window by a measure that only whole windows have: packs by the index's counts, measures,
/// and packs again for what is left or over.
///
/// The ratio of measure to counts changes little from one window to the next, so three more rounds
/// fill it. The window that is returned was measured, and is never over.
final class GaugedFill {
  private static final int ROUNDS_MAX = 4;

  /// How often it packs if no window has fitted yet.
  private static final int TRIES_MAX = 10;

  /// A window so full is not packed again.
  private static final double FULL = 0.985;

  /// The next one is aimed at this share: another selection has other text.
  private static final double AIM = 0.993;

  private final Gauge gauge;
  private final IntFunction<Window> packer;
  private final int limit;

  /// @param packer packs for a budget in the index's tokens
  /// @param limit the budget in the measure's tokens
  GaugedFill(Gauge gauge, IntFunction<Window> packer, int limit) {
    this.gauge = gauge;
    this.packer = packer;
    this.limit = limit;
  }

  /// Returns the fullest window that was found.
  ///
  /// @param start the first budget, in the index's tokens
  /// @param most the largest that is wanted
  Window fill(int start, int most) {
    Optional<Window> best = Optional.empty();
    long fits = 0;
    long over = Long.MAX_VALUE;
    long budget = Math.min(start, most);
    for (int round = 1; round <= TRIES_MAX; round++) {
      Window window = packer.apply((int) budget);
      Optional<Gauge.Measure> measure = gauge.of(window);
      if (measure.isEmpty()) {
        return best.orElseGet(() -> packer.apply(Math.min(limit, most)));
      }
      int tokens = measure.get().tokens();
      if (tokens <= limit) {
        fits = budget;
        if (best.isEmpty() || tokens > best.get().tokens()) {
          best = Optional.of(window.measured(tokens, limit, measure.get().exact()));
        }
        if (tokens >= FULL * limit || budget >= most || window.leftOut().isEmpty()) {
          return best.get();
        }
      } else {
        over = budget;
      }
      if (best.isPresent() && round >= ROUNDS_MAX) {
        return best.get();
      }
      budget = Math.min(most, next(window, tokens, fits, over));
    }
    throw new UserError(
        UserError.Kind.USAGE,
        String.format(
            Locale.ROOT,
            "instructions and question cost more than the budget of %,d tokens, as the runner counts them: ask less, or raise it",
            limit));
  }

  /// Returns a budget between one that fitted and one that was too large.
  private long next(Window window, int tokens, long fits, long over) {
    long aimed = (long) (AIM * limit * window.tokens() / Math.max(1, tokens));
    if (aimed > fits && aimed < over) {
      return aimed;
    }
    return over == Long.MAX_VALUE ? fits + Math.max(1, fits / 50) : Math.max(1, (fits + over) / 2);
  }
}
