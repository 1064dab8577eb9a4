package brimful.ask;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Reports the comments of a stream of events, which its parser drops: a runner that reads a long
/// prompt sends nothing else.
final class KeepAliveComments extends FilterInputStream {
  private final Runnable beat;
  private boolean lineStarts = true;

  /// @param beat called for each line that begins with a colon
  KeepAliveComments(InputStream in, Runnable beat) {
    super(in);
    this.beat = beat;
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    if (read >= 0) {
      see((byte) read);
    }
    return read;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = super.read(bytes, offset, length);
    for (int i = 0; i < read; i++) {
      see(bytes[offset + i]);
    }
    return read;
  }

  private void see(byte one) {
    if (lineStarts && one == ':') {
      beat.run();
    }
    lineStarts = one == '\n' || one == '\r';
  }
}
