package brimful.extract.format;

/// Numbers of lists that are not written in digits.
public final class Numerals {
  private static final int LETTERS = 26;
  private static final int ROMAN_MAX = 3_999;

  private Numerals() {}

  /// Returns letters as browsers and OpenDocument count them: `z` is followed by `aa`, `ab`.
  public static String letters(int count) {
    var letters = new StringBuilder();
    for (int left = count; left > 0; left = (left - 1) / LETTERS) {
      letters.insert(0, (char) ('a' + (left - 1) % LETTERS));
    }
    return letters.isEmpty() ? String.valueOf(count) : letters.toString();
  }

  /// Returns a Roman numeral; digits if there is none for the number.
  public static String roman(int count) {
    if (count < 1 || count > ROMAN_MAX) {
      return String.valueOf(count);
    }
    int[] values = {1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1};
    String[] signs = {"m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"};
    var roman = new StringBuilder();
    int left = count;
    for (int i = 0; i < values.length; i++) {
      for (; left >= values[i]; left -= values[i]) {
        roman.append(signs[i]);
      }
    }
    return roman.toString();
  }
}
