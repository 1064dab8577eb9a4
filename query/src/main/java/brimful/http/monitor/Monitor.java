package brimful.http.monitor;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.corpus.UserError;
import brimful.http.edge.HttpJson;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/// Serves `/metrics`, `/health` and `/ready`, without keys: whoever reaches the port may read it.
///
/// It is the JDK's own server, because a worker needs no more than this.
public final class Monitor implements AutoCloseable {
  private static final int BACKLOG = 16;
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int NOT_ALLOWED = 405;
  private static final int UNAVAILABLE = 503;

  private final HttpServer server;
  private final String host;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Meters meters;
  private final Supplier<Optional<String>> trouble;

  /// Starts to listen.
  ///
  /// @param trouble returns why the process cannot do its work at present, if so
  /// @throws UserError if it cannot listen there
  public Monitor(MonitorAddress address, Meters meters, Supplier<Optional<String>> trouble) {
    host = address.host();
    this.meters = meters;
    this.trouble = trouble;
    try {
      server = HttpServer.create(new InetSocketAddress(address.host(), address.port()), BACKLOG);
    } catch (IOException | IllegalArgumentException e) {
      threads.close();
      throw new UserError(
          UserError.Kind.BUSY,
          "--metrics %s: %s: give another address or port".formatted(address, e.getMessage()),
          e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /// Returns where it listens.
  public String url() {
    return "http://" + new MonitorAddress(host, server.getAddress().getPort());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().close();
      boolean head = exchange.getRequestMethod().equals("HEAD");
      if (!head && !exchange.getRequestMethod().equals("GET")) {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        send(exchange, NOT_ALLOWED, "application/json", state("only GET is served here"), head);
        return;
      }
      switch (exchange.getRequestURI().getPath()) {
        case "/metrics" ->
            send(exchange, OK, "text/plain; version=0.0.4; charset=utf-8", meters.scrape(), head);
        case "/health" -> send(exchange, OK, "application/json", state("up"), head);
        case "/ready" -> ready(exchange, head);
        default ->
            send(
                exchange,
                NOT_FOUND,
                "application/json",
                state("nothing here: /metrics, /health and /ready are"),
                head);
      }
    }
  }

  private void ready(HttpExchange exchange, boolean head) throws IOException {
    Optional<String> why = trouble.get();
    send(
        exchange,
        why.isEmpty() ? OK : UNAVAILABLE,
        "application/json",
        state(why.orElse("ready")),
        head);
  }

  private static String state(String status) {
    return new String(HttpJson.bytes(HttpJson.object().put("status", status)), UTF_8);
  }

  private static void send(
      HttpExchange exchange, int status, String type, String text, boolean head)
      throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, head ? -1 : bytes.length);
    if (!head) {
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
