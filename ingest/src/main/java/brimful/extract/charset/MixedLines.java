package brimful.extract.charset;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/// Text whose lines have two encodings, as a log has that programs of two ages write, or a list of
/// changes that people of two ages add to: UTF-8, and one from before Unicode.
///
/// A line is UTF-8 if its characters beyond ASCII are, but for a few; hardly a line of another
/// encoding looks so. Of what remains, the encoding is found as if it stood alone.
public final class MixedLines {
  /// Encodings in which no word looks like UTF-8, because the bytes that go on a character there
  /// are no letters here.
  private static final Pattern APART =
      Pattern.compile("windows-125[0-47]|ISO-8859-(?:[1-57]|1[35])|KOI8-[RU]");

  private MixedLines() {}

  /// Decodes the start of some bytes.
  ///
  /// @param scan of the bytes
  /// @param charset what they are taken for as a whole
  /// @return nothing if all of them have one encoding
  public static Optional<String> decoded(byte[] bytes, int length, ByteScan scan, Charset charset) {
    boolean both = scan.good() > 0 && scan.bad() > 0 && scan.nuls() == 0;
    byte[] old = both ? oldLines(bytes, length) : new byte[0];
    if (old.length == 0) {
      return Optional.empty();
    }
    Charset older = Charsets.of(old);
    boolean apart = charset.equals(UTF_8) || APART.matcher(older.name()).matches();
    return older.equals(UTF_8) || !apart
        ? Optional.empty()
        : Optional.of(decoded(bytes, length, older));
  }

  private static byte[] oldLines(byte[] bytes, int length) {
    var old = new ByteArrayOutputStream();
    for (int start = 0; start < length; start = lineEnd(bytes, start, length)) {
      int end = lineEnd(bytes, start, length);
      if (isOld(bytes, start, end)) {
        old.write(bytes, start, end - start);
      }
    }
    return old.toByteArray();
  }

  /// Lines of one encoding that follow each other are decoded at once.
  private static String decoded(byte[] bytes, int length, Charset older) {
    var text = new StringBuilder(length);
    int from = 0;
    boolean old = false;
    for (int start = 0; start < length; start = lineEnd(bytes, start, length)) {
      boolean next = isOld(bytes, start, lineEnd(bytes, start, length));
      if (next != old) {
        text.append(new String(bytes, from, start - from, old ? older : UTF_8));
        from = start;
        old = next;
      }
    }
    return text.append(new String(bytes, from, length - from, old ? older : UTF_8)).toString();
  }

  private static int lineEnd(byte[] bytes, int start, int length) {
    int end = start;
    while (end < length && bytes[end] != '\n') {
      end++;
    }
    return Math.min(length, end + 1);
  }

  private static boolean isOld(byte[] bytes, int start, int end) {
    for (int i = start; i < end; i++) {
      if (bytes[i] < 0) {
        return !ByteScan.of(Arrays.copyOfRange(bytes, start, end)).mostlyUtf8();
      }
    }
    return false;
  }
}
