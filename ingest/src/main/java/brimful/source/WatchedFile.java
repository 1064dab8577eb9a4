package brimful.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The bytes of a file that has none by its attributes. The kernel has files that give bytes all
/// the same, and a few, such as `/proc/kmsg`, wait for more of them for ever: reading those fails
/// after a silence. For one thread.
final class WatchedFile extends InputStream {
  static final Duration SILENCE_MAX = Duration.ofSeconds(10);

  private static final int BUFFER_BYTES = 1 << 16;

  private static final ExecutorService READERS =
      Executors.newCachedThreadPool(
          Thread.ofPlatform().daemon().name("watched-file-", 0).factory());

  private final InputStream in;
  private final Duration silenceMax;

  /// @param in stops reading if its thread is interrupted, as a file's does
  WatchedFile(InputStream in, Duration silenceMax) {
    this.in = in;
    this.silenceMax = silenceMax;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    // Its own bytes: a reader that is left alone must not write into those of the caller.
    var bytes = new byte[Math.min(length, BUFFER_BYTES)];
    Future<Integer> reading = READERS.submit(() -> in.read(bytes));
    try {
      int count = reading.get(silenceMax.toMillis(), TimeUnit.MILLISECONDS);
      System.arraycopy(bytes, 0, target, offset, Math.max(0, count));
      return count;
    } catch (TimeoutException _) {
      throw new IOException("gives no bytes and no end for %s s".formatted(silenceMax.toSeconds()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClosedByInterruptException();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException own ? own : new IOException(e.getCause());
    } finally {
      reading.cancel(true);
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
