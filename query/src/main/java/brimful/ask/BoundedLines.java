package brimful.ask;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A stream that fails on a line, or on a whole, that no reply has.
///
/// The parser behind it collects a line in memory until it ends, and a server may never end one.
final class BoundedLines extends FilterInputStream {
  private static final int LINE_BYTES_MAX = 8 << 20;
  private static final long STREAM_BYTES_MAX = 2L << 30;

  private long lineBytes;
  private long streamBytes;

  BoundedLines(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    if (read >= 0) {
      count(new byte[] {(byte) read}, 0, 1);
    }
    return read;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = super.read(bytes, offset, length);
    if (read > 0) {
      count(bytes, offset, read);
    }
    return read;
  }

  private void count(byte[] bytes, int offset, int length) throws IOException {
    streamBytes += length;
    for (int i = offset; i < offset + length; i++) {
      lineBytes = bytes[i] == '\n' ? 0 : lineBytes + 1;
      if (lineBytes > LINE_BYTES_MAX) {
        throw new IOException("a line of over %,d bytes".formatted(LINE_BYTES_MAX));
      }
    }
    if (streamBytes > STREAM_BYTES_MAX) {
      throw new IOException("a reply of over %,d bytes".formatted(STREAM_BYTES_MAX));
    }
  }
}
