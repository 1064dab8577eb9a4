package brimful.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Stands between a client and the engine in the container: notes requests, and answers none while
/// the cluster is to be away.
public final class ClusterProxy implements AutoCloseable {
  private final Queue<String> requests = new ConcurrentLinkedQueue<>();
  private final AtomicReference<@Nullable Before> waiting = new AtomicReference<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private final String direct;
  private final String engine;
  private final String prefix;
  private volatile Predicate<String> refused = _ -> false;
  private volatile Predicate<String> away = _ -> false;

  public ClusterProxy() throws IOException {
    direct = OpenSearchContainer.option();
    engine = OpenSearchContainer.server();
    prefix = direct.substring(direct.lastIndexOf('/') + 1);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::pass);
    server.start();
  }

  /// Returns it with a prefix of its own, as `--index` takes it.
  public String option() {
    return "opensearch=http://127.0.0.1:%s/%s".formatted(server.getAddress().getPort(), prefix);
  }

  /// Returns the same prefix of the engine itself.
  public String direct() {
    return direct;
  }

  /// Returns the path of an index, such as that of the commits.
  public String path(String kind) {
    return "/%s-%s-v3".formatted(prefix, kind);
  }

  /// Answers no request while it is away.
  public void away(boolean now) {
    away = _ -> now;
  }

  /// Answers no request, as its method and path say, that it is to be away for.
  public void awayFor(Predicate<String> requests) {
    away = requests;
  }

  /// Refuses requests for good, with their method and path as the reason.
  public void refuse(Predicate<String> some) {
    refused = some;
  }

  /// Does something once, before the next request that begins so is passed on.
  public void before(String request, Runnable work) {
    waiting.set(new Before(request, work));
  }

  private record Before(String request, Runnable work) {}

  /// Returns the method and path of each request since the last call.
  public Queue<String> taken() {
    var taken = new ConcurrentLinkedQueue<String>();
    for (String one = requests.poll(); one != null; one = requests.poll()) {
      taken.add(one);
    }
    return taken;
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
      requests.add(line);
      if (refused.test(line)) {
        String error = "{\"error\":{\"type\":\"refused\",\"reason\":\"%s\"}}".formatted(line);
        answer(exchange, 400, error.getBytes(UTF_8));
        return;
      }
      Before one = waiting.get();
      if (one != null && line.startsWith(one.request()) && waiting.compareAndSet(one, null)) {
        one.work().run();
      }
      if (away.test(line)) {
        answer(exchange, 503, "{\"error\":\"away\"}".getBytes(UTF_8));
        return;
      }
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(engine + exchange.getRequestURI().toString()))
              .header("Content-Type", exchange.getRequestHeaders().getFirst("Content-Type"))
              .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body))
              .build();
      HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      answer(exchange, response.statusCode(), response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    http.shutdownNow();
  }
}
