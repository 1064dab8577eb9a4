package brimful.ask;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;

/// A response body as a stream that delivers everything received before a failure.
///
/// The JDK's own stream discards unread data when the connection breaks, which may be text that was
/// paid for. This one also limits the length of a line and of the whole: the parser behind it
/// collects a line in memory until it ends, and a server may never end one.
///
/// One thread reads; the client's thread writes, and waits while too much is unread.
final class BodyPipe extends InputStream implements HttpResponse.BodySubscriber<InputStream> {
  private static final int LINE_BYTES_MAX = 8 << 20;
  private static final long STREAM_BYTES_MAX = 2L << 30;

  /// How many buffers of at most 16 KiB may be unread; then the connection waits.
  private static final int UNREAD_MAX = 64;

  /// Never holds more than was requested, and the end.
  private final BlockingQueue<Part> parts = new LinkedBlockingQueue<>();

  private volatile Flow.Subscription subscription = new NotYet();
  private volatile boolean closed;
  private Part current = new Part.Data(List.of());
  private long lineBytes;
  private long streamBytes;

  /// A placeholder until the connection provides its subscription.
  private record NotYet() implements Flow.Subscription {
    @Override
    public void request(long count) {}

    @Override
    public void cancel() {}
  }

  private sealed interface Part {
    record Data(List<ByteBuffer> buffers) implements Part {}

    record End() implements Part {}

    record Failure(Throwable cause) implements Part {}
  }

  @Override
  public CompletionStage<InputStream> getBody() {
    return CompletableFuture.completedStage(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription to) {
    subscription = to;
    if (closed) {
      to.cancel();
    } else {
      to.request(UNREAD_MAX);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    parts.add(new Part.Data(buffers));
  }

  @Override
  public void onError(Throwable cause) {
    parts.add(new Part.Failure(cause));
  }

  @Override
  public void onComplete() {
    parts.add(new Part.End());
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    // Ends with the body, which `count` ends at the latest.
    while (true) {
      switch (current) {
        case Part.Data(List<ByteBuffer> buffers) -> {
          for (ByteBuffer buffer : buffers) {
            if (buffer.hasRemaining()) {
              int read = Math.min(length, buffer.remaining());
              buffer.get(bytes, offset, read);
              count(bytes, offset, read);
              return read;
            }
          }
          next();
        }
        case Part.End() -> {
          return -1;
        }
        case Part.Failure(Throwable cause) -> throw new IOException(cause.getMessage(), cause);
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    subscription.cancel();
  }

  private void next() throws IOException {
    try {
      current = parts.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped");
    }
    subscription.request(1);
  }

  private void count(byte[] bytes, int offset, int length) throws IOException {
    streamBytes += length;
    for (int i = offset; i < offset + length; i++) {
      lineBytes = bytes[i] == '\n' ? 0 : lineBytes + 1;
      if (lineBytes > LINE_BYTES_MAX) {
        throw new IOException(
            String.format(Locale.ROOT, "a line of over %,d bytes", LINE_BYTES_MAX));
      }
    }
    if (streamBytes > STREAM_BYTES_MAX) {
      throw new IOException(
          String.format(Locale.ROOT, "a reply of over %,d bytes", STREAM_BYTES_MAX));
    }
  }
}
