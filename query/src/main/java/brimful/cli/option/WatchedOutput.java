package brimful.cli.option;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;

/// Standard output that remembers why writing failed, which a `PrintStream` does not.
///
/// Output after the first failure is dropped.
public final class WatchedOutput extends FilterOutputStream {
  private Optional<IOException> failure = Optional.empty();

  public WatchedOutput(OutputStream out) {
    super(out);
  }

  /// Returns the failure, if there was one.
  public Optional<IOException> failure() {
    return failure;
  }

  /// Returns whether the reader of the output has closed it, as `head` does.
  public boolean isBroken() {
    return failure
        .map(e -> String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT))
        .filter(said -> said.contains("broken pipe") || said.contains("pipe is being closed"))
        .isPresent();
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    if (failure.isPresent()) {
      return;
    }
    try {
      out.write(bytes, from, length);
    } catch (IOException e) {
      failure = Optional.of(e);
      throw e;
    }
  }
}
