package brimful.extract.mail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.extract.charset.NameCharsets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/// A mail whose headers are ASCII with encoded words, as they should be.
///
/// Many programs write names of files and people as the bytes that they have. mime4j reads those as
/// UTF-8, loses what is not, and of a parameter with other than Western letters all of it. Here
/// such a line is decoded first, as names are, and what is not ASCII in it becomes encoded words.
/// Of the parts of a mail only the lines `Content-…` are touched: a line of text that begins like a
/// boundary is no header.
///
/// Holds one line. For one thread.
final class MailHeaderStream extends InputStream {
  /// A line that is longer goes on as another, unchanged; mime4j ends a mail with such a header.
  private static final int LINE_BYTES_MAX = 100_000;

  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  /// With what stands between two such characters, for blanks between two encoded words are lost;
  /// but not across what ends a value or a name.
  private static final Pattern NOT_ASCII =
      Pattern.compile("[^\\x00-\\x7f]++(?:[^\"<>;,\\r\\n\\x80-\\x{10ffff}]*+[^\\x00-\\x7f]++)*+");

  private enum Place {
    HEAD,
    PART_HEAD,
    BODY
  }

  private final InputStream in;
  private final byte[] buffer = new byte[8 << 10];
  private int filled;
  private int used;
  private byte[] line = {};
  private int given;
  private Place place = Place.HEAD;
  private boolean inContent;

  MailHeaderStream(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    return given < line.length || next() ? line[given++] & 0xff : -1;
  }

  @Override
  public int read(byte[] bytes, int start, int length) throws IOException {
    Objects.checkFromIndexSize(start, length, bytes.length);
    int read = 0;
    while (read < length && (given < line.length || next())) {
      int piece = Math.min(length - read, line.length - given);
      System.arraycopy(line, given, bytes, start + read, piece);
      given += piece;
      read += piece;
    }
    return read > 0 || length == 0 ? read : -1;
  }

  private boolean next() throws IOException {
    var raw = new ByteArrayOutputStream(128);
    while (raw.size() < LINE_BYTES_MAX && more()) {
      int end = used;
      while (end < filled && buffer[end] != '\n') {
        end++;
      }
      boolean ended = end < filled;
      raw.write(buffer, used, end - used + (ended ? 1 : 0));
      used = ended ? end + 1 : end;
      if (ended) {
        break;
      }
    }
    line = raw.size() > LINE_BYTES_MAX ? raw.toByteArray() : seen(raw.toByteArray());
    given = 0;
    return line.length > 0;
  }

  private boolean more() throws IOException {
    if (used == filled) {
      used = 0;
      filled = Math.max(0, in.read(buffer, 0, buffer.length));
    }
    return filled > 0;
  }

  /// Returns a line as it goes on, and notes where in the mail the next one is.
  private byte[] seen(byte[] raw) {
    boolean blank = raw.length == 0 || raw[0] == '\n' || (raw.length == 2 && raw[0] == '\r');
    if (blank) {
      place = Place.BODY;
    } else if (raw.length > 2 && raw[0] == '-' && raw[1] == '-') {
      place = Place.PART_HEAD;
      inContent = false;
    } else if (place != Place.BODY) {
      boolean goesOn = raw[0] == ' ' || raw[0] == '\t';
      inContent = goesOn ? inContent : startsContent(raw);
      return (place == Place.HEAD || inContent) && !isAscii(raw) ? encoded(raw) : raw;
    }
    return raw;
  }

  private static boolean startsContent(byte[] raw) {
    return raw.length > 8
        && new String(raw, 0, 8, ISO_8859_1).toLowerCase(Locale.ROOT).equals("content-");
  }

  private static byte[] encoded(byte[] raw) {
    String line =
        NameCharsets.decoded(raw, UTF_8)
            .or(() ->
                NameCharsets.of(List.of(raw), false)
                    .or(() -> Optional.of(WINDOWS_1252))
                    .flatMap(charset -> NameCharsets.decoded(raw, charset)))
            .orElseGet(() -> new String(raw, ISO_8859_1));
    return NOT_ASCII.matcher(line).replaceAll(match -> word(match.group())).getBytes(US_ASCII);
  }

  private static String word(String text) {
    return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(text.getBytes(UTF_8)) + "?=";
  }

  private static boolean isAscii(byte[] raw) {
    for (byte b : raw) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
