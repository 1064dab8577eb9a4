package brimful.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.util.Locale;

/// Escapes paths so that they can be shown, distinguished and read back; [DocumentId] has the
/// rules.
///
/// Inside this class, a byte that is not UTF-8 is a lone low surrogate, `DC00` plus the byte: valid
/// UTF-8 never decodes to one, so [#bytes] and [#text] are exact inverses.
final class Escapes {
  private static final int BYTE = 0xdc00;

  private Escapes() {}

  /// Returns the text of a path in bytes, with invalid bytes as lone surrogates.
  static String text(byte[] path) {
    CharsetDecoder decoder =
        UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(path);
    CharBuffer out = CharBuffer.allocate(path.length);
    while (true) {
      CoderResult result = decoder.decode(in, out, true);
      if (result.isUnderflow()) {
        return out.flip().toString();
      }
      for (int i = 0; i < result.length(); i++) {
        out.put((char) (BYTE + (in.get() & 0xff)));
      }
      decoder.reset();
    }
  }

  /// Returns a path without anything that an id must not contain.
  ///
  /// @param ofBytes whether lone surrogates stand for bytes, as [#text] makes them
  static String escaped(String path, boolean ofBytes) {
    for (int i = 0; i < path.length(); i++) {
      if (isEscaped(path, i)) {
        return escaped(path, i, ofBytes);
      }
    }
    // The empty path is written as the one character that no path has.
    return path.isEmpty() ? of('\0') : path;
  }

  private static String escaped(String path, int first, boolean ofBytes) {
    var escaped = new StringBuilder(path.length() + 16).append(path, 0, first);
    for (int i = first; i < path.length(); i++) {
      char c = path.charAt(i);
      if (!isEscaped(path, i)) {
        escaped.append(c);
      } else if (ofBytes && Character.isSurrogate(c)) {
        escaped.append(String.format(Locale.ROOT, "\\x%02X", c - BYTE));
      } else {
        escaped.append(of(c));
      }
    }
    return escaped.toString();
  }

  private static String of(char c) {
    return String.format(Locale.ROOT, c < 0x80 ? "\\x%02X" : "\\u{%X}", (int) c);
  }

  private static boolean isEscaped(String path, int i) {
    char c = path.charAt(i);
    if (c > '\\') {
      return c >= 0x7f && (isHidden(c) || isLone(path, i) || startsBlank(path, i));
    }
    return switch (c) {
      case '/' -> i == 0 || path.charAt(i - 1) == '/';
      case '!' -> i + 1 < path.length() && path.charAt(i + 1) == '/';
      case '.' -> isDots(path, i);
      case '\\' -> length(path, i) > 0;
      case ' ' -> startsBlank(path, i);
      default -> c < ' ';
    };
  }

  /// Returns whether a character is invisible, ends a line, or changes the order of others; ids
  /// contain none of these.
  static boolean isHidden(char c) {
    return c < 0x2028
        ? c < ' ' || (c >= 0x7f && c < 0xa0) || c == 0x61c || c == 0x200e || c == 0x200f
        : c <= 0x202e || (c >= 0x2066 && c <= 0x206f);
  }

  /// Returns whether a character is a lone surrogate.
  static boolean isLone(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
  }

  /// Returns whether a blank part of the path starts here.
  private static boolean startsBlank(String path, int i) {
    if (!Character.isWhitespace(path.charAt(i)) || (i > 0 && path.charAt(i - 1) != '/')) {
      return false;
    }
    int end = path.indexOf('/', i);
    return path.substring(i, end < 0 ? path.length() : end).isBlank();
  }

  /// Returns whether a dot belongs to a part of the path that is `.` or `..`.
  private static boolean isDots(String path, int i) {
    int start = i > 0 && path.charAt(i - 1) == '.' ? i - 1 : i;
    int end = i + 1 < path.length() && path.charAt(i + 1) == '.' ? i + 2 : i + 1;
    return end - start <= 2
        && (start == 0 || path.charAt(start - 1) == '/')
        && (end == path.length() || path.charAt(end) == '/');
  }

  /// Returns the bytes of the path that an escaped one stands for.
  static byte[] bytes(String escaped) {
    int at = escaped.indexOf('\\');
    if (at < 0) {
      return escaped.getBytes(UTF_8);
    }
    var bytes = new ByteArrayOutputStream(escaped.length());
    int done = 0;
    while (at >= 0) {
      int length = length(escaped, at);
      if (length > 0) {
        bytes.writeBytes(escaped.substring(done, at).getBytes(UTF_8));
        write(bytes, escaped, at, length);
        done = at + length;
      }
      at = escaped.indexOf('\\', at + Math.max(1, length));
    }
    bytes.writeBytes(escaped.substring(done).getBytes(UTF_8));
    return bytes.toByteArray();
  }

  private static void write(ByteArrayOutputStream bytes, String escaped, int at, int length) {
    if (escaped.charAt(at + 1) == 'x') {
      bytes.write(Integer.parseInt(escaped, at + 2, at + 4, 16));
      return;
    }
    int codePoint = Integer.parseInt(escaped, at + 3, at + length - 1, 16);
    if (Character.isValidCodePoint(codePoint)) {
      bytes.writeBytes(Character.toString(codePoint).getBytes(UTF_8));
    }
  }

  /// Returns the length of the escape at a backslash; 0 if it is just a backslash.
  private static int length(String text, int at) {
    if (at + 4 > text.length()) {
      return 0;
    }
    if (text.charAt(at + 1) == 'x') {
      return isHex(text.charAt(at + 2)) && isHex(text.charAt(at + 3)) ? 4 : 0;
    }
    if (text.charAt(at + 1) != 'u' || text.charAt(at + 2) != '{') {
      return 0;
    }
    int end = at + 3;
    while (end < text.length() && end < at + 9 && isHex(text.charAt(end))) {
      end++;
    }
    return end > at + 3 && end < text.length() && text.charAt(end) == '}' ? end + 1 - at : 0;
  }

  private static boolean isHex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F');
  }
}
