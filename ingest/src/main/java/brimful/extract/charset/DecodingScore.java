package brimful.extract.charset;

import java.nio.charset.Charset;

/// How well bytes read as text in one encoding.
///
/// The bytes are decoded, and the text is weighed by how its letters follow each other in the
/// languages that the encoding is used for: the fewer bits a language needs for it, the better.
/// Bits are comparable between encodings, as each has to account for the same bytes. What touches
/// characters beyond ASCII counts in full; words in ASCII around it count a little, for they tell
/// the language. Weighing ends as soon as it is lost.
final class DecodingScore {
  /// What a character of ASCII costs where the language has no say.
  static final float ASCII_BITS = 4.5f;

  /// How much of what a language says of two letters of ASCII counts.
  private static final float ASCII_SHARE = 0.25f;

  private static final float BROKEN_BITS = 25;
  private static final float CAPITAL_FIRST_BITS = 2;
  private static final float ALONE_BITS = 4;
  private static final float CAPITAL_INSIDE_BITS = 8;
  private static final float CAPITAL_AMONG_CAPITALS_BITS = 0.5f;
  private static final float QUOTE_BITS = 5;
  private static final float SIGN_BITS = 8;
  private static final float SYMBOL_BITS = 12;
  private static final float SYMBOL_INSIDE_BITS = 6;
  private static final float BOX_BITS = 13;
  private static final float BOX_BESIDE_BOX_BITS = 3;

  /// Symbols of ordinary text; those of the second row are rarer, and all others still more.
  private static final String QUOTES = "’“”–„«»—…‘‚©°§•\u00a0";

  private static final String SIGNS = "®€£·™±×²³½¼¾µº¿¡№†‹›\u200c\u200f\u200e";

  private final String text;
  private final char[] lower;

  private DecodingScore(String text) {
    this.text = text;
    this.lower = LetterModel.lower(text);
  }

  /// Returns the bits of bytes that are read in an encoding, by the language that needs fewest; any
  /// number above `enough` if they are more than that.
  static float bits(
      byte[] bytes, int length, Charset charset, Iterable<LetterModel> languages, float enough) {
    var decodingScore = new DecodingScore(new String(bytes, 0, length, charset));
    float fixed = decodingScore.ofAllLanguages(enough);
    float fewest = enough;
    for (LetterModel language : languages) {
      fewest = Math.min(fewest, fixed > fewest ? fixed : decodingScore.by(language, fixed, fewest));
    }
    return fewest >= enough ? Float.MAX_VALUE : fewest;
  }

  private float ofAllLanguages(float enough) {
    float bits = 0;
    char previous = ' ';
    boolean upperBefore = false;
    for (int i = 0; i < text.length() && bits <= enough; i++) {
      char c = text.charAt(i);
      if (c < 0x80 && previous < 0x80) {
        bits += ASCII_BITS;
        upperBefore = c >= 'A' && c <= 'Z';
      } else if (c >= 0x80 && !LetterModel.isLetter(c)) {
        bits += symbol(i, previous, c);
        upperBefore = false;
      } else {
        boolean upper = Character.isUpperCase(c);
        bits += upper ? capital(previous, upperBefore) : 0;
        bits += c >= 0x80 && isAlone(i, previous) ? ALONE_BITS : 0;
        upperBefore = upper;
      }
      previous = c;
    }
    return bits;
  }

  private static float capital(char previous, boolean upperBefore) {
    if (upperBefore) {
      return CAPITAL_AMONG_CAPITALS_BITS;
    }
    return LetterModel.isLetter(previous) ? CAPITAL_INSIDE_BITS : CAPITAL_FIRST_BITS;
  }

  /// Few words are a single letter; signs stand alone. In scripts with thousands of characters, any
  /// may.
  private boolean isAlone(int at, char previous) {
    return text.charAt(at) < 0x3000
        && !LetterModel.isLetter(previous)
        && (at + 1 >= text.length() || !LetterModel.isLetter(text.charAt(at + 1)));
  }

  private float symbol(int at, char previous, char c) {
    boolean inside =
        at + 1 < text.length()
            && LetterModel.isLetter(previous)
            && LetterModel.isLetter(text.charAt(at + 1))
            && c < 0x3000
            && c != '’'
            && c != '·'
            && c != '\u200c';
    return (inside ? SYMBOL_INSIDE_BITS : 0) + symbol(previous, c);
  }

  private static float symbol(char previous, char c) {
    if (QUOTES.indexOf(c) >= 0) {
      return QUOTE_BITS;
    }
    if (SIGNS.indexOf(c) >= 0) {
      return SIGN_BITS;
    }
    if (isBox(c)) {
      return isBox(previous) ? BOX_BESIDE_BOX_BITS : BOX_BITS;
    }
    return switch (Character.getType(c)) {
      case Character.UNASSIGNED, Character.PRIVATE_USE, Character.SURROGATE, Character.CONTROL ->
          BROKEN_BITS;
      // Those of the scripts with thousands of characters are weighed by the language.
      default -> c == '\ufffd' ? BROKEN_BITS : c >= 0x3000 ? 0 : SYMBOL_BITS;
    };
  }

  private static boolean isBox(char c) {
    return c >= 0x2500 && c < 0x25a0;
  }

  private float by(LetterModel language, float fixed, float enough) {
    float bits = fixed;
    char previous = ' ';
    for (int i = 0; i < lower.length && bits <= enough; i++) {
      char c = lower[i];
      if (c >= 0x80 || previous >= 0x80) {
        bits += language.bits(previous, c);
      } else if (isAsciiLetter(c) && language.usesAscii()) {
        bits += ASCII_SHARE * (language.bits(previous, c) - ASCII_BITS);
      }
      previous = c;
    }
    return bits;
  }

  private static boolean isAsciiLetter(char c) {
    return c >= 'a' && c <= 'z';
  }
}
