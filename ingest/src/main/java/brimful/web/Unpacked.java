package brimful.web;

import java.io.FilterInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/// The bytes of an answer that came packed, unless they are far more than what came.
final class Unpacked extends FilterInputStream {
  private static final long BYTES_FREE = 16 << 20;
  private static final int TIMES_MAX = 100;
  private static final int BUFFER_BYTES = 8 << 10;

  private final WebBody packed;
  private long bytes;

  Unpacked(WebBody packed) throws IOException {
    super(new GZIPInputStream(packed, BUFFER_BYTES));
    this.packed = packed;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    bytes += Math.max(read, 0);
    if (bytes > BYTES_FREE && bytes > TIMES_MAX * packed.bytes()) {
      throw new IOException(
          "unpacks to more than %s times its size: leave it out".formatted(TIMES_MAX));
    }
    return read;
  }
}
