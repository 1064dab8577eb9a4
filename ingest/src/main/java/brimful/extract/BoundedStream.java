package brimful.extract;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A stream that refuses to be longer than allowed, for a file may grow while it is read.
final class BoundedStream extends FilterInputStream {
  private final long bytesMax;
  private long left;

  BoundedStream(InputStream in, long bytesMax) {
    super(in);
    this.bytesMax = bytesMax;
    this.left = bytesMax;
  }

  @Override
  public int read() throws IOException {
    int b = super.read();
    take(b < 0 ? 0 : 1);
    return b;
  }

  @Override
  public int read(byte[] bytes, int start, int length) throws IOException {
    int read = super.read(bytes, start, length);
    take(Math.max(0, read));
    return read;
  }

  @Override
  public void close() {
    // Who opened the stream closes it.
  }

  private void take(int bytes) throws TooLongException {
    left -= bytes;
    if (left < 0) {
      throw new TooLongException(bytesMax);
    }
  }

  /// Says how long is too long.
  static final class TooLongException extends IOException {
    private static final long serialVersionUID = 1L;

    private final long bytesMax;

    TooLongException(long bytesMax) {
      super("longer than %d bytes".formatted(bytesMax));
      this.bytesMax = bytesMax;
    }

    long bytesMax() {
      return bytesMax;
    }
  }
}
