package brimful.corpus;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The line that opens a turn of a written conversation: `[D1:3] Ann: hello`, `12:05 Bob: hi`,
/// `01/05/2024, 10:00 - Ann: hello` or `**Ann:** hello`.
public final class Turn {
  /// The group of [#PATTERN] that holds the speaker's name.
  public static final String SPEAKER = "speaker";

  /// Matches such a line. A field such as `Subject: hello` matches, too: only the lines around it
  /// tell them apart.
  public static final Pattern PATTERN =
      Pattern.compile(
          "\\s{0,3}(?:\\[[^\\]\\n]{1,40}\\]\\s{0,3}"
              + "|(?:\\d{1,4}[./-]\\d{1,2}[./-]\\d{1,4},?\\s{1,2})?"
              + "\\(?\\d{1,2}:\\d\\d(?::\\d\\d)?(?:\\s?[AaPp][Mm])?\\)?[-–\\s]{1,3})?(?:\\*\\*|__)?"
              + "(?<speaker>\\p{Lu}[\\p{L}\\p{N} ._'’-]{0,38})(?:\\*\\*|__)?:(?:\\*\\*|__)?(?:\\s.*)?");

  private Turn() {}

  /// Returns who speaks in a text that opens with a turn; otherwise an empty string.
  public static String speaker(String text) {
    int start = 0;
    while (start < text.length() && text.charAt(start) == '\n') {
      start++;
    }
    int end = text.indexOf('\n', start);
    Matcher turn = PATTERN.matcher(text).region(start, end < 0 ? text.length() : end);
    return turn.matches() ? turn.group(SPEAKER) : "";
  }
}
