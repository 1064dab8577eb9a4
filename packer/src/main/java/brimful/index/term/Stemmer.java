package brimful.index.term;

/// Removes the most common English endings, so that `caches`, `cached`, `caching` and `cache`
/// match.
///
/// Uses the steps of Porter's algorithm for plurals, `-ed`, `-ing` and the final `e`. The other
/// steps join words that code distinguishes, such as `operation` and `operator`.
public final class Stemmer {
  private static final int STEM_CHARS_MIN = 3;

  private Stemmer() {}

  /// Returns a lower-case word without its ending.
  public static String stem(String word) {
    char[] chars = word.toCharArray();
    return new String(chars, 0, stem(chars, chars.length));
  }

  /// Stems a lower-case word in place and returns its new length; words with digits or of other
  /// scripts stay unchanged.
  static int stem(char[] word, int length) {
    if (length <= STEM_CHARS_MIN || !letters(word, length)) {
      return length;
    }
    return withoutLastE(word, participle(word, singular(word, length)));
  }

  private static int singular(char[] word, int length) {
    if (word[length - 1] != 's') {
      return length;
    }
    if (ends(word, length, "sses") || ends(word, length, "xes")) {
      return length - 2;
    }
    if (ends(word, length, "ies") && length > 4) {
      word[length - 3] = 'y';
      return length - 2;
    }
    char before = word[length - 2];
    return before == 's' || before == 'u' || before == 'i' ? length : length - 1;
  }

  private static int participle(char[] word, int length) {
    int stem = 0;
    if (ends(word, length, "ing")) {
      stem = length - 3;
    } else if (ends(word, length, "ed") && !ends(word, length, "eed")) {
      stem = length - 2;
    }
    if (stem < STEM_CHARS_MIN || measure(word, stem) == 0) {
      return length;
    }
    char last = word[stem - 1];
    if (last == word[stem - 2]
        && last != 'l'
        && last != 's'
        && last != 'z'
        && !vowel(word, stem - 1)) {
      return stem - 1;
    }
    boolean lostE =
        ends(word, stem, "at")
            || ends(word, stem, "bl")
            || ends(word, stem, "iz")
            || last == 'u'
            || (measure(word, stem) == 1 && isShort(word, stem));
    if (lostE) {
      word[stem] = 'e';
      return stem + 1;
    }
    return stem;
  }

  private static int withoutLastE(char[] word, int length) {
    if (word[length - 1] != 'e' || length <= STEM_CHARS_MIN) {
      return length;
    }
    int measure = measure(word, length - 1);
    boolean silent = measure > 1 || (measure == 1 && !isShort(word, length - 1));
    return silent ? length - 1 : length;
  }

  /// Returns how often a vowel is followed by a consonant, Porter's measure of a stem's length.
  private static int measure(char[] word, int length) {
    int count = 0;
    for (int i = 1; i < length; i++) {
      if (vowel(word, i - 1) && !vowel(word, i)) {
        count++;
      }
    }
    return count;
  }

  /// Returns whether a word ends in consonant, vowel, consonant, like `cod` and `fil`, which once
  /// had an e.
  private static boolean isShort(char[] word, int length) {
    char last = word[length - 1];
    return !vowel(word, length - 1)
        && vowel(word, length - 2)
        && !vowel(word, length - 3)
        && last != 'w'
        && last != 'x'
        && last != 'y';
  }

  private static boolean vowel(char[] word, int at) {
    return switch (word[at]) {
      case 'a', 'e', 'i', 'o', 'u' -> true;
      case 'y' -> at > 0 && !vowel(word, at - 1);
      default -> false;
    };
  }

  private static boolean letters(char[] word, int length) {
    for (int i = 0; i < length; i++) {
      if (word[i] < 'a' || word[i] > 'z') {
        return false;
      }
    }
    return true;
  }

  private static boolean ends(char[] word, int length, String suffix) {
    int from = length - suffix.length();
    if (from < 0) {
      return false;
    }
    for (int i = 0; i < suffix.length(); i++) {
      if (word[from + i] != suffix.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
