package brimful.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;

/// Names as git sees them: strings of bytes, each byte a char below 256.
///
/// Most names are ASCII and therefore their own byte strings. So git's patterns and index match
/// names in any encoding, independent of this machine's locale.
final class ByteNames {
  private ByteNames() {}

  /// Returns the byte string of a text in UTF-8.
  static String of(String text) {
    return isAscii(text) ? text : of(text.getBytes(UTF_8));
  }

  static String of(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  /// Returns the byte string of a file's own name.
  ///
  /// @param name the last part of the path, as this JVM reads it
  static String of(Path file, String name) {
    if (isAscii(name)) {
      return name;
    }
    return FileNames.isExact(name) ? of(name) : bytes(file);
  }

  /// Returns the text that a byte string stands for.
  static String text(String bytes) {
    return isAscii(bytes) ? bytes : new String(bytes.getBytes(ISO_8859_1), UTF_8);
  }

  /// Returns a byte string with ASCII letters in lower case, which is the only case that git knows.
  static String lower(String bytes) {
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
    var bytes = new ByteArrayOutputStream();
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) == '%') {
        bytes.write(Integer.parseInt(name, i + 1, i + 3, 16));
        i += 2;
      } else {
        bytes.write(name.charAt(i));
      }
    }
    return of(bytes.toByteArray());
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
