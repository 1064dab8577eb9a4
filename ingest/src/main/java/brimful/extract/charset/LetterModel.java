package brimful.extract.charset;

import java.util.Arrays;

/// How likely one character follows another in a language, in bits: the fewer, the likelier.
///
/// Made from prose by counting. Letters that the prose has not are possible, at a price. Immutable.
sealed interface LetterModel {
  /// What a letter costs that the language does not have.
  float FOREIGN_BITS = 15;

  /// Returns the bits of a character after another.
  ///
  /// @param previous in lower case, or a blank at the start
  /// @param current in lower case
  float bits(char previous, char current);

  /// Returns whether words without any letter beyond ASCII are words of the language too.
  boolean usesAscii();

  /// Returns whether a character is part of words: a letter, or a mark on one.
  static boolean isLetter(char c) {
    return switch (Character.getType(c)) {
      case Character.UPPERCASE_LETTER,
          Character.LOWERCASE_LETTER,
          Character.OTHER_LETTER,
          Character.MODIFIER_LETTER,
          Character.NON_SPACING_MARK,
          Character.COMBINING_SPACING_MARK ->
          true;
      default -> false;
    };
  }

  /// Returns a text in lower case, as many characters as before: each for itself.
  static char[] lower(String text) {
    char[] lower = text.toCharArray();
    for (int i = 0; i < lower.length; i++) {
      lower[i] = Character.toLowerCase(lower[i]);
    }
    return lower;
  }

  /// Letters by pairs, for alphabets. Everything that is no letter counts as one and the same, the
  /// end of a word.
  final class Pairs implements LetterModel {
    private static final int LETTERS_MAX = 0x2000;

    /// How many sightings of a pair weigh as much as what the single letters tell.
    private static final float SINGLES_WEIGHT = 6;

    private static final float OTHER_ACCENT_BITS = 12;
    private static final float LATIN_BITS = 8;
    private static final float SOME = 0.05f;

    private final byte[] numbers = new byte[LETTERS_MAX];
    private final boolean latin;
    private final int size;
    private final float[] bits;

    Pairs(String prose) {
      char[] text = lower(prose);
      int letters = 1;
      for (char c : text) {
        if (isLetter(c) && c < LETTERS_MAX && numbers[c] == 0) {
          numbers[c] = (byte) letters++;
        }
      }
      size = letters;
      latin = numbers['e'] > 0 && numbers['a'] > 0 && !hasOther();
      bits = new float[size * size];
      count(text);
    }

    /// Prose in other scripts may quote a Latin word.
    private boolean hasOther() {
      for (int c = 0x370; c < LETTERS_MAX; c++) {
        if (numbers[c] > 0 && c < 0x1e00) {
          return true;
        }
      }
      return false;
    }

    private void count(char[] text) {
      float[] singles = new float[size];
      Arrays.fill(singles, SOME);
      float all = SOME * size;
      int previous = 0;
      for (char c : text) {
        int current = number(c);
        if (current > 0 || previous > 0) {
          bits[previous * size + current]++;
          singles[current]++;
          all++;
        }
        previous = current;
      }
      for (int from = 0; from < size; from++) {
        float seen = 0;
        for (int to = 0; to < size; to++) {
          seen += bits[from * size + to];
        }
        for (int to = 0; to < size; to++) {
          float share =
              (bits[from * size + to] + SINGLES_WEIGHT * singles[to] / all)
                  / (seen + SINGLES_WEIGHT);
          bits[from * size + to] = (float) (-Math.log(share) / Math.log(2));
        }
      }
    }

    @Override
    public boolean usesAscii() {
      return latin;
    }

    private int number(char c) {
      return c < LETTERS_MAX ? numbers[c] : 0;
    }

    @Override
    public float bits(char previous, char current) {
      int to = number(current);
      float foreign = 0;
      if (to == 0 && isLetter(current)) {
        foreign =
            current < 0x80
                ? LATIN_BITS
                : latin && current < 0x250 ? OTHER_ACCENT_BITS : FOREIGN_BITS;
      }
      return bits[number(previous) * size + to] + foreign;
    }
  }

  /// Characters by how common they are, for scripts with thousands of them.
  final class Singles implements LetterModel {
    private static final float OTHER_BITS = 14;
    private static final float RARE_BITS = 17;
    private static final float UNUSUAL_BITS = 20;

    private final byte[] quarters = new byte[Character.MAX_VALUE + 1];

    /// @param common what the language's own encoding has in its first part
    /// @param rare what it has in its second part
    Singles(String common, String rare) {
      Arrays.fill(quarters, (byte) (4 * UNUSUAL_BITS));
      rate(rare, RARE_BITS);
      rate(common, OTHER_BITS);
    }

    /// Rates each character of a text, the commonest first.
    Singles ranked(String characters) {
      for (int rank = 0; rank < characters.length(); rank++) {
        double bits = 6 + Math.log(1 + rank / 16.0) / Math.log(2);
        char c = characters.charAt(rank);
        quarters[c] = (byte) Math.min(quarters[c], Math.round(4 * bits));
      }
      return this;
    }

    Singles rate(String characters, float bits) {
      for (int i = 0; i < characters.length(); i++) {
        quarters[characters.charAt(i)] = (byte) Math.round(4 * bits);
      }
      return this;
    }

    Singles rate(char first, char last, float bits) {
      Arrays.fill(quarters, first, last + 1, (byte) Math.round(4 * bits));
      return this;
    }

    @Override
    public boolean usesAscii() {
      return false;
    }

    @Override
    public float bits(char previous, char current) {
      if (current < 0x80) {
        return DecodingScore.ASCII_BITS;
      }
      return current < 0x3000 && !isLetter(current) ? 0 : quarters[current] / 4f;
    }
  }
}
