package brimful.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/// A forge's API on loopback: it lists what it was told, a few entries a page.
public final class FakeForge implements AutoCloseable {
  private final HttpServer server;
  private final int perPage;
  private final Map<String, Map<String, Object>> entries = new LinkedHashMap<>();

  /// Requests since the start, as `path?query`, and the headers that may have had a token.
  public final List<String> requests = new CopyOnWriteArrayList<>();

  public final List<String> tokens = new CopyOnWriteArrayList<>();

  /// What it answers with; 200 for its list.
  public volatile int status = 200;

  public volatile Map<String, String> headers = Map.of();

  /// Where the next page is said to be; empty for here.
  public volatile String elsewhere = "";

  /// Whether an answer stops after its first byte, for as long as this is open.
  public volatile boolean stalls;

  private final CountDownLatch closed = new CountDownLatch(1);

  public FakeForge(int perPage) {
    this.perPage = perPage;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  /// Adds or replaces an entry.
  public void put(String name, Map<String, Object> entry) {
    synchronized (entries) {
      entries.put(name, entry);
    }
  }

  public void remove(String name) {
    synchronized (entries) {
      entries.remove(name);
    }
  }

  /// Returns the API's base.
  public String api() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.add(exchange.getRequestURI().toString());
      for (String header : List.of("Authorization", "PRIVATE-TOKEN")) {
        tokens.addAll(exchange.getRequestHeaders().getOrDefault(header, List.of()));
      }
      headers.forEach(exchange.getResponseHeaders()::set);
      byte[] body = status == 200 ? page(exchange) : "{}".getBytes(UTF_8);
      exchange.sendResponseHeaders(status, body.length);
      if (stalls) {
        exchange.getResponseBody().write(body, 0, 1);
        exchange.getResponseBody().flush();
        closed.await();
      }
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private byte[] page(HttpExchange exchange) throws IOException {
    String query = exchange.getRequestURI().getRawQuery();
    String number = query.replaceAll(".*\\bat=(\\d+).*", "$1");
    int first = number.equals(query) ? 0 : Integer.parseInt(number);
    List<Map<String, Object>> all;
    synchronized (entries) {
      all = new ArrayList<>(entries.values());
    }
    int end = Math.min(all.size(), first + perPage);
    if (end < all.size()) {
      String base = elsewhere.isEmpty() ? api() : elsewhere;
      String next = base + exchange.getRequestURI().getPath() + "?at=" + end;
      exchange
          .getResponseHeaders()
          .set("Link", "<%s>; rel=\"next\", <%s>; rel=\"first\"".formatted(next, api()));
    }
    return new ObjectMapper().writeValueAsBytes(all.subList(first, end));
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
  }
}
