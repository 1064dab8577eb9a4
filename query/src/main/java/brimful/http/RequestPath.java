package brimful.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.corpus.UserError;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/// The path of a request, in its one canonical form.
///
/// Whoever decides over a path and whoever serves it must not read it in two ways. So whatever has
/// a second reading is refused: dot segments, empty segments, parameters, backslashes, encoded
/// slashes and control characters, bytes that are not UTF-8.
///
/// @param decoded what routes and rules are compared with
record RequestPath(String decoded) {
  private static final int HEX = 16;
  private static final int SPACE = 0x20;
  private static final int DELETE = 0x7f;

  /// Reads a path as the request line has it.
  ///
  /// @throws UserError if it has more than one reading, or none
  static RequestPath of(String raw) {
    if (!raw.startsWith("/") || raw.contains("//") || raw.contains(";") || raw.contains("\\")) {
      throw bad();
    }
    String decoded = decoded(raw);
    for (String segment : decoded.substring(1).split("/", -1)) {
      if (segment.equals(".") || segment.equals("..")) {
        throw bad();
      }
    }
    return new RequestPath(decoded);
  }

  private static String decoded(String raw) {
    byte[] bytes = raw.getBytes(ISO_8859_1);
    var out = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      int next = bytes[i];
      if (next == '%') {
        next = hex(bytes, i + 1) * HEX + hex(bytes, i + 2);
        if (next == '/' || next == '\\') {
          throw bad();
        }
        i += 2;
      } else if (next < 0) {
        throw bad();
      }
      if (next < SPACE || next == DELETE) {
        throw bad();
      }
      out.write(next);
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(out.toByteArray())).toString();
    } catch (CharacterCodingException e) {
      throw bad();
    }
  }

  private static int hex(byte[] bytes, int at) {
    int digit = at < bytes.length ? Character.digit((char) bytes[at], HEX) : -1;
    if (digit < 0) {
      throw bad();
    }
    return digit;
  }

  /// It is not repeated: a path that is not readable is not shown either.
  private static UserError bad() {
    return new UserError(
        UserError.Kind.USAGE,
        "the path is not canonical: send it without dot segments, //, parameters, or encoded slashes and control characters");
  }
}
