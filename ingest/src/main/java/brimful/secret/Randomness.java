package brimful.secret;

/// Tells what a machine drew from what a person wrote.
final class Randomness {
  private static final int LENGTH_MIN = 16;
  private static final double BITS_MIN = 3.5;

  /// Hexadecimal digits have at most 4 bits each.
  private static final int HEX_LENGTH_MIN = 32;

  private static final double HEX_BITS_MIN = 3;

  /// Names have their digits together: `ISO_8601_TIME`.
  private static final int DIGIT_GROUPS_MIN = 2;

  private static final int DIGIT_GROUPS_SURE = 3;

  /// From how many letters on a run of one case is a word; drawn letters rarely make one.
  private static final int WORD_LETTERS = 5;

  /// A long value needs no digits if its cases change as no name's do: `NWhBozNntf…`.
  private static final int LONG = 32;

  private static final int CAPITAL_GROUPS_MIN = 3;

  private Randomness() {}

  /// Returns the Shannon entropy of a text by its own frequencies, in bits a character.
  static double bits(String text) {
    var counts = new int[128];
    for (int i = 0; i < text.length(); i++) {
      counts[text.charAt(i) & 127]++;
    }
    double bits = 0;
    for (int count : counts) {
      if (count > 0) {
        double share = (double) count / text.length();
        bits -= share * Math.log(share) / Math.log(2);
      }
    }
    return bits;
  }

  /// Returns whether a value is a key rather than a name, a path, a number or a sentence.
  static boolean isDrawn(String value) {
    if (isHex(value)) {
      return value.length() >= HEX_LENGTH_MIN
          && bits(value) >= HEX_BITS_MIN
          && value.chars().anyMatch(Randomness::isLetter)
          && groups(value) >= DIGIT_GROUPS_SURE;
    }
    if (value.length() < LENGTH_MIN || bits(value) < BITS_MIN) {
      return false;
    }
    int inWords = inWords(value);
    if (value.length() >= LONG
        && capitalGroups(value) >= CAPITAL_GROUPS_MIN
        && 3 * inWords < value.length()) {
      return true;
    }
    int groups = groups(value);
    return groups >= DIGIT_GROUPS_SURE
        ? 2 * inWords < value.length()
        : groups >= DIGIT_GROUPS_MIN && inWords == 0;
  }

  private static boolean isHex(String value) {
    return value.chars().allMatch(c -> Character.digit(c, 16) >= 0 || c == '-');
  }

  private static boolean isLetter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  /// Returns how many groups of digits there are.
  private static int groups(String value) {
    int groups = 0;
    boolean before = false;
    for (int i = 0; i < value.length(); i++) {
      boolean digit = value.charAt(i) >= '0' && value.charAt(i) <= '9';
      groups += digit && !before ? 1 : 0;
      before = digit;
    }
    return groups;
  }

  /// Returns how many groups of capital letters there are that are no words.
  private static int capitalGroups(String value) {
    int groups = 0;
    int run = 0;
    for (int i = 0; i <= value.length(); i++) {
      char c = i < value.length() ? value.charAt(i) : '.';
      boolean capital = c >= 'A' && c <= 'Z';
      groups += !capital && run >= 2 && run < WORD_LETTERS ? 1 : 0;
      run = capital ? run + 1 : 0;
    }
    return groups;
  }

  /// Returns how many letters are in words: runs of small letters, or of capital ones.
  private static int inWords(String value) {
    int inWords = 0;
    int run = 0;
    int kind = 0;
    for (int i = 0; i <= value.length(); i++) {
      char c = i < value.length() ? value.charAt(i) : '.';
      int next = c >= 'a' && c <= 'z' ? 1 : c >= 'A' && c <= 'Z' ? 2 : 0;
      if (next == 0 || next != kind) {
        inWords += run >= WORD_LETTERS ? run : 0;
        run = 0;
      }
      run += next == 0 ? 0 : 1;
      kind = next;
    }
    return inWords;
  }
}
