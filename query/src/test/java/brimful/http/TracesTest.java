package brimful.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

final class TracesTest {

  @Test
  void spansGoWhereTheEnvironmentSays() throws Exception {
    List<String> received = new CopyOnWriteArrayList<>();
    HttpServer collector = collector(received);
    String endpoint = "http://127.0.0.1:%s".formatted(collector.getAddress().getPort());

    try (Traces traces = Traces.of(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint))) {
      traces.request("POST", "id-7", () -> traces.part("brimful.pack", () -> 200));
    } finally {
      collector.stop(0);
    }

    assertThat(String.join("", received))
        .contains("/v1/traces")
        .contains("brimful.pack")
        .contains("id-7");
  }

  private static HttpServer collector(List<String> received) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          received.add(exchange.getRequestURI().toString());
          received.add(new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  @Test
  void withoutAnEndpointNothingIsSent() {
    try (Traces traces = Traces.of(Map.of())) {
      String result = traces.part("brimful.pack", () -> "done");

      assertThat(result).isEqualTo("done");
    }
  }
}
