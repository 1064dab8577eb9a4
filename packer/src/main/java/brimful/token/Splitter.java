package brimful.token;

import static brimful.token.CharClasses.CJK_OTHER;
import static brimful.token.CharClasses.CJK_PUNCTUATION;
import static brimful.token.CharClasses.CJK_WORD;
import static brimful.token.CharClasses.NEWLINE;
import static brimful.token.CharClasses.NUMBER;
import static brimful.token.CharClasses.PUNCTUATION;
import static brimful.token.CharClasses.SPACE;
import static brimful.token.CharClasses.WORD;

import java.util.Arrays;

/// Splits text into pretokens, the pieces within which DeepSeek's tokenizer merges bytes.
///
/// The tokenizer defines three patterns, each applied to the pieces that the previous one left:
///
///     1  \p{N}{1,3}
///     2  [一-龥぀-ゟ゠-ヿ]+
///     3  [!-/:-~ without letters][A-Za-z]+ | [^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+
///        | ?[\p{P}\p{S}]+[\r\n]* | \s*[\r\n]+ | \s+(?!\S) | \s+
///
/// What matches nothing stays a piece of its own. A single pass suffices: for the third pattern,
/// the ends of what the first two matched are ends of the text. Therefore white space before a
/// number stays whole, but before a control character it loses its last character. The third
/// pattern also splits what the second one matched, which separates `カ` from `・`; it does not split
/// numbers.
///
/// Text is UTF-8 without errors. Finding all ends takes linear time. Thread-safe.
final class Splitter {
  /// How many bytes after the text may be read.
  static final int PADDING = 2 * Long.BYTES;

  private static final int DIGITS_MAX = 3;

  private static final int ASCII = 128;

  private final CharClasses classes;
  private final AsciiBlock block;
  private final byte[] ascii = new byte[ASCII];

  /// How many bytes a pretoken must have that starts with each byte and continues with ASCII
  /// letters, up to another ASCII byte; unreachable where there is no such pretoken.
  private final byte[] wordBytesMin = new byte[256];

  Splitter(CharClasses classes) {
    this.classes = classes;
    block = new AsciiBlock(classes);
    for (int c = 0; c < ASCII; c++) {
      ascii[c] = classes.of(c);
    }
    Arrays.fill(wordBytesMin, Byte.MAX_VALUE);
    for (int c = 0; c < ASCII; c++) {
      if (ascii[c] <= PUNCTUATION || ascii[c] == SPACE) {
        wordBytesMin[c] = ascii[c] == WORD ? (byte) 1 : 2;
      }
    }
  }

  /// Returns the end of the pretoken that starts at `from`, which is before `to`.
  ///
  /// @param text followed by [#PADDING] zero bytes
  /// @param from 0 or what this method returned for the pretoken before
  /// @param to the end of the text
  int end(byte[] text, int from, int to) {
    long stop = SwarBytes.stopAfterFirst(SwarBytes.at(text, from));
    int at = from + SwarBytes.bytesBefore(stop);
    if (at - from >= wordBytesMin[text[from] & 0xff]) {
      while (stop == 0) {
        stop = SwarBytes.stop(SwarBytes.at(text, at));
        at += SwarBytes.bytesBefore(stop);
      }
      if (text[at] >= 0) {
        return at;
      }
    }
    return endOfAny(text, from, to);
  }

  /// Marks the pretokens that start in the 64 bytes from `from` on, if those are ASCII.
  long asciiStarts(byte[] text, int from, int to) {
    return SwarBytes.ascii(SwarBytes.at(text, from)) ? block.starts(text, from, to) : 0;
  }

