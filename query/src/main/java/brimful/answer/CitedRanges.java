package brimful.answer;

import brimful.corpus.CellRange;
import brimful.corpus.Locator;
import brimful.corpus.Minutes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the places after a name: `12-40, 52 and 60-61`.
final class CitedRanges {
  private static final int RANGES_MAX = 100;

  /// Longer numbers stand for this one, which no document reaches.
  private static final int NUMBER_MAX = 999_999_999;

  private static final int NUMBER_DIGITS = 9;
  private static final Pattern ZERO = Pattern.compile("[Ll]?0{1,9}(?![\\p{L}\\p{N}_]|\\.\\d|:\\d)");

  private static final String DASH = "\\s?[-\u2010-\u2015]\\s?";
  private static final String FIRST_LAST =
      "[Ll]?(\\d{1,40})(?:" + DASH + "[Ll]?(\\d{1,40}))?(?![\\p{L}\\p{N}_]|\\.\\d)";

  /// Compilers write a column after the line.
  private static final Pattern FIRST =
      Pattern.compile(
          "[Ll]?(\\d{1,40})(?::\\d{1,5}(?!\\d)|"
              + DASH
              + "[Ll]?(\\d{1,40}))?(?![\\p{L}\\p{N}_]|\\.\\d|:\\d)");

  private static final Pattern NEXT =
      Pattern.compile("(?:\\s?[,;&]\\s?(?:and\\s)?|\\sand\\s)" + FIRST_LAST);

  /// After a single number: "A.java:12, 3 of them" is not a list.
  private static final Pattern AFTER_NUMBER =
      Pattern.compile("\\s?(?:[\\])`,;*]|\\.(?:\\s|$)|$|\\n)");

  private static final Pattern SHEET =
      Pattern.compile(
          "\"([^\"\\n]{1,100})\"|'([^'\\n]{1,100})'|`([^`\\n]{1,100})`|([\\p{L}\\p{N}_-]{1,60})");

  private static final Pattern BEFORE_CELLS = Pattern.compile("[\"'`]?(?:!|[,:]?\\s)(?=\\$?[A-Z])");

  private static final String CLOCK = "(\\d{1,3}:\\d\\d(?::\\d\\d)?)(?:\\.\\d{1,3})?";
  private static final Pattern TIME =
      Pattern.compile(CLOCK + "(?:" + DASH + CLOCK + ")?(?![\\p{L}\\p{N}_:])");

  private static final Pattern FIGURE =
      Pattern.compile(
          "(\\d{1,7}),?\\s{1,2}(?i:figure|fig\\.?)\\s{0,2}(\\d{1,7})(?![\\p{L}\\p{N}_]|\\.\\d)");

  private CitedRanges() {}

  /// A range, both ends included, from 1.
  record Range(int first, int last) {}

  /// Returns the ranges listed from a position on; none if there is something else.
  static List<Range> at(String text, int start) {
    var ranges = new ArrayList<Range>();
    Matcher matcher = FIRST.matcher(text).region(start, text.length()).useTransparentBounds(true);
    while (matcher.lookingAt() && ranges.size() < RANGES_MAX) {
      boolean single = matcher.group(2) == null;
      int end = matcher.end();
      if (!ranges.isEmpty()
          && single
          && !AFTER_NUMBER.matcher(text).region(end, text.length()).lookingAt()) {
        break;
      }
      int a = number(matcher.group(1));
      int b = single ? a : number(matcher.group(2));
      if (Math.min(a, b) < 1) {
        break;
      }
      ranges.add(new Range(Math.min(a, b), Math.max(a, b)));
      matcher = NEXT.matcher(text).region(end, text.length()).useTransparentBounds(true);
    }
    return ranges;
  }

  private static int number(String digits) {
    return digits.length() > NUMBER_DIGITS ? NUMBER_MAX : Integer.parseInt(digits);
  }

  /// Returns whether a number at a position is 0, which no place has.
  static boolean isZero(String text, int start) {
    return ZERO.matcher(text).region(start, text.length()).useTransparentBounds(true).lookingAt();
  }

