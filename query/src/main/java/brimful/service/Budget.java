package brimful.service;

import brimful.corpus.UserError;
import java.util.Locale;
import java.util.OptionalInt;

/// The size limit of a window.
///
/// @param tokens the most tokens of the whole prompt
/// @param auto whether the window may end earlier, where more evidence does not pay
public record Budget(int tokens, boolean auto) {
  /// The budget of a window without documents.
  public static final String NONE = "none";

  private static final String AUTO = "auto";

  /// What stands between `auto` and its limit.
  private static final String UP_TO = "auto:";

  /// Returns a budget to fill.
  public static Budget of(int tokens) {
    return new Budget(tokens, false);
  }

  /// Parses a budget.
  ///
  /// @param text such as `8000`, `32k`, `1M`, `auto`, or `auto:128k` for `auto` up to a limit;
  ///   empty for all that is usable
  /// @param usable what the model can read; the most for `auto`
  /// @throws UserError if the text is not a budget, or is more than that
  public static Budget parse(String text, int usable) {
    String bare = text.strip().toLowerCase(Locale.ROOT);
    if (bare.isEmpty() || bare.equals(AUTO)) {
      return new Budget(usable, bare.equals(AUTO));
    }
    if (bare.startsWith(UP_TO)) {
      return new Budget(Math.min(usable, tokens(text, bare.substring(UP_TO.length()))), true);
    }
    int tokens = tokens(text, text);
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

  /// Returns whether a text says that no documents are wanted.
  public static boolean isNone(String text) {
    return text.strip().equalsIgnoreCase(NONE);
  }

  /// Returns whether a text is a budget, or `none`.
  public static boolean isOne(String text) {
    String bare = text.strip().toLowerCase(Locale.ROOT);
    return isNone(bare)
        || bare.equals(AUTO)
        || number(bare.startsWith(UP_TO) ? bare.substring(UP_TO.length()) : bare).isPresent();
  }

  private static int tokens(String text, String number) {
    return number(number)
        .orElseThrow(() ->
            new UserError(
                UserError.Kind.USAGE,
                "budget \"%s\" is not a number of tokens: write it like 8000, 128k, 1M or auto"
                    .formatted(text)));
  }

  /// Parses a number of tokens such as `8000`, `128k`, `1M` or `0.5M`; k is 1,000 and M 1,000,000.
  ///
  /// @return empty if the text is not such a number, or less than 1
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
