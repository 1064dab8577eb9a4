package brimful.corpus;

import java.text.Normalizer;

/// The form in which texts are compared: NFKC without invisible characters.
///
/// `fer­men­ta­tion` with soft hyphens is `fermentation`, `ﬁle` is `file`, `Ｇｏ` is `Go`, and a name
/// that macOS decomposed equals the one that a person types. For comparison only: the original text
/// is what is shown and packed.
///
/// ASCII is its own folding and returned after one look at each character. Of other text, only what
/// NFKC may change goes to the JDK's normalizer, piece by piece; a test compares the ranges below
/// with it.
public final class Folding {
  private static final int ASCII = 128;
  private static final int FULL_WIDTH_FIRST = 0xFF01;
  private static final int FULL_WIDTH_LAST = 0xFF5E;
  private static final int FULL_WIDTH_OFFSET = FULL_WIDTH_FIRST - '!';

  /// First and last of ranges that NFKC never changes, whatever surrounds them: no marks, and
  /// nothing that composes with a preceding character.
  private static final int[] STABLE = {
    0xA1, 0xA7, 0xA9, 0xA9, 0xAB, 0xAC, 0xAE, 0xAE, 0xB0, 0xB1, 0xB6, 0xB7, 0xBB, 0xBB, 0xBF, 0x131,
    0x134, 0x13E, 0x141, 0x148, 0x14A, 0x17E, 0x180, 0x1C3, 0x1CD, 0x1F0, 0x1F4, 0x2AF, 0x386,
    0x386, 0x388, 0x38A, 0x38E, 0x3A1, 0x3A3, 0x3CE, 0x400, 0x482, 0x48A, 0x52F, 0x5D0, 0x5EA,
    0x621, 0x64A, 0x660, 0x66F, 0x679, 0x6D4, 0x10D0, 0x10F0, 0x2012, 0x2016, 0x2018, 0x2023,
    0x2027, 0x2027, 0x2030, 0x2032, 0x2039, 0x203B, 0x20A0, 0x20A7, 0x20A9, 0x20BF, 0x2190, 0x21FF,
    0x2200, 0x222B, 0x2500, 0x27BF, 0x3001, 0x3029, 0x3041, 0x3096, 0x30A1, 0x30FA, 0x30FC, 0x30FE,
    0x3400, 0x4DBF, 0x4E00, 0x9FFF, 0xAC00, 0xD7A3, 0x1F300, 0x1F64F, 0x1F680, 0x1F6D4, 0x1F900,
    0x1F9FF, 0x20000, 0x2A6DF
  };

  private static final long[] STABLE_BITS = bits();

  private Folding() {}

  /// Returns a text's folding.
  public static String of(String text) {
    return of(text, 0);
  }

  /// Returns a text whose end, from a position on, is folded; the same object if nothing changes.
  ///
  /// @param from not inside a surrogate pair, nor before a mark that belongs to the preceding text
  public static String of(String text, int from) {
    int at = unstable(text, from);
    if (at == text.length()) {
      return text;
    }
    var folded = new StringBuilder(text.length() + 16).append(text, 0, from);
    var piece = new StringBuilder();
    int start = from;
    while (at < text.length()) {
      // A changed character may compose with the one before it.
      int first = at > start && !Character.isSurrogate(text.charAt(at - 1)) ? at - 1 : at;
      folded.append(text, start, first);
      start = fold(text, first, at, piece, folded);
      at = unstable(text, start);
    }
    return folded.append(text, start, at).toString();
  }

  private static int unstable(String text, int from) {
    int length = text.length();
    int at = from;
    while (at < length) {
      char c = text.charAt(at);
      if (c >= ASCII && !isStable(c)) {
        break;
      }
      at++;
    }
    return at;
  }

  /// Folds up to the next stable character, which composes with nothing. Returns its position.
  ///
  /// @param unstable where the first character is that may change
  private static int fold(
      String text, int from, int unstable, StringBuilder piece, StringBuilder folded) {
    piece.setLength(0);
    boolean stable = true;
    int at = from;
    while (at < text.length() && (at <= unstable || !isStable(text.charAt(at)))) {
      int point = text.codePointAt(at);
      int next = at + Character.charCount(point);
      if (isHyphen(point) && endsLine(text, next)) {
        piece.append('-');
      } else if (isPlain(point)) {
        piece.append(plain(point));
      } else if (!isUnseen(point)) {
        piece.appendCodePoint(point);
        stable &= isStable(point);
      }
      at = next;
    }
    folded.append(stable ? piece : Normalizer.normalize(piece, Normalizer.Form.NFKC));
    return at;
  }

  /// Full-width forms, special blanks and trademark signs are frequent and simple.
  private static boolean isPlain(int point) {
    return (point >= FULL_WIDTH_FIRST && point <= FULL_WIDTH_LAST)
        || point == 0xA0
        || point == 0x3000
        || (point >= 0x2000 && point <= 0x200A)
        || point == 0x202F
        || point == 0x205F
        || point == 0x2120
        || point == 0x2122;
  }

  private static char plain(int point) {
    return point >= FULL_WIDTH_FIRST ? (char) (point - FULL_WIDTH_OFFSET) : ' ';
  }

  /// A hyphen of any kind: at the end of a line it may belong to the layout rather than the word.
  private static boolean isHyphen(int point) {
    return point == 0xAD || point == 0x2010 || point == 0x2011;
  }

  private static boolean endsLine(String text, int at) {
    return at < text.length() && (text.charAt(at) == '\n' || text.charAt(at) == '\r');
  }

  /// Soft hyphens, joiners, direction marks, glyph variants: they change how text looks or breaks,
  /// not what it says.
  private static boolean isUnseen(int point) {
    return point == 0xAD
        || point == 0x34F
        || point == 0x61C
        || point == 0x180E
        || (point >= 0x200B && point <= 0x200F)
        || (point >= 0x202A && point <= 0x202E)
        || (point >= 0x2060 && point <= 0x206F)
        || (point >= 0xFE00 && point <= 0xFE0F)
        || point == 0xFEFF
        || (point >= 0xE0000 && point <= 0xE0FFF);
  }

  /// Returns whether a text, or a part of it, is its own folding, by one look at each character. A
  /// text for which it returns false may still be its own folding.
  public static boolean isFolded(char[] chars, int from, int to) {
    for (int at = from; at < to; at++) {
      if (!isStable(chars[at])) {
        return false;
      }
    }
    return true;
  }

  static boolean isStable(int point) {
    if (point < ASCII) {
      return true;
    }
    int word = point >> 6;
    return word < STABLE_BITS.length && (STABLE_BITS[word] >> point & 1) != 0;
  }

  private static long[] bits() {
    var bits = new long[(STABLE[STABLE.length - 1] >> 6) + 1];
    for (int range = 0; range < STABLE.length; range += 2) {
      for (int point = STABLE[range]; point <= STABLE[range + 1]; point++) {
        bits[point >> 6] |= 1L << point;
      }
    }
    return bits;
  }
}
