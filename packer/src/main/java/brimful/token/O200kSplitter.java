package brimful.token;

import java.util.Arrays;

/// Splits text into the pretokens of `o200k_base`, by a few branches instead of its regular
/// expression:
///
///     [^\r\n\pL\pN]?[UB]*[LB]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?
///     | [^\r\n\pL\pN]?[UB]+[LB]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?
///     | \pN{1,3} | ?[^\s\pL\pN]+[\r\n/]* | \s*[\r\n]+ | \s+(?!\S) | \s+
///
/// U are capitals, L small letters, and B letters without case and marks. Marks are a class of
/// their own: they are no letters, so one may also stand in front of a word, or among signs. Where
/// the first alternative has taken capitals and finds no small letter, it gives back what it took,
/// down to the last letter without case.
///
/// Tests compare with JTokkit.
final class O200kSplitter {
  /// What it may look at behind the text.
  static final int PADDING = Long.BYTES;

  private static final int DIGITS_MAX = 3;

  private static final byte SIGN = 0;
  private static final byte LOWER = 1;
  private static final byte UPPER = 2;

  /// A letter without case.
  private static final byte BOTH = 3;

  private static final byte MARK = 4;
  private static final byte DIGIT = 5;
  private static final byte SPACE = 6;
  private static final byte NEWLINE = 7;

  private static final byte[] KINDS = new byte[128];

  static {
    Arrays.fill(KINDS, 'a', 'z' + 1, LOWER);
    Arrays.fill(KINDS, 'A', 'Z' + 1, UPPER);
    Arrays.fill(KINDS, '0', '9' + 1, DIGIT);
    for (char c : " \t\u000B\f".toCharArray()) {
      KINDS[c] = SPACE;
    }
    KINDS['\n'] = NEWLINE;
    KINDS['\r'] = NEWLINE;
  }

  private O200kSplitter() {}

  /// Returns where the pretoken ends that starts at `from`.
  ///
  /// @param text well-formed UTF-8 up to `to`, and [#PADDING] zero bytes
  static int end(byte[] text, int from, int to) {
    byte kind = kind(text, from);
    if (kind == LOWER || kind == UPPER) {
      return letters(text, from, to);
    }
    if (kind == BOTH) {
      return word(text, from, to, to);
    }
    if (kind == DIGIT) {
      return digits(text, from, to);
    }
    int after = after(text, from);
    byte next = after < to ? kind(text, after) : NEWLINE;
    if (kind != MARK && kind != NEWLINE && (next == LOWER || next == UPPER)) {
      return letters(text, after, to);
    }
    if (kind != NEWLINE && (isLetter(next) || next == MARK)) {
      return word(text, after, to, kind == MARK ? after : to);
    }
    if (kind == MARK) {
      return after + ending(text, after, to);
    }
    if (kind == SIGN) {
      return signs(text, after, to);
    }
    return text[from] == ' ' && next == SIGN ? signs(text, after, to) : space(text, from, to);
  }

  private static boolean isLetter(byte kind) {
    return kind >= LOWER && kind <= BOTH;
  }

  private static int digits(byte[] text, int from, int to) {
    int at = from;
    for (int digits = 0; digits < DIGITS_MAX && at < to && kind(text, at) == DIGIT; digits++) {
      at = after(text, at);
    }
    return at;
  }

  /// Returns the end of a word that begins with a letter that has case. Most are a capital at most
  /// and small ASCII letters: eight of these are examined at once, and the padding ends them.
  private static int letters(byte[] text, int from, int to) {
    int small = text[from] >= 'A' && text[from] <= 'Z' ? from + 1 : from;
    int at = small;
    long stop;
    do {
      stop = SwarBytes.stopSmall(SwarBytes.at(text, at));
      at += SwarBytes.bytesBefore(stop);
    } while (stop == 0);
    // Behind small letters, only what is beyond ASCII or an apostrophe may go on with the word.
    return at > small && text[at] >= 0 && text[at] != '\'' ? at : word(text, from, to, to);
  }

