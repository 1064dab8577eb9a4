package brimful.web;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// The bytes of one answer, which come at a bearable rate or end with an error. The place at the
/// host is given back when it is closed. One thread reads; another closes what it waits for.
final class WebBody extends InputStream {
  /// A slower site would hold one of few places for hours.
  private static final long BYTES_PER_SECOND_MIN = 1_024;

  private static final Duration LOOK_EVERY = Duration.ofMillis(200);

  private static final ScheduledExecutorService WATCH =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("web-watch").factory());

  private final InputStream in;
  private final WebTimes times;
  private final Runnable after;
  private final Future<?> watch;
  private volatile long waitingSince;
  private volatile boolean waiting;
  private volatile boolean silent;
  private long waitedNanos;
  private long bytes;
  private boolean closed;

  /// @param after runs once, when this is closed
  WebBody(InputStream in, WebTimes times, Runnable after) {
    this.in = in;
    this.times = times;
    this.after = after;
    this.watch =
        WATCH.scheduleWithFixedDelay(
            this::look, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    if (waiting && System.nanoTime() - waitingSince > times.silence().toNanos()) {
      silent = true;
      try {
        in.close();
      } catch (IOException _) {
        // It was to end.
      }
    }
  }

  /// Returns how many bytes came.
  long bytes() {
    return bytes;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    long start = System.nanoTime();
    waitingSince = start;
    waiting = true;
    int read;
    try {
      read = in.read(buffer, offset, length);
    } catch (IOException e) {
      throw silent ? silence() : broken(e);
    } finally {
      waiting = false;
      waitedNanos += System.nanoTime() - start;
    }
    if (silent) {
      throw silence();
    }
    bytes += Math.max(read, 0);
    requireSpeed();
    return read;
  }

  private IOException silence() {
    return new IOException(
        "nothing came for %s s, try again later".formatted(times.silence().toSeconds()));
  }

  private IOException broken(IOException e) {
    return new IOException(
        "the connection broke after %s bytes (%s), try again later"
            .formatted(bytes, Optional.ofNullable(e.getMessage()).orElse("no reason given")));
  }

  private void requireSpeed() throws IOException {
    long seconds = TimeUnit.NANOSECONDS.toSeconds(waitedNanos);
    boolean slow = waitedNanos > times.grace().toNanos() && bytes < BYTES_PER_SECOND_MIN * seconds;
    if (slow || waitedNanos > times.body().toNanos()) {
      throw new IOException(
          "comes too slowly, %s bytes in %s s: try again later".formatted(bytes, seconds));
    }
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    watch.cancel(false);
    try {
      in.close();
    } finally {
      after.run();
    }
  }
}
