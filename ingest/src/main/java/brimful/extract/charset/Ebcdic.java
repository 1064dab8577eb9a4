package brimful.extract.charset;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Recognises text of mainframes by its letters: blanks, letters and digits are where no other
/// encoding has them, and are nearly all of it.
///
/// The code pages of western languages differ in punctuation only; the one in which it is most
/// usual wins. Pure, and linear in the length.
public final class Ebcdic {
  private static final int BYTES_MIN = 16;
  private static final int BYTES_MAX = 8 << 10;
  private static final int BLANK = 0x40;
  private static final double USUAL_MIN = 0.85;
  private static final double BLANKS_MIN = 0.04;
  private static final double LETTERS_MIN = 0.3;

  /// In the order in which they win ties; a reduced Java may lack some.
  private static final List<Charset> PAGES =
      Stream.of("IBM037", "IBM1047", "IBM500")
          .filter(Charset::isSupported)
          .map(Charset::forName)
          .toList();

  private static final String RARE = "¢¬¨¯Ý^";
  private static final String USUAL = "[]!|{}\\";

  private Ebcdic() {}

  /// Returns the code page of text in EBCDIC; empty for other bytes.
  public static Optional<Charset> of(byte[] bytes) {
    int length = Math.min(bytes.length, BYTES_MAX);
    if (length < BYTES_MIN || PAGES.isEmpty()) {
      return Optional.empty();
    }
    int letters = 0;
    int blanks = 0;
    int others = 0;
    for (int i = 0; i < length; i++) {
      int b = bytes[i] & 0xff;
      if (b == BLANK) {
        blanks++;
      } else if (isLetter(b)) {
        letters++;
      } else if (isMark(b)) {
        others++;
      }
    }
    boolean ebcdic =
        letters + blanks + others >= USUAL_MIN * length
            && blanks >= BLANKS_MIN * length
            && letters >= LETTERS_MIN * length;
    return ebcdic ? Optional.of(best(bytes, length)) : Optional.empty();
  }

  private static boolean isLetter(int b) {
    int low = b & 0x0f;
    return switch (b >> 4) {
      case 0x8, 0x9, 0xc, 0xd -> low >= 1 && low <= 9;
      case 0xa, 0xe -> low >= 2 && low <= 9;
      default -> false;
    };
  }

  /// Digits, line ends, and the marks that all pages have in common.
  private static boolean isMark(int b) {
    return (b >= 0xf0 && b <= 0xf9)
        || switch (b) {
          case 0x05, 0x0d, 0x15, 0x25 -> true;
          case 0x4b, 0x4c, 0x4d, 0x4e, 0x50, 0x5b, 0x5c, 0x5d, 0x5e -> true;
          case 0x60, 0x61, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f -> true;
          case 0x7a, 0x7b, 0x7c, 0x7d, 0x7e, 0x7f, 0xc0, 0xd0 -> true;
          default -> false;
        };
  }

  private static Charset best(byte[] bytes, int length) {
    Charset best = PAGES.getFirst();
    long most = Long.MIN_VALUE;
    for (Charset page : PAGES) {
      String text = new String(bytes, 0, length, page);
      long usual =
          text.chars().map(c -> USUAL.indexOf(c) >= 0 ? 1 : RARE.indexOf(c) >= 0 ? -2 : 0).sum();
      if (usual > most) {
        most = usual;
        best = page;
      }
    }
    return best;
  }
}
