package brimful.extract.mail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Pattern;

/// Splits a mailbox in the format mbox into its mails, as they stand in it.
///
/// A mail begins at a line `From …` after a blank line, with a date, or with a time of day if a
/// header field comes next; so text that begins with that word does not end a mail. A mark `>` that
/// was put before such lines is taken off. Holds two lines. For one thread.
final class Mailbox {
  /// A longer line is read in pieces.
  private static final int LINE_BYTES_MAX = 64 << 10;

  private static final int DATED_BYTES_MAX = 1_000;

  /// What the C library calls a time, with whatever follows.
  private static final Pattern DATED =
      Pattern.compile(
          "From .*\\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) +[A-Z][a-z]{2} +\\d{1,2} +\\d{1,2}:\\d\\d.*",
          Pattern.DOTALL);

  private static final byte[] NONE = {};

  private final InputStream in;
  private final byte[] buffer = new byte[8 << 10];
  private int filled;
  private int used;
  private byte[] line = NONE;
  private byte[] following = NONE;
  private boolean afterBlank = true;
  private boolean started;

  Mailbox(InputStream in) {
    this.in = in;
  }

  /// Goes to the next mail, past what is left of the one before.
  ///
  /// @return whether there is one
  boolean next() throws IOException {
    if (!started) {
      started = true;
      following = read();
      advance();
    }
    while (line.length > 0 && !isStart()) {
      advance();
    }
    if (line.length == 0) {
      return false;
    }
    advance();
    return true;
  }

  /// Returns the mail at hand; it ends where the next one begins.
  InputStream mail() {
    return new Mail();
  }

  private boolean isStart() {
    return afterBlank
        && isFrom(line, 0)
        && (isDated(line) || (hasTime(line) && isField(following)));
  }

  private void advance() throws IOException {
    afterBlank = line.length == 0 || line[0] == '\n' || (line[0] == '\r' && line.length == 2);
    line = following;
    following = line.length == 0 ? NONE : read();
  }

  /// Returns a line with its break; nothing at the end.
  private byte[] read() throws IOException {
    var bytes = new ByteArrayOutputStream(128);
    while (bytes.size() < LINE_BYTES_MAX) {
      if (used == filled) {
        used = 0;
        filled = Math.max(0, in.read(buffer, 0, buffer.length));
        if (filled == 0) {
          break;
        }
      }
      int end = used;
      while (end < filled && buffer[end] != '\n') {
        end++;
      }
      boolean ended = end < filled;
      bytes.write(buffer, used, end - used + (ended ? 1 : 0));
      used = ended ? end + 1 : end;
      if (ended) {
        break;
      }
    }
    return bytes.toByteArray();
  }

  static boolean isFrom(byte[] line, int at) {
    return line.length >= at + 5
        && line[at] == 'F'
        && line[at + 1] == 'r'
        && line[at + 2] == 'o'
        && line[at + 3] == 'm'
        && line[at + 4] == ' ';
  }

  private static boolean isDated(byte[] line) {
    return line.length < DATED_BYTES_MAX && DATED.matcher(new String(line, ISO_8859_1)).matches();
  }

  private static boolean hasTime(byte[] line) {
    for (int i = 1; i + 1 < line.length; i++) {
      if (line[i] == ':' && isDigit(line[i - 1]) && isDigit(line[i + 1])) {
        return true;
      }
    }
    return false;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  /// Returns whether a line is a header field, or another line that mailboxes have there.
  private static boolean isField(byte[] line) {
    if (line.length > 0 && line[0] == '>') {
      return isFrom(line, 1);
    }
    int i = 0;
    while (i < line.length && line[i] > ' ' && line[i] != ':') {
      i++;
    }
    return i > 0 && i < line.length && line[i] == ':';
  }

  /// Takes off one mark of a line such as `>>From`.
  private static byte[] unmarked(byte[] line) {
    int marks = 0;
    while (marks < line.length && line[marks] == '>') {
      marks++;
    }
    return marks > 0 && isFrom(line, marks) ? Arrays.copyOfRange(line, 1, line.length) : line;
  }

  private final class Mail extends InputStream {
    private byte[] now = NONE;
    private int given;

    @Override
    public int read() throws IOException {
      return given < now.length || more() ? now[given++] & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int start, int length) throws IOException {
      Objects.checkFromIndexSize(start, length, bytes.length);
      if (length == 0) {
        return 0;
      }
      if (given == now.length && !more()) {
        return -1;
      }
      int piece = Math.min(length, now.length - given);
      System.arraycopy(now, given, bytes, start, piece);
      given += piece;
      return piece;
    }

    private boolean more() throws IOException {
      if (line.length == 0 || isStart()) {
        return false;
      }
      now = unmarked(line);
      given = 0;
      advance();
      return true;
    }
  }
}
