package brimful.extract.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// A member that ends where it cannot be unpacked any further, so that what was unpacked is read.
///
/// For one thread.
public final class TornStream extends FilterInputStream {
  private final Check check;
  private long read;
  private Optional<IOException> failure = Optional.empty();

  /// Throws what is not the member's own trouble.
  @FunctionalInterface
  public interface Check {
    void accept(IOException thrown) throws IOException;
  }

  /// @param check throws what must not be taken for the member's end
  public TornStream(InputStream in, Check check) {
    super(in);
    this.check = check;
  }

  /// Returns why the member ended early, if it did.
  public Optional<IOException> failure() {
    return failure;
  }

  /// Returns how many bytes were read.
  public long bytes() {
    return read;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int start, int length) throws IOException {
    if (failure.isPresent()) {
      return -1;
    }
    try {
      int got = in.read(bytes, start, length);
      read += Math.max(0, got);
      return got;
    } catch (IOException e) {
      check.accept(e);
      failure = Optional.of(e);
      return -1;
    }
  }

  /// Nothing is known: some decoders throw here what the next read will throw.
  @Override
  public int available() {
    return 0;
  }
}
