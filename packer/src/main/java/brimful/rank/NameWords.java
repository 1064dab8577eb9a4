package brimful.rank;

import brimful.index.Stemmer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Splits names of files and definitions, and questions, into the words they consist of.
///
/// `WebSocketClient` yields `web`, `socket`, `client`; `FY2018_10K` yields `fy`, `2018`, `10k`.
/// Single characters say nothing and are left out.
final class NameWords {
  private static final String YEAR = "(?:19|20)\\d\\d";
  private static final String DIGITS = "(?:(?!" + YEAR + ")\\d){0,40}";

  /// A year, wherever it occurs; capitals before another word (`HTTP` of `HTTPServer`); a word;
  /// capitals; digits; letters without case. Digits other than years belong to their word.
  private static final Pattern WORD =
      Pattern.compile(
          YEAR
              + "|"
              + DIGITS
              + "(?:\\p{Lu}{1,80}(?=\\p{Lu}\\p{Ll})|\\p{Lu}?[\\p{Ll}\\p{M}]{1,80}|\\p{Lu}{1,80}|[\\p{Lo}\\p{M}]{1,80})"
              + DIGITS
              + "|(?:(?!"
              + YEAR
              + ")\\d){1,40}");

  private NameWords() {}

  /// Returns the words of a text in their order, in lower case.
  static List<String> of(String text) {
    var words = new ArrayList<String>();
    Matcher word = WORD.matcher(text);
    while (word.find()) {
      if (word.end() - word.start() > 1) {
        words.add(word.group().toLowerCase(Locale.ROOT));
      }
    }
    return words;
  }

  /// Returns the words of a name without their endings, as in the index.
  static List<String> stems(String name) {
    return of(name).stream().map(Stemmer::stem).toList();
  }
}
