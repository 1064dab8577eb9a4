package brimful.desk;

import brimful.window.Budget;
import java.util.Locale;

/// Reads budgets as people write them.
public final class Budgets {
  private Budgets() {}

  /// Returns a budget.
  ///
  /// @param text such as `8000`, `32k`, `1M` or `auto`; empty for all that is usable
  /// @param usable what the model can read
  /// @throws IllegalArgumentException if it is none, or more than that
  public static Budget parse(String text, int usable) {
    String lower = text.strip().toLowerCase(Locale.ROOT).replace("_", "");
    if (lower.isEmpty() || lower.equals("auto")) {
      return new Budget(usable, lower.equals("auto"));
    }
    int tokens = tokens(lower, text);
    if (tokens > usable) {
      throw new IllegalArgumentException(
          "budget of %,d tokens is more than the %,d that the model can read beside its reply: lower it"
              .formatted(tokens, usable));
    }
    return Budget.of(tokens);
  }

  private static int tokens(String lower, String text) {
    int scale = lower.endsWith("k") ? 1_000 : lower.endsWith("m") ? 1_000_000 : 1;
    try {
      double tokens =
          Double.parseDouble(scale == 1 ? lower : lower.substring(0, lower.length() - 1)) * scale;
      if (tokens >= 1 && tokens <= Integer.MAX_VALUE) {
        return (int) Math.round(tokens);
      }
    } catch (NumberFormatException _) {
      // Said below, as for a number that is out of range.
    }
    throw new IllegalArgumentException(
        "budget \"%s\" is not a number of tokens: write it like 8000, 128k, 1M or auto"
            .formatted(text));
  }
}
