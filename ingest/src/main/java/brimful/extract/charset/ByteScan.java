package brimful.extract.charset;

/// The result of one pass over every byte of a text, so that ASCII and UTF-8 need no second one.
///
/// @param nuls how many bytes are 0
/// @param escapes how many bytes are the control character escape
/// @param controls how many bytes are control characters that [brimful.extract.PlainText#normal]
///   would change
/// @param odd how many of them never occur in text: all but carriage returns, form feeds,
///   backspaces and escapes
/// @param good how many characters beyond ASCII are UTF-8
/// @param bad how many bytes are neither ASCII nor part of such a character; the beginning of one
///   whose rest is missing counts as one
public record ByteScan(int nuls, int escapes, int controls, int odd, int good, int bad) {
  /// Text has few odd control characters.
  private static final double ODD_MAX = 0.05;

  /// Half of a character beyond the first plane, as in CESU-8.
  private static final int HALF_BYTES = 3;

  /// Scans all bytes. A character cut off by the end is not bad if others are good.
  public static ByteScan of(byte[] bytes) {
    int nuls = 0;
    int escapes = 0;
    int controls = 0;
    int usual = 0;
    int good = 0;
    int bad = 0;
    boolean cut = false;
    int i = 0;
    while (i < bytes.length) {
      byte b = bytes[i];
      if (b > 0x1f && b != 0x7f) {
        i++;
      } else if (b >= 0) {
        if (b != '\n' && b != '\t') {
          controls++;
          nuls += b == 0 ? 1 : 0;
          escapes += b == 0x1b ? 1 : 0;
          usual += b == '\r' || b == '\f' || b == '\b' || b == 0x1b ? 1 : 0;
        }
        i++;
      } else {
        int length = sequence(bytes, i);
        if (length > 1) {
          good++;
          i += length;
        } else if (length < 0) {
          cut = true;
          i = bytes.length;
        } else if (isPair(bytes, i)) {
          good++;
          i += 2 * HALF_BYTES;
        } else if (isHalf(bytes, i, 0xa0) || isHalf(bytes, i, 0xb0)) {
          // A half alone says nothing of the encoding, for it may be three letters.
          i += HALF_BYTES;
        } else {
          bad++;
          i += broken(bytes, i);
        }
      }
    }
    return new ByteScan(
        nuls, escapes, controls, controls - usual, good, bad + (cut && good == 0 ? 1 : 0));
  }

  /// Returns whether too many control characters are odd for this to be text.
  boolean isOdd(int length) {
    return odd > 1 && odd > ODD_MAX * length;
  }

  /// Returns whether at least four in five characters beyond ASCII are UTF-8: in other encodings,
  /// hardly one in ten looks like it by chance.
  boolean mostlyUtf8() {
    return bad * 4L <= good;
  }

  /// Returns the length of the UTF-8 character that begins at a byte beyond ASCII; 0 if there is
  /// none, -1 if the end cuts it off.
  private static int sequence(byte[] bytes, int at) {
    int first = bytes[at] & 0xff;
    int length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
    for (int i = 1; i < length; i++) {
      if (at + i >= bytes.length) {
        return -1;
      }
      if ((bytes[at + i] & 0xc0) != 0x80) {
        return 0;
      }
    }
    boolean tooLong =
        (first == 0xe0 && second(bytes, at) < 0xa0) || (first == 0xf0 && second(bytes, at) < 0x90);
    boolean surrogate = first == 0xed && second(bytes, at) > 0x9f;
    boolean tooLarge = first == 0xf4 && second(bytes, at) > 0x8f;
    return tooLong || surrogate || tooLarge ? 0 : length;
  }

  /// Returns whether two surrogates are here, each written as a character of its own. Nothing reads
  /// them as one, but no other encoding looks so.
  private static boolean isPair(byte[] bytes, int at) {
    return isHalf(bytes, at, 0xa0) && isHalf(bytes, at + HALF_BYTES, 0xb0);
  }

  private static boolean isHalf(byte[] bytes, int at, int from) {
    return at + HALF_BYTES <= bytes.length
        && (bytes[at] & 0xff) == 0xed
        && (bytes[at + 1] & 0xf0) == from
        && (bytes[at + 2] & 0xc0) == 0x80;
  }

  /// Returns how many bytes a broken character has: the first, and those that may follow it.
  private static int broken(byte[] bytes, int at) {
    int first = bytes[at] & 0xff;
    int length = first < 0xc2 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 1;
    int end = at + 1;
    while (end < at + length && end < bytes.length && (bytes[end] & 0xc0) == 0x80) {
      end++;
    }
    return end - at;
  }

  private static int second(byte[] bytes, int at) {
    return bytes[at + 1] & 0xff;
  }
}
