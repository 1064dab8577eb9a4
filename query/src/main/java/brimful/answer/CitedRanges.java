package brimful.answer;

import brimful.corpus.Locator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the places after a name: `12-40, 52 and 60-61`.
final class CitedRanges {
  private static final int RANGES_MAX = 100;
  private static final String DASH = "\\s?[-\u2010-\u2015]\\s?";
  private static final String FIRST_LAST =
      "[Ll]?(\\d{1,7})(?:" + DASH + "[Ll]?(\\d{1,7}))?(?![\\p{L}\\p{N}_]|\\.\\d)";

  /// Compilers write a column after the line.
  private static final Pattern FIRST =
      Pattern.compile(
          "[Ll]?(\\d{1,7})(?::\\d{1,5}(?!\\d)|"
              + DASH
              + "[Ll]?(\\d{1,7}))?(?![\\p{L}\\p{N}_]|\\.\\d|:\\d)");

  private static final Pattern NEXT =
      Pattern.compile("(?:\\s?[,;&]\\s?(?:and\\s)?|\\sand\\s)" + FIRST_LAST);

  /// After a single number: "A.java:12, 3 of them" is not a list.
  private static final Pattern AFTER_NUMBER =
      Pattern.compile("\\s?(?:[\\])`,;*]|\\.(?:\\s|$)|$|\\n)");

  private static final Pattern SHEET =
      Pattern.compile(
          "\"([^\"\\n]{1,100})\"|'([^'\\n]{1,100})'|`([^`\\n]{1,100})`|([\\p{L}\\p{N}_-]{1,60})");

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
      int a = Integer.parseInt(matcher.group(1));
      int b = single ? a : Integer.parseInt(matcher.group(2));
      if (Math.min(a, b) < 1) {
        break;
      }
      ranges.add(new Range(Math.min(a, b), Math.max(a, b)));
      matcher = NEXT.matcher(text).region(end, text.length()).useTransparentBounds(true);
    }
    return ranges;
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
      return known;
    }
    Matcher named = SHEET.matcher(text).region(start, text.length());
    if (!named.lookingAt()) {
      return Optional.empty();
    }
    for (int group = 1; group <= named.groupCount(); group++) {
      String name = named.group(group);
      if (name != null && !name.isBlank()) {
        return Optional.of(new Locator.Sheet(name));
      }
    }
    return Optional.empty();
  }
}
