package brimful.extract.chat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads times as exports write them: ISO 8601, or a count of seconds or smaller units since 1970.
///
/// A written time stays in the zone in which it is written, because people remember it so; counted
/// seconds are UTC.
final class ChatTimes {
  private static final Pattern ISO =
      Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)[T ](\\d\\d:\\d\\d)(?::\\d\\d.*|[^\\d:].*)?");
  private static final Pattern COUNT = Pattern.compile("(\\d{9,19})(?:\\.\\d*)?");

  /// Counts above are of thousandths of the unit before: 1e11 seconds are the year 5138.
  private static final long SECONDS_MAX = 100_000_000_000L;

  private ChatTimes() {}

  /// Returns the first of some fields that is a time.
  static Optional<LocalDateTime> of(JsonNode node, String... fields) {
    for (String field : fields) {
      Optional<LocalDateTime> time = of(node.path(field).asText());
      if (time.isPresent()) {
        return time;
      }
    }
    return Optional.empty();
  }

  static Optional<LocalDateTime> of(String written) {
    try {
      Matcher iso = ISO.matcher(written);
      if (iso.matches()) {
        return Optional.of(LocalDateTime.parse(iso.group(1) + "T" + iso.group(2)));
      }
      Matcher count = COUNT.matcher(plain(written));
      if (!count.matches()) {
        return Optional.empty();
      }
      long seconds = Long.parseLong(count.group(1));
      while (seconds > SECONDS_MAX) {
        seconds /= 1000;
      }
      return Optional.of(LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC));
    } catch (DateTimeException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /// Returns `1.714560000123E9` as digits.
  private static String plain(String written) {
    boolean exponent = written.length() < 30 && written.matches("\\d\\.\\d+[Ee]\\+?\\d{1,2}");
    return exponent ? new BigDecimal(written).toPlainString() : written;
  }
}