  /// Returns the figure that is named at a position, `7 figure 2` or `7, Fig. 2`, if the document
  /// has it: others number their figures otherwise, and then the page is what is cited.
  static Optional<Locator> figure(String text, int start, List<Locator> have) {
    Matcher figure = FIGURE.matcher(text).region(start, text.length()).useTransparentBounds(true);
    if (!figure.lookingAt()) {
      return Optional.empty();
    }
    int page = Integer.parseInt(figure.group(1));
    int number = Integer.parseInt(figure.group(2));
    return have.stream()
        .filter(place ->
            place instanceof Locator.Figure(int own, int its) && own == page && its == number)
        .findFirst();
  }

  /// Returns the sheet that is named at a position: one of the document's, if it has it.
  static Optional<Locator.Sheet> sheet(String text, int start, List<Locator> have) {
    int from = start < text.length() && "\"'`".indexOf(text.charAt(start)) >= 0 ? start + 1 : start;
    Optional<Locator.Sheet> known =
        have.stream()
            .filter(Locator.Sheet.class::isInstance)
            .map(Locator.Sheet.class::cast)
            .filter(sheet -> text.regionMatches(true, from, sheet.name(), 0, sheet.name().length()))
            .max(Comparator.comparingInt(sheet -> sheet.name().length()));
    if (known.isPresent()) {
      String name = known.get().name();
      return Optional.of(new Locator.Sheet(name, cells(text, from + name.length())));
    }
    Matcher named = SHEET.matcher(text).region(start, text.length());
    if (!named.lookingAt()) {
      return Optional.empty();
    }
    for (int group = 1; group <= named.groupCount(); group++) {
      String name = named.group(group);
      if (name != null && !name.isBlank()) {
        return Optional.of(new Locator.Sheet(name, cells(text, named.end(group))));
      }
    }
    return Optional.empty();
  }

  /// Returns the cells after a sheet's name: `Costs!A2:D40`, `'Q1 costs'!B7`, `Costs A2:D40`.
  private static Optional<CellRange> cells(String text, int end) {
    Matcher between = BEFORE_CELLS.matcher(text).region(end, text.length());
    return between.lookingAt() ? CellRange.at(text, between.end()) : Optional.empty();
  }

  /// Returns the time at a position: `00:12:31`, `12:31`, `00:12:31-00:12:40`.
  static List<Locator> times(String text, int start) {
    Matcher time = TIME.matcher(text).region(start, text.length()).useTransparentBounds(true);
    if (!time.lookingAt()) {
      return List.of();
    }
    int first = seconds(time.group(1));
    int last = time.group(2) == null ? first : seconds(time.group(2));
    return List.of(new Locator.Time(Math.min(first, last), Math.max(first, last)));
  }

  /// Returns the turns at a position, by their time or their numbers: `2024-05-01 10:32`,
  /// `2024-05-01 10:32-10:40`, `12`, `12-14`. Those of the document that were said then, if it has
  /// such.
  static List<Locator> turns(String text, int start, List<Locator> have) {
    Optional<Minutes> time = Minutes.at(text, start);
    if (time.isEmpty()) {
      return at(text, start).stream()
          .map(range -> (Locator) turns(range.first(), range.last(), Optional.empty()))
          .toList();
    }
    List<Locator> said =
        have.stream()
            .filter(Locator.Turns.class::isInstance)
            .filter(turns -> ((Locator.Turns) turns).time().filter(time.get()::meets).isPresent())
            .limit(1)
            .toList();
    return said.isEmpty() ? List.of(turns(1, 1, time)) : said;
  }

  private static Locator.Turns turns(int first, int last, Optional<Minutes> time) {
    return new Locator.Turns(first, last, time, List.of());
  }

  private static int seconds(String clock) {
    int seconds = 0;
    for (String part : clock.split(":", -1)) {
      seconds = seconds * 60 + Integer.parseInt(part);
    }
    return seconds;
  }
}
