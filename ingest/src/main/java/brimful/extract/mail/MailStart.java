package brimful.extract.mail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Objects;

/// Takes off what some programs write before a mail: Apple Mail the number of its bytes, after
/// which its own notes follow, and others the line `From …` of a mailbox.
final class MailStart {
  private static final int LINE_BYTES_MAX = 1_000;

  private MailStart() {}

  static InputStream skipped(InputStream in) throws IOException {
    byte[] bytes = new byte[LINE_BYTES_MAX];
    int length = 0;
    while (length < bytes.length) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      bytes[length++] = (byte) next;
      if (next == '\n') {
        break;
      }
    }
    String line = new String(bytes, 0, length, ISO_8859_1).strip();
    if (line.matches("\\d{1,12}")) {
      return new Bounded(in, Long.parseLong(line));
    }
    return line.startsWith("From ")
        ? in
        : new SequenceInputStream(new ByteArrayInputStream(bytes, 0, length), in);
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
