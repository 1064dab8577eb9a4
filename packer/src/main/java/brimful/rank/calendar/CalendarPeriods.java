package brimful.rank.calendar;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The quarters, half-years and calendar weeks that a question names: `in Q3`, `the third quarter
/// of 2024`, `H1 2024`, `week 23`, `KW 23/2024`, `last quarter`; in English and German.
///
/// Weeks are those of ISO 8601. A period without a year takes that of the next one, as in `between
/// Q1 and Q3 2024`, or is the last one that has begun. A short name alone may be anything, as in
/// `what does Q3 ask`: it is a period behind a word such as `in`, or with a year. `Week 3 of the
/// course` is none.
final class CalendarPeriods {
  private static final String LEAD =
      "(?i:in|of|for|during|by|from|to|and|between|the|im|von|vom|zum|und|zwischen|des|dem|der|das)";

  private static final String NTH =
      "(?i:(?<first>first|erste[nrsm]?|1st|1\\.)|(?<second>second|zweite[nrsm]?|2nd|2\\.)"
          + "|(?<third>third|dritte[nrsm]?|3rd|3\\.)|(?<fourth>fourth|vierte[nrsm]?|4th|4\\.))";

  private static final List<String> ORDINALS = List.of("first", "second", "third", "fourth");

  private static final String YEAR =
      ",?\\s{1,2}(?:of |in |von )?(?<year>(?:19|20)\\d\\d)"
          + "|\\s?[/-]\\s?(?<year2>(?:19|20)\\d\\d)|\\s?['’](?<year3>\\d\\d)";

  private static final Pattern PERIOD =
      Pattern.compile(
          "(?<!\\w)(?:(?<rule>(?i:since|seit|before|until|till|bis|after|nach|vor))\\s{1,3})?"
              + ("(?<lead>(?:" + LEAD + "\\s{1,3}){1,3})?+")
              + "(?:(?:(?:(?<year0>(?:19|20)\\d\\d)[\\s/-]?)?(?<short>[QH])(?<number>[1-4])"
              + ("|" + NTH + "\\s(?i:quarter|quartal|(?<half>half|halbjahr|hälfte))")
              + "|(?i:(?<calendar>kw|cw|kalenderwoche|calendar week)|week|woche)\\s?(?<week>\\d{1,2}))"
              + ("(?>" + YEAR + "|(?!\\s(?i:of|der|des|von)\\s))")
              + "|(?<relative>(?i:(?<last>last|past|previous|letzte[nrsm]?|vergangene[nrsm]?)"
              + "|this|current|diese[nrsm]?)\\s(?i:quarter|quartal)))(?![\\w-])",
          Pattern.UNICODE_CASE);

  /// `H1` is also a heading: alone, it ends its clause.
  private static final Pattern CLAUSE_END = Pattern.compile("\\s*(?:[?.,;!)].*)?", Pattern.DOTALL);

  /// What stands in front of the second period of a range.
  private static final Pattern RANGE =
      Pattern.compile("[QH][1-4](?:[\\s/-]?(?:19|20)\\d\\d)?\\s*$");

  private static final int FOUND_MAX = 2;

  /// A period in a text.
  ///
  /// @param rule a word such as `since` before it, in lower case; may be empty
  record Period(int start, int end, String rule, LocalDate first, LocalDate last) {}

  private CalendarPeriods() {}

