package brimful.extract.media;

import brimful.corpus.Counted;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;

/// What transcribing costs, and how much of it this process may still pay. Without a price, nothing
/// is counted. Safe for many threads.
final class SpeechBudget {
  private static final BigDecimal SECONDS_A_MINUTE = BigDecimal.valueOf(60);

  private final Optional<BigDecimal> usdMinute;
  private final BigDecimal usdMax;
  private BigDecimal spent = BigDecimal.ZERO;

  SpeechBudget(Optional<BigDecimal> usdMinute, BigDecimal usdMax) {
    this.usdMinute = usdMinute;
    this.usdMax = usdMax;
  }

  /// Returns what so much sound costs, rounded up to a hundredth of a cent.
  private Optional<BigDecimal> cost(double seconds) {
    return usdMinute.map(usd ->
        usd.multiply(BigDecimal.valueOf(seconds)).divide(SECONDS_A_MINUTE, 4, RoundingMode.UP));
  }

  /// Returns the cost for people, such as ` for $0.0800`; empty if nobody knows.
  String shown(double seconds) {
    return cost(seconds).map(usd -> " for $" + usd.toPlainString()).orElse("");
  }

  /// Returns what transcribing will take, in a line, before anything is sent.
  ///
  /// @param seconds how much will be sent at most
  synchronized String forecast(int recordings, double seconds) {
    String minutes =
        String.format(
            Locale.ROOT,
            "transcription: %s, %.1f minutes of sound to send",
            Counted.of(recordings, "recording"),
            seconds / 60);
    Optional<BigDecimal> usd = cost(seconds);
    if (usd.isEmpty()) {
      return minutes + "; set %s to see what it costs".formatted(SpeechEndpoint.PRICE);
    }
    BigDecimal left = usdMax.subtract(spent).max(BigDecimal.ZERO);
    String cost =
        "%s for at most $%s, of $%s left by %s"
            .formatted(
                minutes,
                usd.get().toPlainString(),
                left.stripTrailingZeros().toPlainString(),
                SpeechEndpoint.USD_MAX);
    return usd.get().compareTo(left) > 0
        ? cost + ": it stops there, and goes on with the next run once that is higher"
        : cost;
  }

  /// Sets aside what a recording will cost.
  ///
  /// @param seconds how much of it will be sent
  /// @return why it must not be sent
  synchronized Optional<String> reserve(double seconds) {
    BigDecimal usd = cost(seconds).orElse(BigDecimal.ZERO);
    if (spent.add(usd).compareTo(usdMax) > 0) {
      return Optional.of(
          "would cost $%s, and $%s of %s=%s are spent: raise it"
              .formatted(
                  usd.toPlainString(),
                  spent.setScale(4, RoundingMode.UP).toPlainString(),
                  SpeechEndpoint.USD_MAX,
                  usdMax.toPlainString()));
    }
    spent = spent.add(usd);
    return Optional.empty();
  }

  /// Gives back what was set aside for sound that was not sent.
  synchronized void release(double seconds) {
    spent = spent.subtract(cost(seconds).orElse(BigDecimal.ZERO)).max(BigDecimal.ZERO);
  }
}
