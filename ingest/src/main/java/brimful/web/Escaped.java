package brimful.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;

/// Percent escapes, in one form: so that equal pages have equal paths, and any text that a site
/// gives for an address is one.
final class Escaped {
  private static final String UNRESERVED = "-._~";

  /// What may stand in a path or query beside letters and digits, RFC 3986.
  private static final String ALLOWED = UNRESERVED + "!$&'()*+,;=:@/?";

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private Escaped() {}

  /// Returns a path and query from its slash on, without dot segments. Whatever may not stand in an
  /// address is escaped; escapes of letters, digits, `-`, `.`, `_` and `~` are resolved.
  static String path(String given) {
    String text = text(given);
    int query = text.indexOf('?');
    String path = query < 0 ? text : text.substring(0, query);
    String rest = query < 0 ? "" : text.substring(query);
    return withoutDots(path.startsWith("/") ? path : "/" + path) + rest;
  }

  /// Returns text with escapes in their one form.
  static String text(String given) {
    byte[] bytes = given.getBytes(UTF_8);
    var text = new StringBuilder(bytes.length + 16);
    for (int i = 0; i < bytes.length; i++) {
      int b = bytes[i] & 0xff;
      if (b == '%' && isEscape(bytes, i)) {
        b = HexFormat.fromHexDigit(bytes[i + 1]) << 4 | HexFormat.fromHexDigit(bytes[i + 2]);
        i += 2;
        if (isUnreserved(b)) {
          text.append((char) b);
        } else {
          text.append('%').append(HEX.toHexDigits((byte) b));
        }
      } else if (isUnreserved(b) || (b < 0x80 && ALLOWED.indexOf(b) >= 0)) {
        text.append((char) b);
      } else {
        text.append('%').append(HEX.toHexDigits((byte) b));
      }
    }
    return text.toString();
  }

  private static boolean isEscape(byte[] bytes, int at) {
    return at + 2 < bytes.length
        && HexFormat.isHexDigit(bytes[at + 1])
        && HexFormat.isHexDigit(bytes[at + 2]);
  }

  private static boolean isUnreserved(int b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || (b < 0x80 && UNRESERVED.indexOf(b) >= 0);
  }

  private static String withoutDots(String path) {
    if (!path.contains("/.")) {
      return path;
    }
    Deque<String> kept = new ArrayDeque<>();
    String[] parts = path.substring(1).split("/", -1);
    for (int i = 0; i < parts.length; i++) {
      boolean last = i == parts.length - 1;
      switch (parts[i]) {
        case "." -> {
          if (last) {
            kept.addLast("");
          }
        }
        case ".." -> {
          kept.pollLast();
          if (last) {
            kept.addLast("");
          }
        }
        default -> kept.addLast(parts[i]);
      }
    }
    return "/" + String.join("/", kept);
  }

  /// Returns the bytes that escaped text stands for; an escaped slash stays escaped, because it
  /// separates no parts.
  static byte[] bytes(String escaped) {
    byte[] text = escaped.getBytes(UTF_8);
    var bytes = new ByteArrayOutputStream(text.length);
    for (int i = 0; i < text.length; i++) {
      if (text[i] == '%' && isEscape(text, i)) {
        int b = HexFormat.fromHexDigit(text[i + 1]) << 4 | HexFormat.fromHexDigit(text[i + 2]);
        if (b != '/') {
          bytes.write(b);
          i += 2;
          continue;
        }
      }
      bytes.write(text[i]);
    }
    return bytes.toByteArray();
  }
}
