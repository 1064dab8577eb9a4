package brimful.http.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.corpus.UserError;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/// The path of a request in its only canonical form.
///
/// The code that decides about a path and the code that serves it must read it alike. Any path with
/// a second reading is refused: dot segments, empty segments, parameters, backslashes, encoded
/// slashes and control characters, and bytes that are not UTF-8. Only the id of a model may have
/// encoded slashes: all that follows `/v1/models/` is one id, in either reading.
///
/// @param decoded the form that routes and rules are compared with
public record RequestPath(String decoded) {
  private static final String MODEL = "/v1/models/";
  private static final int HEX = 16;
  private static final int SPACE = 0x20;
  private static final int DELETE = 0x7f;

  /// Parses the path of a request line.
  ///
  /// @throws UserError if it has more than one reading, or none
  public static RequestPath of(String raw) {
    if (!raw.startsWith("/") || raw.contains("//") || raw.contains(";") || raw.contains("\\")) {
      throw bad();
    }
    String decoded = decoded(raw);
    if (decoded.contains("//")) {
      throw bad();
    }
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
        if ((next == '/' && !raw.startsWith(MODEL)) || next == '\\') {
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

  /// The message does not repeat the path, which may be unreadable.
  private static UserError bad() {
    return new UserError(
        UserError.Kind.USAGE,
        "the path is not canonical: send it without dot segments, //, parameters, or encoded slashes and control characters");
  }
}