  /// Returns the first two periods of a question, in its order.
  ///
  /// @param today the day of the question; without it, periods without a year are none
  static List<Period> of(String question, Optional<LocalDate> today) {
    List<MatchResult> all =
        PERIOD
            .matcher(question)
            .results()
            .filter(one -> isPeriod(one, question))
            .limit(FOUND_MAX)
            .toList();
    List<Period> periods = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      MatchResult one = all.get(i);
      Optional<Integer> own = year(one);
      Optional<Integer> year = own.isEmpty() && i + 1 < all.size() ? year(all.get(i + 1)) : own;
      try {
        days(one, year, today).ifPresent(periods::add);
      } catch (DateTimeException e) {
        // The week 60 is none.
      }
    }
    return periods;
  }

  private static boolean isPeriod(MatchResult one, String question) {
    boolean led = one.group("lead") != null || one.group("rule") != null || year(one).isPresent();
    if (one.group("short") == null) {
      return led || one.group("week") == null || one.group("calendar") != null;
    }
    boolean half = one.group("short").equals("H");
    String after = question.substring(one.end());
    boolean ends = CLAUSE_END.matcher(after).matches();
    // "The answer to Q3" and "the Q2 button" are no times; "from Q1 to Q3" and "in Q2" are.
    String lead = Optional.ofNullable(one.group("lead")).orElse("").strip();
    boolean weak = lead.matches("(?i)(?:the|der|die|das|dem|des)") && !ends;
    String before = question.substring(0, one.start());
    boolean second = lead.matches("(?i)(?:to|zum)") && !RANGE.matcher(before).find();
    return led && (year(one).isPresent() || (!weak && !second && (!half || ends)));
  }

  private static Optional<Integer> year(MatchResult one) {
    for (String group : List.of("year0", "year", "year2", "year3")) {
      if (one.group(group) != null) {
        int year = Integer.parseInt(one.group(group));
        return Optional.of(year < 100 ? 2000 + year : year);
      }
    }
    return Optional.empty();
  }

  private static Optional<Period> days(
      MatchResult one, Optional<Integer> year, Optional<LocalDate> today) {
    if (year.isEmpty() && today.isEmpty()) {
      return Optional.empty();
    }
    LocalDate now = today.orElse(LocalDate.MIN);
    if (one.group("relative") != null) {
      LocalDate start = now.with(IsoFields.DAY_OF_QUARTER, 1L);
      return period(one, one.group("last") == null ? start : start.minusMonths(3), 3);
    }
    if (one.group("week") != null) {
      return week(one, year, now);
    }
    boolean half = one.group("half") != null || "H".equals(one.group("short"));
    int months = half ? 6 : 3;
    int number = number(one);
    if (number * months > 12) {
      return Optional.empty();
    }
    LocalDate start = LocalDate.of(year.orElse(now.getYear()), (number - 1) * months + 1, 1);
    return period(one, year.isEmpty() && start.isAfter(now) ? start.minusYears(1) : start, months);
  }

  private static int number(MatchResult one) {
    if (one.group("number") != null) {
      return Integer.parseInt(one.group("number"));
    }
    int number = 1;
    while (one.group(ORDINALS.get(number - 1)) == null) {
      number++;
    }
    return number;
  }

  private static Optional<Period> week(MatchResult one, Optional<Integer> year, LocalDate now) {
    int number = Integer.parseInt(one.group("week"));
    int its = year.orElseGet(() -> now.get(IsoFields.WEEK_BASED_YEAR));
    LocalDate monday = monday(its, number);
    return Optional.of(
        year.isEmpty() && monday.isAfter(now)
            ? period(one, monday(its - 1, number), monday(its - 1, number).plusDays(6))
            : period(one, monday, monday.plusDays(6)));
  }

  private static LocalDate monday(int year, int week) {
    LocalDate first = LocalDate.of(year, 1, 4).with(DayOfWeek.MONDAY);
    LocalDate monday = first.plusWeeks(week - 1L);
    if (week < 1 || monday.plusDays(3).getYear() != year) {
      throw new DateTimeException("no week %s in %s".formatted(week, year));
    }
    return monday;
  }

  private static Optional<Period> period(MatchResult one, LocalDate first, int months) {
    return Optional.of(period(one, first, first.plusMonths(months).minusDays(1)));
  }

  private static Period period(MatchResult one, LocalDate first, LocalDate last) {
    String rule = one.group("rule");
    // Words such as "and" in front tell a range.
    boolean led = rule == null && one.group("lead") != null;
    int start = led ? one.end("lead") : one.start();
    String lower = rule == null ? "" : rule.toLowerCase(Locale.ROOT);
    return new Period(start, one.end(), lower, first, last);
  }
}
