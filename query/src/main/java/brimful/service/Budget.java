package brimful.service;

import brimful.corpus.UserError;
import java.util.Locale;
import java.util.OptionalInt;

/// How large a window may become.
///
/// @param tokens the most that the whole prompt may cost
/// @param auto whether it may stay below, where more no longer pays
public record Budget(int tokens, boolean auto) {
  private static final String AUTO = "auto";

  /// A budget that is to be filled.
  public static Budget of(int tokens) {
    return new Budget(tokens, false);
  }

  /// Reads a budget as people write it.
  ///
  /// @param text such as `8000`, `32k`, `1M` or `auto`; empty for all that is usable
  /// @param usable what the model can read; the most for `auto`
  /// @throws UserError if it is none, or more than that
  public static Budget parse(String text, int usable) {
    String bare = text.strip().toLowerCase(Locale.ROOT);
    if (bare.isEmpty() || bare.equals(AUTO)) {
      return new Budget(usable, bare.equals(AUTO));
    }
    int tokens =
        number(text)
            .orElseThrow(() ->
                new UserError(
                    UserError.Kind.USAGE,
                    "budget \"%s\" is not a number of tokens: write it like 8000, 128k, 1M or auto"
                        .formatted(text)));
    if (tokens > usable) {
      throw new UserError(
          UserError.Kind.USAGE,
          String.format(
              Locale.ROOT,
              "budget of %,d tokens is more than the %,d that the model can read beside its reply: lower it",
              tokens,
              usable));
    }
    return of(tokens);
  }

  /// Returns a number of tokens such as `8000`, `128k`, `1M` or `0.5M`; k is 1,000 and M 1,000,000.
  ///
  /// @return empty if it is none, or none of 1 or more
  public static OptionalInt number(String text) {
    String number = text.strip().toLowerCase(Locale.ROOT).replace("_", "");
    int scale = 1;
    if (number.endsWith("k") || number.endsWith("m")) {
      scale = number.endsWith("k") ? 1_000 : 1_000_000;
      number = number.substring(0, number.length() - 1);
    }
    try {
      double tokens = Double.parseDouble(number) * scale;
      return tokens >= 1 && tokens <= Integer.MAX_VALUE
          ? OptionalInt.of((int) Math.round(tokens))
          : OptionalInt.empty();
    } catch (NumberFormatException _) {
      return OptionalInt.empty();
    }
  }
}
