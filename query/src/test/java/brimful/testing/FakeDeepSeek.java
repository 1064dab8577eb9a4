package brimful.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/// A server on loopback that speaks DeepSeek's streaming protocol byte for byte, and can misbehave.
///
/// It writes to the socket itself, so that a test decides over every line end, every HTTP chunk,
/// and over a connection that is closed in the middle. It ends with [#close].
///
/// From a shell: `java -cp ... brimful.testing.FakeDeepSeek --port 8099 --mode cut --delay-ms 20`.
public final class FakeDeepSeek implements AutoCloseable {
  private static final int HEAD_BYTES_MAX = 64 * 1024;

  private final ServerSocket server;
  private final Function<Request, Script> behaviour;
  private final Duration delay;
  private final boolean forgets;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Long> departures = new LinkedBlockingQueue<>();

  /// A request as it came.
  ///
  /// @param headers names in lower case
  public record Request(String method, String path, Map<String, String> headers, String body) {}

  private FakeDeepSeek(
      int port, Duration delay, boolean forgets, Function<Request, Script> behaviour) {
    try {
      this.server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.delay = delay;
    this.forgets = forgets;
    this.behaviour = behaviour;
  }

  /// Starts a server that answers every request by the same script.
  public static FakeDeepSeek start(Script script) {
    return start(0, Duration.ZERO, _ -> script);
  }

  /// Starts a server.
  ///
  /// @param port 0 for any that is free
  /// @param delay how long it waits before each write
  /// @param behaviour what it does with a request
  public static FakeDeepSeek start(int port, Duration delay, Function<Request, Script> behaviour) {
    return started(new FakeDeepSeek(port, delay, false, behaviour));
  }

  /// Starts a server that keeps no requests, for sessions longer than its memory.
  static FakeDeepSeek startForgetful(int port, Function<Request, Script> behaviour) {
    return started(new FakeDeepSeek(port, Duration.ZERO, true, behaviour));
  }

  private static FakeDeepSeek started(FakeDeepSeek fake) {
    Thread.ofPlatform().daemon().name("fake-deepseek").start(fake::accept);
    return fake;
  }

  /// Returns the address to give as base URL.
  public String baseUrl() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /// Returns what came so far.
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /// Waits until a client leaves in the middle of an answer, and returns when that was, by
  /// [System#nanoTime()].
  public long departure(Duration patience) throws InterruptedException {
    Long at = departures.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    if (at == null) {
      throw new AssertionError("no client left within " + patience);
    }
    return at;
  }

  /// Resets every connection, as a crash or a firewall does.
  public void reset() {
    try {
      for (Socket socket : open) {
        socket.setSoLinger(true, 0);
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (SocketException e) {
        return;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      Request request = read(socket.getInputStream());
      if (!forgets) {
        requests.add(request);
      }
      write(socket, behaviour.apply(request));
    } catch (IOException e) {
      // The client left, or the test is over.
      departures.add(System.nanoTime());
    } finally {
      open.remove(socket);
    }
  }

  private static Request read(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0 && head.length() < HEAD_BYTES_MAX) {
      int read = in.read();
      if (read < 0) {
        throw new IOException("left before the end of the head");
      }
      head.append((char) read);
    }
    String[] lines = head.toString().split("\r\n", -1);
    var headers = new TreeMap<String, String>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon > 0) {
        headers.put(
            lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
            lines[i].substring(colon + 1).strip());
      }
    }
    String[] first = lines[0].split(" ", 3);
    byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    return new Request(first[0], first[1], headers, new String(body, UTF_8));
  }

  private void write(Socket socket, Script script) throws IOException {
    OutputStream out = new BufferedOutputStream(socket.getOutputStream());
    out.write(script.head().getBytes(ISO_8859_1));
    out.flush();
    for (String write : script.writes()) {
      LockSupport.parkNanos(delay.toNanos());
      byte[] bytes = write.getBytes(UTF_8);
      if (script.chunked()) {
        out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(ISO_8859_1));
      }
      out.write(bytes);
      if (script.chunked()) {
        out.write("\r\n".getBytes(ISO_8859_1));
      }
      out.flush();
    }
    switch (script.end()) {
      case WHOLE -> {
        if (script.chunked()) {
          out.write("0\r\n\r\n".getBytes(ISO_8859_1));
          out.flush();
        }
      }
      case CUT -> {}
      // Says nothing more until the client leaves or the test is over.
      case STALL -> {
        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        departures.add(System.nanoTime());
      }
    }
  }

  /// Runs until it is killed.
  public static void main(String[] arguments) {
    var options = new TreeMap<String, String>();
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      options.put(arguments[i], arguments[i + 1]);
    }
    String mode = options.getOrDefault("--mode", "answer");
    var fake =
        start(
            Integer.parseInt(options.getOrDefault("--port", "0")),
            Duration.ofMillis(Long.parseLong(options.getOrDefault("--delay-ms", "0"))),
            request ->
                mode.equals("oblige") ? ObligingModel.answer(request) : Script.of(mode, request));
    IO.println(fake.baseUrl());
    var requests = new ArrayList<Request>();
    while (!Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
      List<Request> all = fake.requests();
      all.subList(requests.size(), all.size())
          .forEach(request ->
              IO.println(request.method() + " " + request.path() + " " + request.body().length()));
      requests.addAll(all.subList(requests.size(), all.size()));
    }
  }
}
