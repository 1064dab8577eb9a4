package brimful.corpus;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A stretch of time as a calendar and a clock show it, in whole minutes, both ends included.
///
/// @param first in a year from 1 to 9999
public record Minutes(LocalDateTime first, LocalDateTime last) {
  private static final DateTimeFormatter SHOWN =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);
  private static final int DAY_CHARS = "2024-05-01 ".length();
  private static final int YEAR_MAX = 9999;

  private static final Pattern WRITTEN =
      Pattern.compile(
          "(\\d{4}-\\d\\d-\\d\\d)(?:(?:T|,?\\s{1,2})(\\d{1,2}:\\d\\d))?"
              + "(?:\\s?[-\u2010-\u2015]\\s?(?:(\\d{4}-\\d\\d-\\d\\d)(?:T|,?\\s{1,2}))?(\\d{1,2}:\\d\\d))?");

  public Minutes {
    first = first.truncatedTo(ChronoUnit.MINUTES);
    last = last.truncatedTo(ChronoUnit.MINUTES);
    if (last.isBefore(first) || first.getYear() < 1 || last.getYear() > YEAR_MAX) {
      throw new IllegalArgumentException(
          "%s to %s: give the earlier first, and years from 1 to %s"
              .formatted(first, last, YEAR_MAX));
    }
  }

  /// Returns one minute.
  public static Minutes of(LocalDateTime time) {
    return new Minutes(time, time);
  }

  /// Returns whether a year can be written.
  public static boolean has(LocalDateTime time) {
    return time.getYear() >= 1 && time.getYear() <= YEAR_MAX;
  }

  /// Parses what [#display] returns, or a day alone; empty if a text is something else.
  public static Optional<Minutes> parse(String text) {
    Matcher written = WRITTEN.matcher(text);
    return written.matches() ? of(written) : Optional.empty();
  }

  /// Parses what [#parse] does at a position of a text, whatever follows.
  public static Optional<Minutes> at(String text, int start) {
    Matcher written = WRITTEN.matcher(text).region(start, text.length());
    return written.lookingAt() ? of(written) : Optional.empty();
  }

  private static Optional<Minutes> of(Matcher written) {
    try {
      LocalDate day = LocalDate.parse(written.group(1));
      if (written.group(2) == null && written.group(4) == null) {
        return Optional.of(new Minutes(day.atStartOfDay(), day.atTime(23, 59)));
      }
      LocalDateTime first =
          written.group(2) == null ? day.atStartOfDay() : day.atTime(clock(written.group(2)));
      LocalDate until = written.group(3) == null ? day : LocalDate.parse(written.group(3));
      LocalDateTime last = written.group(4) == null ? first : until.atTime(clock(written.group(4)));
      return Optional.of(last.isBefore(first) ? of(first) : new Minutes(first, last));
    } catch (DateTimeException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static LocalTime clock(String written) {
    return LocalTime.parse(written.length() == 4 ? "0" + written : written);
  }

  /// Returns the shortest stretch with both.
  public Minutes to(Minutes other) {
    return new Minutes(
        first.isBefore(other.first) ? first : other.first,
        last.isAfter(other.last) ? last : other.last);
  }

  /// Returns whether some minute is in both.
  public boolean meets(Minutes other) {
    return !first.isAfter(other.last) && !other.first.isAfter(last);
  }

  /// Returns how people write it: `2024-05-01 10:32`, `2024-05-01 10:32-10:40`.
  public String display() {
    String from = SHOWN.format(first);
    String until = SHOWN.format(last);
    if (from.equals(until)) {
      return from;
    }
    boolean sameDay = until.startsWith(from.substring(0, DAY_CHARS));
    return from + "-" + (sameDay ? until.substring(DAY_CHARS) : until);
  }
}
