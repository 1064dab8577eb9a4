package brimful.extract.mail;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The date of a mail: the sender's local time, and the same in UTC.
final class MailDate {
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

  private static final Pattern DATE =
      Pattern.compile(
          "(?:[A-Za-z]+[,.]?\\s+)?(\\d{1,2})[\\s-]+([A-Za-z]{3})[a-z]*[\\s-]+(\\d{2,4})\\s+"
              + "(\\d{1,2}):(\\d\\d)(?::(\\d\\d))?\\s*([+-]\\d{4}|[A-Za-z]+)?.*",
          Pattern.DOTALL);

  private static final Map<String, Integer> ZONES =
      Map.of(
          "EST", -5, "EDT", -4, "CST", -6, "CDT", -5, "MST", -7, "MDT", -6, "PST", -8, "PDT", -7);

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

  private static final int CENTURY_STARTS = 50;

  private MailDate() {}

  /// Returns `2024-04-02 10:00 (08:00 UTC)`, with the day in UTC where that is another one, or what
  /// is written if it is no date.
  static String display(String written) {
    String text = written.strip();
    try {
      Matcher date = DATE.matcher(text);
      return shown(date.matches() ? time(date) : OffsetDateTime.parse(text));
    } catch (DateTimeException e) {
      return text;
    }
  }

  private static String shown(OffsetDateTime at) {
    OffsetDateTime utc = at.withOffsetSameInstant(ZoneOffset.UTC);
    if (at.getOffset().equals(ZoneOffset.UTC)) {
      return MINUTE.format(at) + " UTC";
    }
    boolean sameDay = at.toLocalDate().equals(utc.toLocalDate());
    return MINUTE.format(at) + " (" + (sameDay ? TIME : MINUTE).format(utc) + " UTC)";
  }

  private static OffsetDateTime time(Matcher date) {
    int month = MONTHS.indexOf(date.group(2).toLowerCase(Locale.ROOT)) + 1;
    int year = Integer.parseInt(date.group(3));
    int whole = year >= 1000 ? year : year < CENTURY_STARTS ? year + 2000 : year + 1900;
    int seconds = date.group(6) == null ? 0 : Math.min(59, Integer.parseInt(date.group(6)));
    return OffsetDateTime.of(
        whole,
        month,
        Integer.parseInt(date.group(1)),
        Integer.parseInt(date.group(4)),
        Integer.parseInt(date.group(5)),
        seconds,
        0,
        zone(date.group(7) == null ? "" : date.group(7)));
  }

  private static ZoneOffset zone(String zone) {
    return zone.startsWith("+") || zone.startsWith("-")
        ? ZoneOffset.of(zone)
        : ZoneOffset.ofHours(ZONES.getOrDefault(zone.toUpperCase(Locale.ROOT), 0));
  }
}
