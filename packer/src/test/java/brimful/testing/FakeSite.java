package brimful.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;

/// A real web server on this machine, whose pages a test sets. Paths are as they are requested.
public final class FakeSite implements AutoCloseable {
  /// What was asked, such as `GET /a.html`.
  public final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  /// The programs that asked.
  public final List<String> agents = Collections.synchronizedList(new ArrayList<>());

  private final Map<String, Handler> pages = new ConcurrentHashMap<>();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /// Answers one request.
  @FunctionalInterface
  public interface Handler {
    void answer(HttpExchange exchange) throws IOException;
  }

  public FakeSite() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().toString();
    requests.add(exchange.getRequestMethod() + " " + path);
    agents.add(String.valueOf(exchange.getRequestHeaders().getFirst("User-Agent")));
    try {
      pages.getOrDefault(path, FakeSite::missing).answer(exchange);
    } finally {
      exchange.close();
    }
  }

  private static void missing(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(404, -1);
  }

  public FakeSite on(String path, Handler handler) {
    pages.put(path, handler);
    return this;
  }

  /// Sets a page without anything that tells its state.
  public FakeSite page(String path, String content) {
    return page(path, content, Map.of());
  }

  public FakeSite page(String path, String content, Map<String, String> headers) {
    return bytes(path, content.getBytes(UTF_8), headers);
  }

  public FakeSite bytes(String path, byte[] content, Map<String, String> headers) {
    return on(path, exchange -> send(exchange, 200, content, headers));
  }

  public FakeSite status(String path, int status, Map<String, String> headers) {
    return on(path, exchange -> send(exchange, status, new byte[0], headers));
  }

  public FakeSite without(String path) {
    pages.remove(path);
    return this;
  }

  public static void send(
      HttpExchange exchange, int status, byte[] content, Map<String, String> headers)
      throws IOException {
    headers.forEach(exchange.getResponseHeaders()::set);
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", String.valueOf(content.length));
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(content);
    }
  }

  /// Sets a sitemap; an entry is a location, or one with ` | ` and its time.
  public FakeSite sitemap(String path, String... entries) {
    return page(path, sitemapOf(entries));
  }

  public static String sitemapOf(String... entries) {
    var xml = new StringBuilder("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for (String entry : entries) {
      String[] parts = entry.split(" \\| ");
      xml.append("<url><loc>").append(parts[0].replace("&", "&amp;")).append("</loc>");
      if (parts.length > 1) {
        xml.append("<lastmod>").append(parts[1]).append("</lastmod>");
      }
      xml.append("</url>\n");
    }
    return xml.append("</urlset>").toString();
  }

  public static byte[] packed(byte[] content) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /// Returns a page of HTML with enough text to be one.
  public static String html(String text) {
    return "<!doctype html><html><head><title>%s</title></head><body><h1>%1$s</h1><p>%s</p></body></html>"
        .formatted(text, (text + " and what else there is to say of it. ").repeat(8));
  }

  /// Returns the address of a path, as a browser has it.
  public String url(String path) {
    return "http://127.0.0.1:%s%s".formatted(server.getAddress().getPort(), path);
  }

  public String location(String path) {
    return "web:" + url(path);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
