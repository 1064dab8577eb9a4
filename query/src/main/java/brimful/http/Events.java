package brimful.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.http.edge.HttpJson;
import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;

/// A stream of server-sent events. Comments keep a silent connection open. When the client hangs
/// up, the thread that opened the stream is interrupted.
final class Events implements AutoCloseable {
  private static final Duration QUIET_MAX = Duration.ofSeconds(3);

  private final OutputStream out;
  private final Thread owner = Thread.currentThread();
  private final Thread pulse;
  private long lastNanos = System.nanoTime();
  private boolean closed;

  private Events(OutputStream out) {
    this.out = out;
    pulse = Thread.ofVirtual().start(this::keepAlive);
  }

  /// Begins the response.
  static Events open(Context context) {
    HttpServletResponse response = context.res();
    response.setStatus(200);
    response.setContentType("text/event-stream");
    response.setCharacterEncoding("utf-8");
    // Proxies must not buffer the stream.
    response.setHeader("X-Accel-Buffering", "no");
    try {
      var events = new Events(response.getOutputStream());
      events.write(": stream\n\n");
      return events;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Sends a named event.
  void send(String event, JsonNode data) {
    write("event: " + event + "\ndata: " + new String(HttpJson.bytes(data), UTF_8) + "\n\n");
  }

  /// Sends data without an event name, as OpenAI's protocol does.
  void data(JsonNode data) {
    data(new String(HttpJson.bytes(data), UTF_8));
  }

  void data(String line) {
    write("data: " + line + "\n\n");
  }

  private synchronized void write(String text) {
    if (closed) {
      return;
    }
    try {
      out.write(text.getBytes(UTF_8));
      out.flush();
      lastNanos = System.nanoTime();
    } catch (IOException e) {
      closed = true;
      throw new UncheckedIOException("the client is gone", e);
    }
  }

  private synchronized boolean quiet() {
    return System.nanoTime() - lastNanos >= QUIET_MAX.toNanos();
  }

  private void keepAlive() {
    try {
      while (true) {
        Thread.sleep(QUIET_MAX.dividedBy(4));
        if (quiet()) {
          write(": keep-alive\n\n");
        }
      }
    } catch (InterruptedException e) {
      // The stream is closed.
      Thread.currentThread().interrupt();
    } catch (UncheckedIOException e) {
      owner.interrupt();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    pulse.interrupt();
  }
}
