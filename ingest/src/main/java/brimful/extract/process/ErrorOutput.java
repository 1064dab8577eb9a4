package brimful.extract.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Drains a process's error stream, so that the process never blocks, and keeps its end.
/// Thread-safe.
public final class ErrorOutput {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorOutput.class);
  private static final int BYTES_MAX = 4 << 10;

  private byte[] kept = {};

  private ErrorOutput() {}

  /// Follows a stream to its end, in a thread of its own.
  public static ErrorOutput of(InputStream in) {
    var errorOutput = new ErrorOutput();
    Thread.ofPlatform().daemon().name("fork-errors").start(() -> errorOutput.follow(in));
    return errorOutput;
  }

  private void follow(InputStream in) {
    byte[] bytes = new byte[BYTES_MAX];
    try {
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        keep(bytes, read);
        if (LOG.isDebugEnabled()) {
          LOG.debug("said {}", new String(bytes, 0, read, StandardCharsets.UTF_8).strip());
        }
      }
    } catch (IOException e) {
      // The process has ended, and its stream with it.
    }
  }

  private synchronized void keep(byte[] bytes, int length) {
    byte[] all = Arrays.copyOf(kept, kept.length + length);
    System.arraycopy(bytes, 0, all, kept.length, length);
    kept = Arrays.copyOfRange(all, Math.max(0, all.length - BYTES_MAX), all.length);
  }

  /// Returns the last line that is not blank; empty if there is none.
  public synchronized String lastLine() {
    return new String(kept, StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.isBlank())
        .reduce((_, last) -> last)
        .map(line -> line.replaceAll("\\p{Cntrl}", " ").strip())
        .orElse("");
  }
}
