package brimful.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Requests that are longer than the server takes: their clients learn it.
final class LongRequestTest {
  @TempDir private Path folder;

  private static void assertLives(TestServer testServer) {
    assertThat(testServer.get("/health").statusCode()).isEqualTo(200);
  }

  @Test
  void whatIsTooLongIsRefused() {
    try (TestServer testServer = TestServer.alone(folder)) {
      testServer.collections.create("docs");
      String upload =
          "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n"
              + "x".repeat(2 << 20)
              + "\r\n--x--\r\n";

      HttpResponse<String> body =
          testServer.post("/v1/search", "{\"question\":\"" + "x".repeat(33 << 20) + "\"}");
      HttpResponse<String> file =
          testServer.send(
              testServer
                  .request("/v1/collections/docs/uploads")
                  .header("Content-Type", "multipart/form-data; boundary=x")
                  .POST(HttpRequest.BodyPublishers.ofString(upload)));
      HttpResponse<String> header =
          testServer.send(
              testServer.request("/v1/status").header("X-Long", "x".repeat(40_000)).GET());

      assertThat(body.statusCode()).isEqualTo(413);
      assertThat(file.statusCode()).as(file.body()).isEqualTo(413);
      assertThat(file.headers().firstValue("Connection")).contains("close");
      assertThat(header.statusCode()).isEqualTo(431);
      assertLives(testServer);
    }
  }

  @Test
  void aClientThatIsStillSendingLearnsWhyItIsRefused() throws IOException, InterruptedException {
    try (TestServer testServer = TestServer.alone(folder)) {
      testServer.collections.create("docs");
      for (String path : List.of("/v1/collections/docs/uploads", "/v1/nothing", "/mcp")) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), testServer.port)) {
          byte[] part = new byte[1 << 20];
          socket
              .getOutputStream()
              .write(
                  "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: %s\r\n\r\n"
                      .formatted(path, 3 * part.length)
                      .getBytes(ISO_8859_1));
          for (int i = 0; i < 3; i++) {
            // By now the server has answered.
            Thread.sleep(200);
            socket.getOutputStream().write(part);
          }
          String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);

          assertThat(answer).as(path).startsWith("HTTP/1.1 4").contains("Connection: close", "{");
        }
      }
      assertLives(testServer);
    }
  }
}