  private int endOfAny(byte[] text, int from, int to) {
    return switch (classAt(text, from)) {
      case WORD -> run(text, from, to, WORD);
      case PUNCTUATION -> punctuation(text, from, to);
      case SPACE, NEWLINE -> space(text, from, to);
      case NUMBER -> number(text, from, to);
      case CJK_WORD -> run(text, from, to, CJK_WORD);
      case CJK_PUNCTUATION -> run(text, from, to, CJK_PUNCTUATION);
      case CJK_OTHER -> other(text, from, to, CJK_WORD);
      default -> other(text, from, to, WORD);
    };
  }

  private int punctuation(byte[] text, int from, int to) {
    int next = from + 1;
    if (text[from] < 0 || next == to || !isAsciiLetter(text[next])) {
      return punctuationAndNewlines(text, from, to);
    }
    while (next < to && isAsciiLetter(text[next])) {
      next++;
    }
    return next;
  }

  private int punctuationAndNewlines(byte[] text, int from, int to) {
    int at = run(text, from, to, PUNCTUATION);
    while (at < to && (text[at] == '\n' || text[at] == '\r')) {
      at++;
    }
    return at;
  }

  private int space(byte[] text, int from, int to) {
    int at = lastOfSpaces(text, from, to);
    int last = at;
    int afterNewline = from;
    byte kind = classAt(text, at);
    while (kind == SPACE || kind == NEWLINE) {
      last = at;
      at += width(text[at]);
      if (kind == NEWLINE) {
        afterNewline = at;
      }
      kind = at < to ? classAt(text, at) : NUMBER;
    }
    if (last == from && afterNewline == from) {
      if (kind == WORD) {
        return run(text, at, to, WORD);
      }
      if (kind == PUNCTUATION && text[from] == ' ') {
        return punctuationAndNewlines(text, at, to);
      }
    }
    if (afterNewline > from) {
      return afterNewline;
    }
    boolean atEndOfPiece = kind == NUMBER || kind >= CJK_OTHER;
    return atEndOfPiece || last == from ? at : last;
  }

  private static int lastOfSpaces(byte[] text, int from, int to) {
    int at = from;
    while (at + 1 < to && text[at] == ' ' && text[at + 1] == ' ') {
      at++;
    }
    return at;
  }

  private int number(byte[] text, int from, int to) {
    int at = from;
    for (int digits = 0; digits < DIGITS_MAX && at < to; digits++) {
      if (classAt(text, at) != NUMBER) {
        break;
      }
      at += width(text[at]);
    }
    return at;
  }

  /// Ends a word that such a character opens, or else a run of such characters.
  private int other(byte[] text, int from, int to, byte word) {
    byte kind = classAt(text, from);
    int at = from;
    do {
      int next = at + width(text[at]);
      if (next < to && classAt(text, next) == word) {
        return at == from ? run(text, next, to, word) : at;
      }
      at = next;
    } while (at < to && classAt(text, at) == kind);
    return at;
  }

  private int run(byte[] text, int from, int to, byte kind) {
    int at = from;
    while (at < to && classAt(text, at) == kind) {
      at += width(text[at]);
    }
    return at;
  }

  private byte classAt(byte[] text, int at) {
    byte lead = text[at];
    return lead >= 0 ? ascii[lead] : classes.of(codePoint(text, at));
  }

  private static boolean isAsciiLetter(byte b) {
    int lower = b | 0x20;
    return lower >= 'a' && lower <= 'z';
  }

  private static int width(byte lead) {
    return lead >= 0 ? 1 : lead < (byte) 0xe0 ? 2 : lead < (byte) 0xf0 ? 3 : 4;
  }

  private static int codePoint(byte[] text, int at) {
    byte lead = text[at];
    int second = text[at + 1] & 0x3f;
    if (lead < (byte) 0xe0) {
      return (lead & 0x1f) << 6 | second;
    }
    int third = text[at + 2] & 0x3f;
    if (lead < (byte) 0xf0) {
      return (lead & 0x0f) << 12 | second << 6 | third;
    }
    return (lead & 0x07) << 18 | second << 12 | third << 6 | (text[at + 3] & 0x3f);
  }
}
