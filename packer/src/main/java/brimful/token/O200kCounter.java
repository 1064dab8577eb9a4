package brimful.token;

import com.knuddels.jtokkit.api.Encoding;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Counts tokens of ASCII text as `o200k_base` does, several times as fast as JTokkit: it cuts the
/// text by a few branches instead of a regular expression, and asks JTokkit only about pretokens
/// that are not in its cache. Of other text, JTokkit counts the lines that are not ASCII.
///
/// Lines are cut where no pretoken can reach across, and where what is on one side does not matter
/// to the other: after a newline that is followed by a letter, a digit or a sign but `/`, with
/// spaces before it or not. Only white space and signs go on behind a newline: `[\r\n/]*` ends
/// before a space and any other sign, and `\s*[\r\n]+`, which takes precedence over `\s+`, ends at
/// the last newline.
///
/// The pattern, in ASCII: `[^\r\n\pL\pN]?` before a word of capitals and then small letters, with
/// its English ending (`'s`, `'ll`); `\pN{1,3}`; ` ?[^\s\pL\pN]+[\r\n/]*`; `\s*[\r\n]+`;
/// `\s+(?!\S)`; `\s+`. Tests compare with JTokkit.
///
/// Not thread-safe.
final class O200kCounter {
  private static final int DIGITS_MAX = 3;

  /// What the cache may look at behind the text.
  private static final int PADDING = 2 * Long.BYTES;

  private static final byte SIGN = 0;
  private static final byte LOWER = 1;
  private static final byte UPPER = 2;
  private static final byte DIGIT = 3;
  private static final byte SPACE = 4;
  private static final byte NEWLINE = 5;
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

  private final Encoding encoding;
  private final PretokenCache cache = new PretokenCache();

  O200kCounter(Encoding encoding) {
    this.encoding = encoding;
  }

  /// Returns the tokens of a text.
  int count(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    // A character that is not ASCII takes two bytes or more, or is half a pair, written as `?`.
    return bytes.length != text.length() || (text.indexOf('?') >= 0 && !isAscii(text))
        ? countLines(text)
        : countAscii(bytes);
  }

  /// Counts runs of lines that are ASCII, and runs of lines that are not.
  private int countLines(String text) {
    int tokens = 0;
    int run = 0;
    boolean ascii = true;
    int at = 0;
    while (at < text.length()) {
      int start = at;
      boolean lineAscii = true;
      do {
        lineAscii &= text.charAt(at++) < KINDS.length;
      } while (at < text.length() && !isCut(text, at));
      if (lineAscii != ascii) {
        tokens += countRun(text.substring(run, start), ascii);
        run = start;
        ascii = lineAscii;
      }
    }
    return tokens + countRun(text.substring(run), ascii);
  }

  private int countRun(String text, boolean ascii) {
    return ascii
        ? countAscii(text.getBytes(StandardCharsets.ISO_8859_1))
        : encoding.countTokensOrdinary(text);
  }

  /// Returns whether a line can be cut before a character.
  private static boolean isCut(String text, int at) {
    if (text.charAt(at - 1) != '\n') {
      return false;
    }
    int next = at;
    while (next < text.length() && (text.charAt(next) == ' ' || text.charAt(next) == '\t')) {
      next++;
    }
    return next < text.length()
        && text.charAt(next) < KINDS.length
        && KINDS[text.charAt(next)] < SPACE
        && (next > at || text.charAt(next) != '/');
  }

  private int countAscii(byte[] bytes) {
    int length = bytes.length;
    byte[] padded = Arrays.copyOf(bytes, length + PADDING);
    int tokens = 0;
    int at = 0;
    while (at < length) {
      int end = end(padded, at, length);
      tokens += tokens(padded, at, end);
      at = end;
    }
    return tokens;
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= KINDS.length) {
        return false;
      }
    }
    return true;
  }

  private int tokens(byte[] text, int from, int to) {
    int length = to - from;
    int known;
    if (length < Long.BYTES) {
      long end = PretokenCache.end(SwarBytes.at(text, from), length);
      known = cache.count(end);
      if (known == 0) {
        known = encoded(text, from, to);
        cache.put(end, known);
      }
    } else if (length < 2 * Long.BYTES) {
      long word = SwarBytes.at(text, from);
      long end = PretokenCache.end(SwarBytes.at(text, from + Long.BYTES), length - Long.BYTES);
      known = cache.count(word, end);
      if (known == 0) {
        known = encoded(text, from, to);
        cache.put(word, end, known);
      }
    } else if (length <= PretokenCache.BYTES_MAX) {
      known = cache.count(text, from, to);
      if (known == 0) {
        known = encoded(text, from, to);
        cache.put(text, from, to, known);
      }
    } else {
      known = encoded(text, from, to);
    }
    return known;
  }

  private int encoded(byte[] text, int from, int to) {
    return encoding.countTokensOrdinary(
        new String(text, from, to - from, StandardCharsets.ISO_8859_1));
  }

  /// Returns where the pretoken ends that starts at `from`.
  private static int end(byte[] text, int from, int to) {
    byte kind = KINDS[text[from]];
    if (kind == LOWER || kind == UPPER) {
      return word(text, from, to);
    }
    if (kind == DIGIT) {
      int at = from + 1;
      while (at < to && at - from < DIGITS_MAX && KINDS[text[at]] == DIGIT) {
        at++;
      }
      return at;
    }
    byte next = from + 1 < to ? KINDS[text[from + 1]] : NEWLINE;
    if (kind != NEWLINE && (next == LOWER || next == UPPER)) {
      return word(text, from + 1, to);
    }
    if (kind == SIGN) {
      return signs(text, from, to);
    }
    return text[from] == ' ' && from + 1 < to && next == SIGN
        ? signs(text, from + 1, to)
        : space(text, from, to);
  }

  private static int word(byte[] text, int from, int to) {
    int at = from;
    while (at < to && KINDS[text[at]] == UPPER) {
      at++;
    }
    while (at < to && KINDS[text[at]] == LOWER) {
      at++;
    }
    return at + (at < to && text[at] == '\'' ? ending(text, at + 1, to) : 0);
  }

  /// Returns the characters of an English ending with its apostrophe, or 0.
  private static int ending(byte[] text, int at, int to) {
    int first = at < to ? text[at] | 0x20 : 0;
    int second = at + 1 < to ? text[at + 1] | 0x20 : 0;
    return switch (first) {
      case 's', 't', 'm', 'd' -> 2;
      case 'r', 'v' -> second == 'e' ? 3 : 0;
      case 'l' -> second == 'l' ? 3 : 0;
      default -> 0;
    };
  }

  private static int signs(byte[] text, int from, int to) {
    int at = from;
    while (at < to && KINDS[text[at]] == SIGN) {
      at++;
    }
    while (at < to && (KINDS[text[at]] == NEWLINE || text[at] == '/')) {
      at++;
    }
    return at;
  }

  private static int space(byte[] text, int from, int to) {
    int at = from;
    int afterNewline = from;
    while (at < to && KINDS[text[at]] >= SPACE) {
      if (KINDS[text[at++]] == NEWLINE) {
        afterNewline = at;
      }
    }
    if (afterNewline > from) {
      return afterNewline;
    }
    return at == to || at - from == 1 ? at : at - 1;
  }
}
