package brimful.opensearch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import brimful.corpus.UserError;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a cluster's refusals mean, told by a server that refuses as OpenSearch does.
final class OpenSearchErrorsTest {
  private static final String PASSWORD = "hunter2";

  private final AtomicReference<String> authorization = new AtomicReference<>("");
  private HttpServer server;
  private int status = 200;
  private String body = "{}";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          authorization.set(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
          byte[] bytes = body.getBytes(UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private OpenSearchAddress address(int port) {
    return OpenSearchAddress.of(
        "opensearch=http://ann:%s@127.0.0.1:%s/acme".formatted(PASSWORD, port), Map.of());
  }

  private UserError error(int port) {
    UserError error =
        catchThrowableOfType(
            UserError.class,
            () -> OpenSearchCluster.open(address(port), Duration.ofMillis(1)).create());
    assertThat(error.line()).doesNotContain(PASSWORD).doesNotContain("\n");
    return error;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          401 | {}                                                  | UNAUTHENTICATED | refuses user ann
          403 | {"error":{"type":"security","reason":"no such"}}    | FORBIDDEN       | manage the indexes acme-*
          429 | {"error":{"type":"rejected","reason":"queue full"}} | UNAVAILABLE     | too much to do (status 429, queue full)
          503 | <html>proxy</html>                                  | UNAVAILABLE     | status 503, <html>proxy
          400 | {"error":{"type":"mapping","reason":"bad field"}}   | UPSTREAM        | (status 400, bad field)
          200 | {"version":{"number":"2.19.1","distribution":"opensearch"}} | CONFIG  | is OpenSearch 2.19.1: Brimful needs OpenSearch 3 or later
          200 | {"version":{"number":"9.1.0"}}                      | CONFIG          | is another engine, 9.1.0
          """)
  void saysInOneLineWhatIsWrong(int answer, String text, UserError.Kind kind, String line) {
    status = answer;
    body = text;

    UserError error = error(server.getAddress().getPort());

    assertThat(error.kind()).isEqualTo(kind);
    assertThat(error.line()).contains(line).contains("127.0.0.1");
    assertThat(authorization.get()).isEqualTo("Basic YW5uOmh1bnRlcjI=");
  }

  @Test
  void aFullDiskIsNoReasonToTryAgain() {
    status = 429;
    body =
        """
        {"error":{"type":"cluster_block_exception","reason":"index [x] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, index has read-only-allow-delete block];"}}
        """;

    UserError error =
        catchThrowableOfType(
            UserError.class,
            () ->
                OpenSearchCluster.open(address(server.getAddress().getPort()), Duration.ofDays(1)));

    assertThat(error.kind()).isEqualTo(UserError.Kind.DISK_FULL);
    assertThat(error.line()).contains("flood-stage").contains("free space");
  }

  @Test
  void saysThatNobodyAnswers() throws IOException {
    int free;
    try (var socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }

    UserError error = error(free);

    assertThat(error.kind()).isEqualTo(UserError.Kind.UNAVAILABLE);
    assertThat(error.line()).contains("cannot be reached").contains("127.0.0.1:" + free);
  }
}
