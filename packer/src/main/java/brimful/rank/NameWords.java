package brimful.rank;

import brimful.index.term.Stemmer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Splits names of files and definitions, and questions, into the words they consist of.
///
/// `WebSocketClient` yields `web`, `socket`, `client`; `HTTPServer` yields `http`, `server`. A year
/// is a word wherever it occurs, other digits belong to the letters beside them: `FY2018_10K`
/// yields `fy`, `2018`, `10k`. Single characters say nothing and are left out.
///
/// Written by hand, because every name of a corpus is split before the first question.
final class NameWords {
  private static final int YEAR_DIGITS = 4;

  /// What follows in a longer word is left out: no name is so long, and endings take quadratic
  /// time.
  private static final int WORD_CHARS_MAX = 64;

  private NameWords() {}

  /// Returns the words of a text in their order, in lower case.
  static List<String> of(String text) {
    var words = new ArrayList<String>();
    int start = 0;
    while (start < text.length()) {
      int end = wordEnd(text, start);
      if (end - start > 1) {
        int last = Math.min(end, start + WORD_CHARS_MAX);
        words.add(text.substring(start, last).toLowerCase(Locale.ROOT));
      }
      start = Math.max(end, start + 1);
    }
    return words;
  }

  /// Returns the words of a name without their endings, as in the index.
  static List<String> stems(String name) {
    List<String> words = of(name);
    words.replaceAll(Stemmer::stem);
    return words;
  }

  /// Returns where the word that starts at a position ends; there, if none starts.
  private static int wordEnd(String text, int start) {
    if (isYear(text, start)) {
      return start + YEAR_DIGITS;
    }
    int letters = digitsEnd(text, start);
    int end = lettersEnd(text, letters);
    return end == letters ? letters : digitsEnd(text, end);
  }

  /// Returns the end of digits that are no year.
  private static int digitsEnd(String text, int start) {
    int end = start;
    while (end < text.length() && Character.isDigit(text.charAt(end)) && !isYear(text, end)) {
      end++;
    }
    return end;
  }

  /// Returns the end of capitals, of a word that may begin with one, or of letters without case.
  private static int lettersEnd(String text, int start) {
    int end = start;
    while (end < text.length() && Character.isUpperCase(text.charAt(end))) {
      end++;
    }
    int capitals = end - start;
    if (capitals > 1) {
      // The last of several capitals begins the next word: HTTPServer, but not URLs.
      boolean small = end < text.length() && isSmall(text, end);
      boolean plural =
          small && text.charAt(end) == 's' && (end + 1 == text.length() || !isSmall(text, end + 1));
      return plural ? end + 1 : small ? end - 1 : end;
    }
    while (end < text.length() && isSmall(text, end)) {
      end++;
    }
    return end;
  }

  private static boolean isSmall(String text, int at) {
    char c = text.charAt(at);
    return (Character.isLetter(c) && !Character.isUpperCase(c))
        || Character.getType(c) == Character.NON_SPACING_MARK
        || Character.isSurrogate(c);
  }

  /// Returns whether a word is a year.
  static boolean isYear(String word) {
    return word.length() == YEAR_DIGITS && isYear(word, 0);
  }

  /// Returns whether a word consists of digits and is no year.
  static boolean isNumber(String word) {
    return !isYear(word) && word.chars().allMatch(Character::isDigit);
  }

  /// Returns whether 1900 to 2099 stands at a position.
  private static boolean isYear(String text, int at) {
    if (at + YEAR_DIGITS > text.length()) {
      return false;
    }
    char first = text.charAt(at);
    char second = text.charAt(at + 1);
    boolean century = (first == '1' && second == '9') || (first == '2' && second == '0');
    return century
        && Character.isDigit(text.charAt(at + 2))
        && Character.isDigit(text.charAt(at + 3));
  }
}
