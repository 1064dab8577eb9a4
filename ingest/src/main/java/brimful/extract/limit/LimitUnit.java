package brimful.extract.limit;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How the value of a limit is written: `4g`, `90s`, `100000`.
enum LimitUnit {
  /// `k`, `m`, `g` and `t` are powers of 1,024, as Java's options have them.
  BYTES("bytes", "kmgt", 1L << 10, 1L << 20, 1L << 30, 1L << 40),
  /// In milliseconds; a bare number means seconds.
  TIME("a time", "smh", 1_000, 60_000, 3_600_000),
  /// `k` and `m` are thousands and millions.
  COUNT("a number", "km", 1_000, 1_000_000);

  private static final Pattern VALUE = Pattern.compile("(\\d{1,18}(?:\\.\\d{1,6})?)\\s?([a-z]?)");

  private final String noun;
  private final String letters;
  private final long[] factors;

  LimitUnit(String noun, String letters, long... factors) {
    this.noun = noun;
    this.letters = letters;
    this.factors = factors;
  }

  String noun() {
    return noun;
  }

  /// Returns what a text means; empty if it has another form, or is not a whole number of bytes,
  /// milliseconds or things.
  OptionalLong parse(String text) {
    Matcher matcher = VALUE.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    String letter = matcher.group(2);
    int at = letters.indexOf(letter);
    if (at < 0) {
      return OptionalLong.empty();
    }
    long factor = letter.isEmpty() && this != TIME ? 1 : factors[at];
    try {
      return OptionalLong.of(
          new BigDecimal(matcher.group(1))
              .multiply(BigDecimal.valueOf(factor))
              .setScale(0, RoundingMode.UNNECESSARY)
              .longValueExact());
    } catch (ArithmeticException e) {
      return OptionalLong.empty();
    }
  }

  /// Returns the shortest text that means a value.
  String shown(long value) {
    if (this == COUNT) {
      return String.valueOf(value);
    }
    for (int i = factors.length - 1; i >= 0; i--) {
      if (value > 0 && value % factors[i] == 0) {
        return value / factors[i] + letters.substring(i, i + 1);
      }
    }
    return this == TIME
        ? BigDecimal.valueOf(value, 3).stripTrailingZeros().toPlainString() + "s"
        : String.valueOf(value);
  }
}
