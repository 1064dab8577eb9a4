package brimful.bucket;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.corpus.Sha256;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/// A server with the one bucket `docs` that answers as it is told to: with errors, or with keys
/// that no file system has. It checks no signature.
public final class FakeStore implements AutoCloseable {
  private static final String BUCKET = "docs";
  private static final String TIME = "Fri, 27 Nov 2026 08:00:00 GMT";

  private final HttpServer server;

  /// By key, in the order of listings.
  public final Map<String, byte[]> objects = new ConcurrentSkipListMap<>();

  /// What was asked for, such as `GET a.txt`.
  public final List<String> requests = new CopyOnWriteArrayList<>();

  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final Map<String, Runnable> after = new ConcurrentHashMap<>();
  private volatile int cutAfterBytes = Integer.MAX_VALUE;

  private record Answer(int status, String code, Map<String, String> headers) {}

  public FakeStore() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  /// Returns the variables by which this store is found.
  public Map<String, String> environment() {
    return new HashMap<>(
        Map.of(
            "AWS_ENDPOINT_URL_S3",
            "http://127.0.0.1:" + server.getAddress().getPort(),
            "AWS_ACCESS_KEY_ID",
            "person",
            "AWS_SECRET_ACCESS_KEY",
            "do-not-print",
            "AWS_EC2_METADATA_DISABLED",
            "true",
            "HOME",
            "/nonexistent"));
  }

  public FakeStore put(String key, String text) {
    objects.put(key, text.getBytes(UTF_8));
    return this;
  }

  /// Answers the next requests with an error.
  public void fail(int times, int status, String code, Map<String, String> headers) {
    for (int i = 0; i < times; i++) {
      answers.add(new Answer(status, code, headers));
    }
  }

  /// Breaks the connection of the next object after some of its bytes.
  public void cut(int afterBytes) {
    cutAfterBytes = afterBytes;
  }

  /// Changes something once a request has come, such as `HEAD a.txt`: it is answered as before.
  public void afterNext(String request, Runnable then) {
    after.put(request, then);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getRawPath().substring(1);
      String bucket = path.contains("/") ? path.substring(0, path.indexOf('/')) : path;
      String key = decoded(path.substring(Math.min(path.length(), bucket.length() + 1)));
      String method = exchange.getRequestMethod();
      String request = method + " " + (key.isEmpty() ? "?" : key);
      requests.add(request);
      Answer told = answers.poll();
      Optional.ofNullable(after.remove(request)).ifPresent(Runnable::run);
      if (told != null) {
        told.headers().forEach(exchange.getResponseHeaders()::add);
        error(exchange, told.status(), told.code());
      } else if (!bucket.equals(BUCKET)) {
        error(exchange, 404, "NoSuchBucket");
      } else if (key.isEmpty()) {
        list(exchange, parameters(exchange.getRequestURI().getRawQuery()));
      } else if (!objects.containsKey(key)) {
        error(exchange, 404, "NoSuchKey");
      } else {
        object(exchange, objects.get(key));
      }
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
  }

  private static Map<String, String> parameters(String query) {
    return Arrays.stream(query.split("&"))
        .map(one -> one.split("=", 2))
        .collect(Collectors.toMap(one -> one[0], one -> one.length < 2 ? "" : decoded(one[1])));
  }

  private static String tag(byte[] content) {
    return "\"" + Sha256.hex(content).substring(0, 32) + "\"";
  }

  private void list(HttpExchange exchange, Map<String, String> asked) throws IOException {
    int most = Integer.parseInt(asked.getOrDefault("max-keys", "1000"));
    String after = asked.getOrDefault("continuation-token", "");
    List<Map.Entry<String, byte[]>> found =
        objects.entrySet().stream()
            .filter(one -> one.getKey().startsWith(asked.getOrDefault("prefix", "")))
            .filter(one -> one.getKey().compareTo(after) > 0)
            .toList();
    List<Map.Entry<String, byte[]>> page = found.subList(0, Math.min(most, found.size()));
    var xml = new StringBuilder("<ListBucketResult><EncodingType>url</EncodingType>");
    boolean more = page.size() < found.size();
    xml.append("<IsTruncated>").append(more).append("</IsTruncated>");
    if (more) {
      xml.append("<NextContinuationToken>")
          .append(page.getLast().getKey())
          .append("</NextContinuationToken>");
    }
    for (Map.Entry<String, byte[]> one : page) {
      byte[] content = one.getValue();
      xml.append("<Contents><Key>%s</Key>".formatted(URLEncoder.encode(one.getKey(), UTF_8)))
          .append("<LastModified>2026-11-27T08:00:00.000Z</LastModified>")
          .append("<ETag>%s</ETag><Size>%s</Size>".formatted(tag(content), content.length))
          .append("</Contents>");
    }
    send(exchange, 200, xml.append("</ListBucketResult>").toString().getBytes(UTF_8));
  }

  private void object(HttpExchange exchange, byte[] content) throws IOException {
    exchange.getResponseHeaders().add("ETag", tag(content));
    exchange.getResponseHeaders().add("Last-Modified", TIME);
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().add("Content-Length", Integer.toString(content.length));
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    String range = exchange.getRequestHeaders().getFirst("Range");
    if (range == null) {
      int cut = cutAfterBytes;
      cutAfterBytes = Integer.MAX_VALUE;
      if (cut < content.length) {
        exchange.sendResponseHeaders(200, content.length);
        exchange.getResponseBody().write(content, 0, cut);
        exchange.getResponseBody().flush();
        throw new IOException("the connection breaks");
      }
      send(exchange, 200, content);
      return;
    }
    String[] ends = range.substring("bytes=".length()).split("-", -1);
    int from = Integer.parseInt(ends[0]);
    int to = ends[1].isEmpty() ? content.length : Integer.parseInt(ends[1]) + 1;
    send(exchange, 206, Arrays.copyOfRange(content, from, Math.min(to, content.length)));
  }

  private static void error(HttpExchange exchange, int status, String code) throws IOException {
    boolean silent = exchange.getRequestMethod().equals("HEAD");
    send(
        exchange,
        status,
        silent ? new byte[0] : "<Error><Code>%s</Code></Error>".formatted(code).getBytes(UTF_8));
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
