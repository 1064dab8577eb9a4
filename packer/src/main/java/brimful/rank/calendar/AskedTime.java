package brimful.rank.calendar;

import brimful.corpus.Minutes;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The time that a question asks about: `on 1 May 2024`, `last May`, `since Tuesday`, `two weeks
/// ago`, `between March and May 2024`; in English and German.
///
/// What is relative needs the day of the question. Months and days of the week without more are the
/// last ones that have begun. Quarters, half-years and calendar weeks are [CalendarPeriods]. A time
/// that only an event tells, as in `before the release`, is none here; [TurnTimes] looks it up.
public final class AskedTime {
  private static final LocalDate EVER = LocalDate.of(1, 1, 1);
  private static final LocalDate NEVER = LocalDate.of(9999, 12, 31);
  private static final int NUMBER_MAX = 1_000;

  private static final String[] MONTHS = {
    "january januar jan", "february februar feb", "march märz maerz mar", "april apr", "may mai",
    "june juni jun", "july juli jul", "august aug", "september sept sep", "october oktober oct okt",
    "november nov", "december dezember dec dez"
  };
  private static final String[] DAYS = {
    "monday montag",
    "tuesday dienstag",
    "wednesday mittwoch",
    "thursday donnerstag",
    "friday freitag",
    "saturday samstag sonnabend",
    "sunday sonntag"
  };
  private static final Map<String, Integer> MONTH = numbers(MONTHS);
  private static final Map<String, Integer> DAY = numbers(DAYS);
  private static final Map<String, Integer> NUMBER =
      numbers(
          "one a an ein einem einer",
          "two zwei",
          "three drei",
          "four vier",
          "five fünf",
          "six sechs");

  private static final String MONTH_NAME = "(?<month>" + String.join("|", MONTH.keySet()) + ")\\.?";
  private static final String LONG_MONTH =
      "(?<alone>january|januar|february|februar|march|märz|april|may|mai|june|juni|july|juli|august"
          + "|september|october|oktober|november|december|dezember)(?!\\w|\\.?,?\\s\\d)";
  private static final String COUNT =
      "(?<count>\\d{1,3}|" + String.join("|", NUMBER.keySet()) + ")";
  private static final String UNIT =
      "(?:(?<days>days?|tagen?)|(?<weeks>weeks?|wochen?)|(?<months>months?|monate?n?)|(?<years>years?|jahre?n?))";
  private static final String LAST = "(?:last|past|previous|letzte[nrsm]?|vergangene[nrsm]?)";
  private static final String THIS = "(?:this|diese[nrsm]?)";

