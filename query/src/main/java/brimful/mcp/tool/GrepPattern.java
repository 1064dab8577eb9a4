package brimful.mcp.tool;

import brimful.corpus.UserError;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A text or a regular expression to find in lines.
///
/// RE2 matches in time that is linear in the text, whatever the pattern. Its factor is the number
/// of the pattern's states, which counted repetitions multiply: `((a{99}){99}){99}` would have a
/// million. [#STATES_MAX] bounds it, before the pattern is compiled.
final class GrepPattern {
  private static final int CHARS_MAX = 1_000;
  private static final int STATES_MAX = 2_000;
  private static final java.util.regex.Pattern REPETITION =
      java.util.regex.Pattern.compile("\\{(\\d{1,4})(?:,(\\d{0,4}))?\\}");

  private final Pattern pattern;

  private GrepPattern(Pattern pattern) {
    this.pattern = pattern;
  }

  /// A line that matches.
  ///
  /// @param index of the line in the text, from 0
  /// @param at where the match begins in the line
  record Match(int index, String line, int at) {}

  /// @throws UserError if it is no regular expression, or too large
  static GrepPattern of(String text, boolean regex, boolean ignoreCase) {
    if (text.length() > CHARS_MAX) {
      throw new UserError(
          UserError.Kind.TOO_LARGE,
          String.format(
              Locale.ROOT,
              "pattern has %,d characters: give %,d at most",
              text.length(),
              CHARS_MAX));
    }
    if (regex && states(text) > STATES_MAX) {
      throw new UserError(
          UserError.Kind.USAGE,
          String.format(
              Locale.ROOT,
              "pattern repeats too much, more than %,d characters in all: give smaller numbers in {…}",
              STATES_MAX));
    }
    int flags = Pattern.MULTILINE | (ignoreCase ? Pattern.CASE_INSENSITIVE : 0);
    try {
      return new GrepPattern(Pattern.compile(regex ? text : Pattern.quote(text), flags));
    } catch (PatternSyntaxException e) {
      throw new UserError(
          UserError.Kind.USAGE,
          "pattern is not a regular expression of RE2, %s: mend it, or leave out regex"
              .formatted(e.getDescription()));
    }
  }

  /// Returns the lines of a text that match, each once.
  List<Match> matches(String text) {
    var matches = new ArrayList<Match>();
    Matcher matcher = pattern.matcher(text);
    int index = 0;
    int counted = 0;
    for (int from = 0; from <= text.length() && matcher.find(from); ) {
      int at = matcher.start();
      int start = text.lastIndexOf('\n', at - 1) + 1;
      int end = text.indexOf('\n', at);
      end = end < 0 ? text.length() : end;
      for (; counted < start; counted++) {
        index += text.charAt(counted) == '\n' ? 1 : 0;
      }
      matches.add(new Match(index, text.substring(start, end), at - start));
      from = end + 1;
    }
    return matches;
  }

  /// Returns at least how many states a pattern has, repetitions written out.
  private static long states(String regex) {
    var outer = new ArrayDeque<Long>();
    long sum = 0;
    long last = 0;
    java.util.regex.Matcher repetition = REPETITION.matcher(regex);
    for (int i = 0; i < regex.length() && sum <= STATES_MAX; i++) {
      char c = regex.charAt(i);
      if (c == '(') {
        outer.push(sum);
        sum = 0;
        last = 0;
      } else if (c == ')' && !outer.isEmpty()) {
        last = sum;
        sum += outer.pop();
      } else if (c == '{' && repetition.region(i, regex.length()).lookingAt()) {
        String most = repetition.group(2);
        int least = Integer.parseInt(repetition.group(1));
        int times = most == null || most.isEmpty() ? least : Integer.parseInt(most);
        sum += last * Math.max(0, times - 1);
        last *= times;
        i = repetition.end() - 1;
      } else {
        i = c == '\\' ? i + 1 : c == '[' ? classEnd(regex, i) : i;
        last = 1;
        sum++;
      }
    }
    return outer.stream().mapToLong(Long::longValue).sum() + sum;
  }

  /// Returns where a class of characters ends.
  private static int classEnd(String regex, int open) {
    int i = open + 1;
    i += regex.startsWith("^", i) ? 1 : 0;
    i += regex.startsWith("]", i) ? 1 : 0;
    for (; i < regex.length() && regex.charAt(i) != ']'; i++) {
      i += regex.charAt(i) == '\\' ? 1 : 0;
    }
    return i;
  }
}
