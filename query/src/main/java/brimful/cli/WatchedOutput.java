package brimful.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;

/// Standard output that remembers why it could not be written: a `PrintStream` says only that.
///
/// What comes after the first failure goes nowhere, since nobody reads it.
final class WatchedOutput extends FilterOutputStream {
  private Optional<IOException> failure = Optional.empty();

  WatchedOutput(OutputStream out) {
    super(out);
  }

  /// Returns why something could not be written, if so.
  Optional<IOException> failure() {
    return failure;
  }

  /// Returns whether whoever read the output has stopped reading, as `head` does.
  boolean isBroken() {
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
