package brimful.extract.chat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

/// A stream that can be read again from its start, until it is clear that this is not needed. It
/// ends early where more would have to be remembered than fits.
///
/// For one thread.
public final class RecordedStream extends FilterInputStream {
  private static final int BYTES_MAX = 64 << 20;

  private final ByteArrayOutputStream recorded = new ByteArrayOutputStream();
  private boolean recording = true;

  public RecordedStream(InputStream in) {
    super(in);
  }

  /// Ends the recording: what was read stays read.
  void keep() {
    recording = false;
    recorded.reset();
  }

  /// Returns whether it ended early.
  boolean isFull() {
    return recording && recorded.size() >= BYTES_MAX;
  }

  /// Returns all bytes, from the first on. Nothing may be read from this one afterwards.
  public InputStream again() {
    return new SequenceInputStream(new ByteArrayInputStream(recorded.toByteArray()), in);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int start, int length) throws IOException {
    if (isFull()) {
      return -1;
    }
    int got = in.read(bytes, start, length);
    if (recording && got > 0) {
      recorded.write(bytes, start, got);
    }
    return got;
  }
}