  private static final Pattern TIME =
      Pattern.compile(
          "(?<!\\w)(?:(?<rule>since|seit|before|until|till|bis|after|nach|vor)\\s{1,3}(?:the |dem |der |am )?)?(?:"
              + ("(?<ago>" + COUNT + "\\s" + UNIT + "\\sago)")
              + named("|(?<=vor )(?<vor>" + COUNT + "\\s" + UNIT + ")", "2")
              + named("|(?<past>" + LAST + "\\s" + COUNT + "\\s" + UNIT + ")", "3")
              + ("|(?<whole>(?:(?<lastunit>"
                  + LAST
                  + ")|"
                  + THIS
                  + ")\\s(?:(?<week>week|woche)|(?<amonth>month|monat)|(?<ayear>year|jahr)))")
              + "|(?<iso>\\d{4}-\\d\\d(?:-\\d\\d)?)"
              + "|(?<german>\\d{1,2}\\.\\d{1,2}\\.\\d{4})"
              + ("|(?<day>\\d{1,2})(?:st|nd|rd|th|\\.)?\\s(?:of\\s)?"
                  + MONTH_NAME
                  + "(?:,?\\s(?<year>\\d{4}))?")
              + ("|"
                  + MONTH_NAME.replace("month>", "month2>")
                  + "\\s(?:(?<day2>\\d{1,2})(?:st|nd|rd|th)?(?!\\d)(?:,?\\s(?<year2>\\d{4}))?|(?<year3>\\d{4}))")
              + ("|(?<lead>(?:in|im|during|of|early|late|mid|"
                  + LAST
                  + "|"
                  + THIS
                  + ")\\s)?"
                  + LONG_MONTH)
              + ("|(?:(?<lastday>"
                  + LAST
                  + ")\\s)?(?<weekday>"
                  + String.join("|", DAY.keySet())
                  + ")")
              + "|(?<named>today|heute|yesterday|gestern)"
              + "|(?:in|im Jahr|of|during)?\\s?(?<onlyyear>(?:19|20)\\d\\d))(?![\\w-])",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

  private static final Pattern BETWEEN = Pattern.compile("(?i)(?:and|und|to|till|until|bis|[-–])");

  private final Optional<LocalDate> today;

  private AskedTime(Optional<LocalDate> today) {
    this.today = today;
  }

  /// Gives the groups of a count names of their own: a pattern has no name twice.
  private static String named(String pattern, String suffix) {
    return pattern.replaceAll("\\?<(count|days|weeks|months|years)>", "?<$1" + suffix + ">");
  }

  private static Map<String, Integer> numbers(String... names) {
    var numbers = new HashMap<String, Integer>();
    for (int i = 0; i < names.length; i++) {
      for (String name : names[i].split(" ", -1)) {
        numbers.put(name, i + 1);
      }
    }
    return numbers;
  }

  private record Days(LocalDate first, LocalDate last) {}

  private record Found(int start, int end, String rule, Days days) {}

  /// Returns the time that a question asks about; empty if it names none.
  ///
  /// @param today when it is asked; empty leaves out what is relative to it
  public static Optional<Minutes> of(String question, Optional<LocalDate> today) {
    var asked = new AskedTime(today);
    List<Found> found = asked.found(question);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Found first = found.getFirst();
    if (found.size() > 1 && first.rule().isEmpty()) {
      String between = question.substring(first.end(), found.get(1).start());
      String rule = found.get(1).rule();
      boolean range = BETWEEN.matcher(between.strip() + rule).matches();
      if (range && !found.get(1).days().last().isBefore(first.days().first())) {
        return minutes(first.days().first(), found.get(1).days().last());
      }
    }
    return asked.ruled(first);
  }

  private List<Found> found(String text) {
    var found = new ArrayList<Found>();
    for (CalendarPeriods.Period period : CalendarPeriods.of(text, today)) {
      var days = new Days(period.first(), period.last());
      found.add(new Found(period.start(), period.end(), period.rule(), days));
    }
    List<Found> periods = List.copyOf(found);
    Matcher time = TIME.matcher(text);
    for (int dates = 0; dates < 2 && time.find(); ) {
      // "vor 3 Tagen" is three days ago, "vor Mai" is before May.
      boolean ruled = time.group("rule") != null && time.group("vor") == null;
      String rule = ruled ? time.group("rule").toLowerCase(Locale.ROOT) : "";
      int start = time.start();
      int end = time.end();
      Optional<Days> days =
          periods.stream().anyMatch(period -> period.start() < end && start < period.end())
              ? Optional.empty()
              : days(time, text);
      days.ifPresent(its -> found.add(new Found(start, end, rule, its)));
      dates += days.isPresent() ? 1 : 0;
    }
    found.sort(Comparator.comparingInt(Found::start));
    return found;
  }

  private Optional<Minutes> ruled(Found found) {
    Days days = found.days();
    return switch (found.rule()) {
      case "since", "seit" ->
          minutes(days.first(), today.filter(day -> !day.isBefore(days.first())).orElse(NEVER));
      case "before", "vor" ->
          days.first().equals(EVER) ? Optional.empty() : minutes(EVER, days.first().minusDays(1));
      case "until", "till", "bis" -> minutes(EVER, days.last());
      case "after", "nach" ->
          days.last().equals(NEVER) ? Optional.empty() : minutes(days.last().plusDays(1), NEVER);
      default -> minutes(days.first(), days.last());
    };
  }

  private static Optional<Minutes> minutes(LocalDate first, LocalDate last) {
    LocalDateTime from = first.atStartOfDay();
    LocalDateTime to = last.atTime(23, 59);
    // A week before the first of all years, or after the last.
    return Minutes.has(from) && Minutes.has(to) && !to.isBefore(from)
        ? Optional.of(new Minutes(from, to))
        : Optional.empty();
  }

  private Optional<Days> days(Matcher time, String text) {
    try {
      if (time.group("iso") != null) {
        return iso(time.group("iso"));
      }
      if (time.group("german") != null) {
        String[] parts = time.group("german").split("\\.", -1);
        return day(number(parts[2]), number(parts[1]), number(parts[0]));
      }
      if (time.group("month") != null) {
        return monthDay(time.group("month"), time.group("day"), time.group("year"));
      }
      if (time.group("month2") != null) {
        return time.group("year3") == null
            ? monthDay(time.group("month2"), time.group("day2"), time.group("year2"))
            : Optional.of(
                month(YearMonth.of(number(time.group("year3")), month(time.group("month2")))));
      }
      if (time.group("onlyyear") != null) {
        boolean led = time.start() < time.start("onlyyear");
        int year = number(time.group("onlyyear"));
        return led
            ? Optional.of(new Days(LocalDate.of(year, 1, 1), LocalDate.of(year, 12, 31)))
            : Optional.empty();
      }
      return today.flatMap(day -> relative(time, day));
    } catch (DateTimeException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Days> iso(String written) {
    if (written.length() == "2024-05".length()) {
      return Optional.of(month(YearMonth.parse(written)));
    }
    LocalDate day = LocalDate.parse(written);
    return Optional.of(new Days(day, day));
  }

  private static int number(String digits) {
    return Integer.parseInt(digits);
  }

  private static int month(String name) {
    return MONTH.getOrDefault(name.toLowerCase(Locale.ROOT), 1);
  }

  private static Days month(YearMonth month) {
    return new Days(month.atDay(1), month.atEndOfMonth());
  }

  private static Optional<Days> day(int year, int month, int day) {
    LocalDate date = LocalDate.of(year, month, day);
    return Optional.of(new Days(date, date));
  }

  private Optional<Days> monthDay(String month, String day, String year) {
    if (year != null) {
      return day(number(year), month(month), number(day));
    }
    if (today.isEmpty()) {
      return Optional.empty();
    }
    LocalDate date = LocalDate.of(today.get().getYear(), month(month), number(day));
    LocalDate last = date.isAfter(today.get()) ? date.minusYears(1) : date;
    return Optional.of(new Days(last, last));
  }

  private static Optional<Days> relative(Matcher time, LocalDate today) {
    if (time.group("named") != null) {
      boolean now = time.group("named").matches("(?i)today|heute");
      LocalDate day = now ? today : today.minusDays(1);
      return Optional.of(new Days(day, day));
    }
    if (time.group("weekday") != null) {
      DayOfWeek day =
          DayOfWeek.of(DAY.getOrDefault(time.group("weekday").toLowerCase(Locale.ROOT), 1));
      LocalDate last = today.with(TemporalAdjusters.previous(day));
      return Optional.of(new Days(last, last));
    }
    if (time.group("alone") != null) {
      return lastMonth(time, today);
    }
    if (time.group("whole") != null) {
      return Optional.of(whole(time, today));
    }
    for (String suffix : List.of("", "2", "3")) {
      if (time.group("count" + suffix) != null) {
        return counted(time, suffix, today);
      }
    }
    return Optional.empty();
  }

  /// `May` is a month only in capitals and after a word such as `in`.
  private static Optional<Days> lastMonth(Matcher time, LocalDate today) {
    String name = time.group("alone");
    boolean led = time.group("lead") != null || time.group("rule") != null;
    boolean verb = name.matches("(?i)may|march|august|mai");
    if (!Character.isUpperCase(name.charAt(0)) || (verb && !led)) {
      return Optional.empty();
    }
    YearMonth now = YearMonth.from(today);
    YearMonth month = YearMonth.of(now.getYear(), month(name));
    boolean before =
        time.group("lead") != null && time.group("lead").matches("(?i)" + LAST + "\\s");
    boolean ahead = before ? !month.isBefore(now) : month.isAfter(now);
    return Optional.of(month(ahead ? month.minusYears(1) : month));
  }

  private static Days whole(Matcher time, LocalDate today) {
    int back = time.group("lastunit") == null ? 0 : 1;
    if (time.group("week") != null) {
      LocalDate monday =
          today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).minusWeeks(back);
      return new Days(monday, monday.plusDays(6));
    }
    if (time.group("amonth") != null) {
      return month(YearMonth.from(today).minusMonths(back));
    }
    int year = today.getYear() - back;
    return new Days(LocalDate.of(year, 1, 1), LocalDate.of(year, 12, 31));
  }

  /// `three weeks ago` is around that day, `the last three weeks` are all of them.
  private static Optional<Days> counted(Matcher time, String suffix, LocalDate today) {
    String written = time.group("count" + suffix).toLowerCase(Locale.ROOT);
    int count = NUMBER.containsKey(written) ? NUMBER.getOrDefault(written, 1) : number(written);
    if (count > NUMBER_MAX) {
      return Optional.empty();
    }
    boolean all = suffix.equals("3");
    if (time.group("days" + suffix) != null) {
      LocalDate day = today.minusDays(count);
      return Optional.of(new Days(day, all ? today : day));
    }
    if (time.group("weeks" + suffix) != null) {
      LocalDate day = today.minusWeeks(count);
      return Optional.of(all ? new Days(day, today) : new Days(day.minusDays(3), day.plusDays(3)));
    }
    if (time.group("months" + suffix) != null) {
      YearMonth month = YearMonth.from(today).minusMonths(count);
      return Optional.of(all ? new Days(today.minusMonths(count), today) : month(month));
    }
    int year = today.getYear() - count;
    return Optional.of(
        all
            ? new Days(today.minusYears(count), today)
            : new Days(LocalDate.of(year, 1, 1), LocalDate.of(year, 12, 31)));
  }
}
