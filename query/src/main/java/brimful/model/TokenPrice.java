package brimful.model;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;

/// A price in USD per million tokens, and when it applies.
///
/// @param missUsd prompt tokens that are read anew
/// @param hitUsd prompt tokens from the provider's cache
/// @param writeUsd prompt tokens that are put into the cache; `missUsd` where that is free
/// @param outputUsd tokens of the reply, reasoning included
public record TokenPrice(
    double missUsd, double hitUsd, double writeUsd, double outputUsd, Condition when) {
  /// A dollar a token is no price.
  static final int USD_MAX = 1_000_000;

  public TokenPrice {
    double all = missUsd + hitUsd + writeUsd + outputUsd;
    if (!(missUsd >= 0 && hitUsd >= 0 && writeUsd >= 0 && outputUsd >= 0 && all <= USD_MAX)) {
      throw new IllegalArgumentException(
          "price of %s, %s, %s or %s USD for a million tokens: none is below 0, or all above %s USD"
              .formatted(missUsd, hitUsd, writeUsd, outputUsd, USD_MAX));
    }
  }

  /// Returns the highest price of a prompt token, however it is read.
  double mostReadUsd() {
    return Math.max(missUsd, Math.max(hitUsd, writeUsd));
  }

  /// When a price applies: all three must hold.
  ///
  /// @param from the first day (UTC)
  /// @param promptTokensAbove the prompt has more tokens than this
  /// @param weekdayHours one of these spans on Monday to Friday (UTC); empty for all times. A
  ///   provider's public holidays are not known here, so on those the price is an upper bound
  public record Condition(LocalDate from, long promptTokensAbove, List<Hours> weekdayHours) {
    public Condition {
      weekdayHours = List.copyOf(weekdayHours);
    }

    boolean holds(long promptTokens, Instant at) {
      ZonedDateTime time = at.atZone(ZoneOffset.UTC);
      return !time.toLocalDate().isBefore(from)
          && promptTokens > promptTokensAbove
          && (weekdayHours.isEmpty()
              || (time.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0
                  && weekdayHours.stream().anyMatch(span -> span.holds(time.toLocalTime()))));
    }
  }

  /// A span of a day, from the first minute up to, but not including, the last. One that ends
  /// before it begins goes over midnight: both its parts are on the days of the condition.
  public record Hours(LocalTime from, LocalTime until) {
    boolean holds(LocalTime time) {
      boolean begun = !time.isBefore(from);
      boolean goesOn = time.isBefore(until);
      return from.isBefore(until) ? begun && goesOn : begun || goesOn;
    }
  }
}
