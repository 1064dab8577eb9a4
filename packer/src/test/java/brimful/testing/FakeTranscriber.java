package brimful.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Stands for an endpoint of OpenAI's protocol for transcriptions: reads the form byte for byte,
/// and answers by a script.
public final class FakeTranscriber implements AutoCloseable {
  private static final Pattern PART =
      Pattern.compile(
          "Content-Disposition: form-data; name=\"([a-z_]+)\"(?:; filename=\"([\\w.]+)\")?\r\n(?:Content-Type: ([\\w/]+)\r\n)?\r\n(.*)\r\n",
          Pattern.DOTALL);

  private final HttpServer server;
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  /// A request as it came.
  ///
  /// @param fields by name; the file's bytes as Latin-1
  public record Request(
      String method, String path, String authorization, Map<String, String> fields, String file) {}

  /// An answer.
  public record Reply(int status, String body, Map<String, String> headers) {
    public Reply(int status, String body) {
      this(status, body, Map.of());
    }
  }

  public FakeTranscriber(Function<Request, Reply> script) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", exchange -> answer(exchange, script));
    server.start();
  }

  /// Returns one that hears the same in every sound.
  ///
  /// @param segments as JSON
  public static FakeTranscriber hearing(String segments) {
    return new FakeTranscriber(_ -> new Reply(200, verbose(segments)));
  }

  /// Returns an answer as OpenAI documents `verbose_json`.
  public static String verbose(String segments) {
    return """
    {"task":"transcribe","language":"english","duration":8.47,"text":"all of it","segments":[%s],
     "usage":{"type":"duration","seconds":9}}
    """
        .formatted(segments);
  }

  /// Returns a segment as OpenAI documents it.
  public static String segment(double start, double end, String text) {
    return """
    {"id":0,"seek":0,"start":%s,"end":%s,"text":" %s","tokens":[50364,440],"temperature":0.0,
     "avg_logprob":-0.28,"compression_ratio":1.23,"no_speech_prob":0.009}\
    """
        .formatted(start, end, text);
  }

  private void answer(HttpExchange exchange, Function<Request, Reply> script) throws IOException {
    try (exchange) {
      Request request = request(exchange);
      requests.add(request);
      Reply reply = script.apply(request);
      reply.headers().forEach(exchange.getResponseHeaders()::set);
      byte[] body = reply.body().getBytes(UTF_8);
      exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static Request request(HttpExchange exchange) throws IOException {
    String type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
    String start = "multipart/form-data; boundary=";
    byte[] bytes = exchange.getRequestBody().readAllBytes();
    String length = exchange.getRequestHeaders().getFirst("Content-Length");
    if (!type.startsWith(start) || !String.valueOf(bytes.length).equals(length)) {
      throw new IOException("no form: " + type);
    }
    Map<String, String> fields = new LinkedHashMap<>();
    String file = "";
    String boundary = "--" + type.substring(start.length());
    String body = new String(bytes, ISO_8859_1);
    if (!body.startsWith(boundary + "\r\n") || !body.endsWith("\r\n" + boundary + "--\r\n")) {
      throw new IOException("the form has no end");
    }
    for (String part : body.substring(0, body.length() - 4).split(Pattern.quote(boundary), -1)) {
      Matcher matcher = PART.matcher(part.replaceFirst("^\r\n", ""));
      if (matcher.matches()) {
        fields.put(matcher.group(1), matcher.group(4));
        file = matcher.group(2) == null ? file : matcher.group(2) + " " + matcher.group(3);
      } else if (!part.isEmpty() && !part.equals("\r\n")) {
        throw new IOException("not a part of a form");
      }
    }
    String key = exchange.getRequestHeaders().getFirst("Authorization");
    return new Request(
        exchange.getRequestMethod(),
        exchange.getRequestURI().toString(),
        key == null ? "" : key,
        fields,
        file);
  }

  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public List<Request> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
