package brimful.source.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;

/// Names as git sees them: strings of bytes, each byte a char below 256.
///
/// Most names are ASCII and therefore their own byte strings. So git's patterns and index match
/// names in any encoding, independent of this machine's locale.
public final class ByteNames {
  /// Whether text in a path is exact: other bytes than UTF-8 then show as U+FFFD.
  private static final boolean UTF_8_PATHS =
      UTF_8.name().equals(System.getProperty("sun.jnu.encoding", UTF_8.name()));

  private static final char REPLACEMENT = '\uFFFD';

  private ByteNames() {}

  /// Returns the byte string of a text in UTF-8.
  public static String of(String text) {
    return isAscii(text) ? text : of(text.getBytes(UTF_8));
  }

  public static String of(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  /// Returns the byte string of a file's own name.
  ///
  /// @param name the last part of the path, as this JVM reads it
  public static String of(Path file, String name) {
    if (isAscii(name)) {
      return name;
    }
    return isExact(name) ? of(name) : bytes(file);
  }

  /// Returns the text that a byte string stands for.
  public static String text(String bytes) {
    return isAscii(bytes) ? bytes : new String(bytes.getBytes(ISO_8859_1), UTF_8);
  }

  /// Returns a byte string with ASCII letters in lower case, which is the only case that git knows.
  public static String lower(String bytes) {
    for (int i = 0; i < bytes.length(); i++) {
      if (lower(bytes.charAt(i)) != bytes.charAt(i)) {
        var lower = new StringBuilder(bytes);
        for (int j = i; j < bytes.length(); j++) {
          lower.setCharAt(j, lower(bytes.charAt(j)));
        }
        return lower.toString();
      }
    }
    return bytes;
  }

  static char lower(char b) {
    return b >= 'A' && b <= 'Z' ? (char) (b + ('a' - 'A')) : b;
  }

  /// Takes a name's bytes from its URI, which has them whatever charset file names are read in.
  private static String bytes(Path file) {
    String uri = file.toUri().getRawPath();
    String path = uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
    String name = path.substring(path.lastIndexOf('/') + 1);
    return of(unescaped(name));
  }

  /// Returns the bytes of a part of a file's URI, which has all but plain ASCII as percent escapes.
  public static byte[] unescaped(String raw) {
    var bytes = new ByteArrayOutputStream(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      if (raw.charAt(i) == '%') {
        bytes.write(Integer.parseInt(raw, i + 1, i + 3, 16));
        i += 2;
      } else {
        bytes.write(raw.charAt(i));
      }
    }
    return bytes.toByteArray();
  }

  /// Returns whether the text that a path shows has all of its name's bytes.
  public static boolean isExact(String shown) {
    for (int i = 0; i < shown.length(); i++) {
      char c = shown.charAt(i);
      if (c >= 0x80 && (!UTF_8_PATHS || c == REPLACEMENT)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }
}