  /// @param from where its first letter is, not what stands in front
  /// @param capitals where the pretoken ends if the word is capitals only and a mark stands in
  ///   front, which then is a pretoken of its own; otherwise `to`
  private static int word(byte[] text, int from, int to, int capitals) {
    int at = from;
    int both = -1;
    byte kind = SIGN;
    while (at < to) {
      kind = kind(text, at);
      if (kind == BOTH || kind == MARK) {
        at = after(text, at);
        both = at;
      } else if (kind == UPPER) {
        at = after(text, at);
      } else {
        break;
      }
    }
    if (at < to && kind == LOWER) {
      do {
        at = after(text, at);
        kind = at < to ? kind(text, at) : SIGN;
      } while (kind == LOWER || kind == BOTH || kind == MARK);
    } else if (both >= 0) {
      at = both;
    } else if (capitals < to) {
      at = capitals;
    }
    return at + ending(text, at, to);
  }

  /// Returns the bytes of an English ending with its apostrophe, or 0.
  private static int ending(byte[] text, int at, int to) {
    if (at >= to || text[at] != '\'') {
      return 0;
    }
    int first = at + 1 < to ? text[at + 1] | 0x20 : 0;
    int second = at + 2 < to ? text[at + 2] | 0x20 : 0;
    return switch (first) {
      case 's', 't', 'm', 'd' -> 2;
      case 'r', 'v' -> second == 'e' ? 3 : 0;
      case 'l' -> second == 'l' ? 3 : 0;
      default -> isLongS(text, at + 1, to) ? 3 : 0;
    };
  }

  /// Returns whether there is an `ſ`, which is an s to whoever ignores case.
  private static boolean isLongS(byte[] text, int at, int to) {
    return at + 1 < to && text[at] == (byte) 0xc5 && text[at + 1] == (byte) 0xbf;
  }

  private static int signs(byte[] text, int from, int to) {
    int at = from;
    while (at < to) {
      byte kind = kind(text, at);
      if (kind != SIGN && kind != MARK) {
        break;
      }
      at = after(text, at);
    }
    while (at < to && (text[at] == '/' || text[at] == '\n' || text[at] == '\r')) {
      at++;
    }
    return at;
  }

  private static int space(byte[] text, int from, int to) {
    int at = from;
    int last = from;
    int afterNewline = from;
    while (at < to) {
      if (text[at] == ' ') {
        at += SwarBytes.bytesBefore(SwarBytes.stopBlank(SwarBytes.at(text, at)));
        last = at - 1;
        continue;
      }
      byte kind = kind(text, at);
      if (kind < SPACE) {
        break;
      }
      last = at;
      at = after(text, at);
      if (kind == NEWLINE) {
        afterNewline = at;
      }
    }
    if (afterNewline > from) {
      return afterNewline;
    }
    return at == to || last == from ? at : last;
  }

  private static int after(byte[] text, int at) {
    byte lead = text[at];
    if (lead >= 0) {
      return at + 1;
    }
    return at + ((lead & 0xe0) == 0xc0 ? 2 : (lead & 0xf0) == 0xe0 ? 3 : 4);
  }

  private static byte kind(byte[] text, int at) {
    byte lead = text[at];
    return lead >= 0 ? KINDS[lead] : kindOf(codePoint(text, at));
  }

  private static int codePoint(byte[] text, int at) {
    byte lead = text[at];
    int second = text[at + 1] & 0x3f;
    if ((lead & 0xe0) == 0xc0) {
      return (lead & 0x1f) << 6 | second;
    }
    int third = text[at + 2] & 0x3f;
    return (lead & 0xf0) == 0xe0
        ? (lead & 0x0f) << 12 | second << 6 | third
        : (lead & 0x07) << 18 | second << 12 | third << 6 | text[at + 3] & 0x3f;
  }

  private static byte kindOf(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.LOWERCASE_LETTER -> LOWER;
      case Character.UPPERCASE_LETTER, Character.TITLECASE_LETTER -> UPPER;
      case Character.MODIFIER_LETTER, Character.OTHER_LETTER -> BOTH;
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK ->
          MARK;
      case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> DIGIT;
      case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
          SPACE;
      default -> codePoint == 0x85 ? SPACE : SIGN;
    };
  }
}
