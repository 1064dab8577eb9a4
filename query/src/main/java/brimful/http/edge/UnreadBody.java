package brimful.http.edge;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/// What a client still sends of a request that has its answer already.
///
/// A connection that is closed with unread bytes is reset, and the reset can discard the answer
/// before the client has read it: RFC 9112, section 9.6. So the server stops writing first, and
/// reads on for a while.
public final class UnreadBody {
  private static final long BYTES_MAX = 256L << 20;
  private static final long NANOS_MAX = Duration.ofSeconds(5).toNanos();
  private static final int BUFFER_BYTES = 64 << 10;

  private UnreadBody() {}

  /// Completes the answer, then reads and discards the rest of the request, within limits.
  ///
  /// Blocks for 5 s at most while the client sends, and for the idle time of the connection if it
  /// neither sends nor closes.
  public static void discard(HttpServletRequest request, HttpServletResponse answer) {
    long start = System.nanoTime();
    var buffer = new byte[BUFFER_BYTES];
    try {
      answer.getOutputStream().close();
      InputStream rest = request.getInputStream();
      long sum = 0;
      int count = 0;
      while (count >= 0 && sum < BYTES_MAX && System.nanoTime() - start < NANOS_MAX) {
        count = rest.read(buffer);
        sum += count;
      }
    } catch (IOException | RuntimeException e) {
      // The client has gone, or Jetty has given up its body: there is nothing left to read.
      return;
    }
  }
}
