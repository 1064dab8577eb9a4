package brimful.extract.mail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Objects;

/// Takes off what some programs write before a mail: Apple Mail the number of its bytes, after
/// which its own notes follow, and others the line `From …` of a mailbox.
final class MailStart {
  private static final int LINE_BYTES_MAX = 1_000;
  private static final int BLANKS_MAX = 100;
  private static final int MARK_BYTES = 3;

  private MailStart() {}

  static InputStream skipped(InputStream in) throws IOException {
    byte[] line = line(in);
    for (int blanks = 0; blanks < BLANKS_MAX && line.length > 0 && text(line).isEmpty(); blanks++) {
      line = line(in);
    }
    String text = text(line);
    if (text.matches("\\d{1,12}")) {
      return new Bounded(in, Long.parseLong(text));
    }
    if (text.startsWith("From ")) {
      return in;
    }
    int mark = startsWithMark(line) ? MARK_BYTES : 0;
    return new SequenceInputStream(new ByteArrayInputStream(line, mark, line.length - mark), in);
  }

  private static byte[] line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    while (line.size() < LINE_BYTES_MAX) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      line.write(next);
      if (next == '\n') {
        break;
      }
    }
    return line.toByteArray();
  }

  private static String text(byte[] line) {
    int mark = startsWithMark(line) ? MARK_BYTES : 0;
    return new String(line, mark, line.length - mark, ISO_8859_1).strip();
  }

  /// Tells whether bytes begin with the byte order mark of UTF-8.
  private static boolean startsWithMark(byte[] line) {
    return line.length >= MARK_BYTES
        && line[0] == (byte) 0xef
        && line[1] == (byte) 0xbb
        && line[2] == (byte) 0xbf;
  }

  /// The first bytes of a stream.
  private static final class Bounded extends FilterInputStream {
    private long left;

    Bounded(InputStream in, long length) {
      super(in);
      left = length;
    }

    @Override
    public int read() throws IOException {
      int next = left > 0 ? super.read() : -1;
      left -= next < 0 ? 0 : 1;
      return next;
    }

    @Override
    public int read(byte[] bytes, int start, int length) throws IOException {
      Objects.checkFromIndexSize(start, length, bytes.length);
      int read = left > 0 ? super.read(bytes, start, (int) Math.min(length, left)) : -1;
      left -= Math.max(0, read);
      return read;
    }
  }
}
