package brimful.rank;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// The parts of a report that come from its issue template: comments, check boxes, and headings
/// that every report has.
///
/// Takes linear time: comments are found by their ends, lines are examined one by one.
final class Boilerplate {
  private static final String COMMENT_START = "<!--";
  private static final String COMMENT_END = "-->";
  private static final int COMMENT_CHARS_MAX = 5_000;
  private static final int HEADING_CHARS_MAX = 80;

  private static final Pattern CHECK_BOX = Pattern.compile("[-*] \\[[ xX]\\]");

  /// The marks around a heading.
  private static final Pattern OPENING = Pattern.compile("^(?:#{1,6}+\\s*+|\\*\\*)");

  private static final Pattern CLOSING =
      Pattern.compile("[ \\t]*(?:\\*\\*)?[:?]?[ \\t]*(?:\\*\\*)?$");

  private static final Pattern TO_REPRODUCE =
      Pattern.compile(
          "(?:(?:steps|how|code|minimal example)?\\s*to reproduce(?: the (?:bug|issue|problem))?"
              + "|steps/code to reproduce|reproduction)");

  private static final Set<String> HEADINGS =
      Set.of(
          "describe the bug",
          "bug report",
          "bug summary",
          "description",
          "summary",
          "expected behavior",
          "expected behaviour",
          "expected result",
          "expected results",
          "expected outcome",
          "actual behavior",
          "actual behaviour",
          "actual result",
          "actual results",
          "actual outcome",
          "current behavior",
          "current behaviour",
          "what happened",
          "environment",
          "environment info",
          "version",
          "versions",
          "system info",
          "system details",
          "screenshot",
          "screenshots",
          "additional context",
          "additional information",
          "your project",
          "checklist",
          "code for reproduction",
          "matplotlib version",
          "operating system");

  private Boilerplate() {}

  /// Returns a report without boilerplate and blank lines.
  static String without(String text) {
    String told = withoutComments(text);
    var kept = new StringBuilder(told.length());
    told.lines()
        .filter(line -> !isBoilerplate(line))
        .forEach(line -> kept.append(line).append('\n'));
    return kept.toString();
  }

  private static String withoutComments(String text) {
    int start = text.indexOf(COMMENT_START);
    if (start < 0) {
      return text;
    }
    var kept = new StringBuilder(text.length());
    int from = 0;
    int end = 0;
    while (start >= 0 && end >= 0) {
      int inside = start + COMMENT_START.length();
      if (end < inside) {
        end = text.indexOf(COMMENT_END, inside);
      }
      if (end >= 0 && end - inside <= COMMENT_CHARS_MAX) {
        kept.append(text, from, start).append('\n');
        from = end + COMMENT_END.length();
        inside = from;
      }
      start = text.indexOf(COMMENT_START, inside);
    }
    return kept.append(text, from, text.length()).toString();
  }

  private static boolean isBoilerplate(String line) {
    String bare = line.strip();
    if (bare.isEmpty() || CHECK_BOX.matcher(bare).lookingAt()) {
      return true;
    }
    if (bare.length() > HEADING_CHARS_MAX) {
      return false;
    }
    String opened = OPENING.matcher(bare).replaceFirst("");
    String heading = CLOSING.matcher(opened).replaceFirst("").toLowerCase(Locale.ROOT);
    return HEADINGS.contains(heading) || TO_REPRODUCE.matcher(heading).matches();
  }
}
