package brimful.extract;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A stream that counts its bytes as they are read, so that a limit can end it.
///
/// Closing it leaves the underlying stream open, whose owner closes it.
final class MeteredStream extends FilterInputStream {
  private final Meter meter;

  MeteredStream(InputStream in, Meter meter) {
    super(in);
    this.meter = meter;
  }

  /// Counts what was read.
  @FunctionalInterface
  interface Meter {
    /// Counts bytes, or throws because there are too many.
    void take(int bytes) throws IOException;
  }

  /// Returns a stream that refuses to exceed a limit, because a file may grow while it is read.
  static InputStream bounded(InputStream in, long bytesMax) {
    return new MeteredStream(
        in,
        new Meter() {
          private long left = bytesMax;

          @Override
          public void take(int bytes) throws TooLongException {
            left -= bytes;
            if (left < 0) {
              throw new TooLongException(bytesMax);
            }
          }
        });
  }

  @Override
  public int read() throws IOException {
    int b = super.read();
    meter.take(b < 0 ? 0 : 1);
    return b;
  }

  @Override
  public int read(byte[] bytes, int start, int length) throws IOException {
    int read = super.read(bytes, start, length);
    meter.take(Math.max(0, read));
    return read;
  }

  @Override
  public void close() {
    // See the class.
  }

  /// Reports the exceeded limit.
  static final class TooLongException extends IOException {
    private static final long serialVersionUID = 1L;

    private final long bytesMax;

    TooLongException(long bytesMax) {
      super("longer than %s bytes".formatted(bytesMax));
      this.bytesMax = bytesMax;
    }

    long bytesMax() {
      return bytesMax;
    }
  }
}
