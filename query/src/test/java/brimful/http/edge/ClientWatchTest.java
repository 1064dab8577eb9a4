package brimful.http.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.http.TestServer;
import brimful.testing.FakeDeepSeek;
import brimful.testing.Script;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A client that hangs up ends the call to the model, whichever door it came through.
final class ClientWatchTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @TempDir private Path folder;

  /// Answers no request before it is told to.
  private static final class Model implements AutoCloseable {
    final CountDownLatch asked = new CountDownLatch(1);
    final CountDownLatch answer = new CountDownLatch(1);
    final FakeDeepSeek fake;

    Model(Script script) {
      fake =
          FakeDeepSeek.start(
              0,
              Duration.ZERO,
              _ -> {
                asked.countDown();
                await(answer);
                return script;
              });
    }

    /// Sends the head of an answer and a first word, then nothing more.
    static Model stalling() {
      var model =
          new Model(
              Script.stream(Script.answerEvents(List.of(), List.of("In ")).subList(0, 2))
                  .ending(Script.End.STALL));
      model.answer.countDown();
      return model;
    }

    static void await(CountDownLatch latch) {
      try {
        assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() {
      fake.close();
    }
  }

  private static byte[] request(String path, String accept, String body) {
    return """
    POST %s HTTP/1.1\r
    Host: localhost\r
    Content-Type: application/json\r
    Accept: %s\r
    Content-Length: %s\r
    \r
    %s\
    """
        .formatted(path, accept, body.getBytes(UTF_8).length, body)
        .getBytes(UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ask         | /v1/ask              | application/json  | {"collection":"docs","question":"where?"}
          ask stream  | /v1/ask              | text/event-stream | {"collection":"docs","question":"where?"}
          chat        | /v1/chat/completions | application/json  | {"model":"brimful/docs","messages":[{"role":"user","content":"where?"}]}
          chat stream | /v1/chat/completions | text/event-stream | {"model":"brimful/docs","stream":true,"messages":[{"role":"user","content":"where?"}]}
          """)
  void aClientThatHangsUpEndsTheCall(String door, String path, String accept, String body)
      throws Exception {
    try (Model model = Model.stalling();
        TestServer testServer = TestServer.with(folder, model.fake).file("a.md", "They swim.\n")) {
      testServer.collection("docs");
      var socket = new Socket(InetAddress.getLoopbackAddress(), testServer.port);
      socket.getOutputStream().write(request(path, accept, body));
      Model.await(model.asked);

      long start = System.nanoTime();
      socket.close();

      long end = model.fake.departure(PATIENCE);
      IO.println("cancel %s: %s ms".formatted(door, (end - start) / 1_000_000));
    }
  }

  private static final String INITIALIZE =
      """
      {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18",\
      "capabilities":{},"clientInfo":{"name":"test","version":"1"}}}\
      """;

  private static final String CALL =
      """
      {"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"ask",\
      "arguments":{"collection":"docs","question":"where?"}}}\
      """;

  private static HttpRequest.Builder mcp(TestServer testServer, String body) {
    return testServer.json("/mcp", body).header("Accept", "application/json, text/event-stream");
  }

  private static String session(TestServer testServer) {
    return testServer
        .send(mcp(testServer, INITIALIZE))
        .headers()
        .firstValue("Mcp-Session-Id")
        .orElseThrow();
  }

  @Test
  void aClientThatHangsUpEndsItsToolCall() throws Exception {
    try (Model model = Model.stalling();
        TestServer testServer = TestServer.with(folder, model.fake).file("a.md", "They swim.\n")) {
      testServer.collection("docs");
      String session = session(testServer);
      var socket = new Socket(InetAddress.getLoopbackAddress(), testServer.port);
      String accept = "application/json, text/event-stream\r\nMcp-Session-Id: " + session;
      socket.getOutputStream().write(request("/mcp", accept, CALL));
      Model.await(model.asked);

      long start = System.nanoTime();
      socket.close();

      long end = model.fake.departure(PATIENCE);
      IO.println("cancel mcp: %s ms".formatted((end - start) / 1_000_000));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",\"progressToken\":1"})
  void aClientThatHangsUpEndsItsToolCallWithoutASession(String meta) throws Exception {
    String call =
        CALL.replace(
            "\"params\":{",
            "\"params\":{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\",\"io.modelcontextprotocol/clientCapabilities\":{}%s},"
                .formatted(meta));
    try (Model model = Model.stalling();
        TestServer testServer = TestServer.with(folder, model.fake).file("a.md", "They swim.\n")) {
      testServer.collection("docs");
      var socket = new Socket(InetAddress.getLoopbackAddress(), testServer.port);
      String headers =
          "application/json, text/event-stream\r\nMCP-Protocol-Version: 2026-07-28\r\nMcp-Method: tools/call\r\nMcp-Name: ask";
      socket.getOutputStream().write(request("/mcp", headers, call));
      Model.await(model.asked);

      long start = System.nanoTime();
      socket.close();

      long end = model.fake.departure(PATIENCE);
      IO.println("cancel stateless mcp: %s ms".formatted((end - start) / 1_000_000));
    }
  }

  @Test
  void aToolCallThatIsCancelledEnds() throws Exception {
    try (Model model = Model.stalling();
        TestServer testServer = TestServer.with(folder, model.fake).file("a.md", "They swim.\n")) {
      testServer.collection("docs");
      String session = session(testServer);
      Thread call =
          Thread.ofVirtual()
              .start(
                  () -> testServer.send(mcp(testServer, CALL).header("Mcp-Session-Id", session)));
      Model.await(model.asked);
      String other = session(testServer);
      String cancel =
          "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":%s}}";
      for (String[] stranger : new String[][] {{other, "7"}, {session, "\"7\""}, {session, "8"}}) {
        var _ =
            testServer.send(
                mcp(testServer, cancel.formatted(stranger[1]))
                    .header("Mcp-Session-Id", stranger[0]));
      }
      assertThat(call.isAlive()).isTrue();

      long start = System.nanoTime();
      int status =
          testServer
              .send(mcp(testServer, cancel.formatted("7")).header("Mcp-Session-Id", session))
              .statusCode();

      assertThat(status).isEqualTo(202);
      long end = model.fake.departure(PATIENCE);
      IO.println("cancel mcp notification: %s ms".formatted((end - start) / 1_000_000));
      assertThat(call.join(PATIENCE)).isTrue();
    }
  }

  @Test
  void aRequestSentBehindAnotherIsAnsweredToo() throws Exception {
    try (Model model = new Model(Script.answer("In rivers."));
        TestServer testServer = TestServer.with(folder, model.fake).file("a.md", "They swim.\n")) {
      testServer.collection("docs");
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), testServer.port)) {
        var out = socket.getOutputStream();
        out.write(
            request("/v1/ask", "application/json", "{\"collection\":\"docs\",\"question\":\"x\"}"));
        Model.await(model.asked);
        assertThat(testServer.server.watched()).isEqualTo(1);
        out.write("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(ISO_8859_1));
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (testServer.server.watched() > 0) {
          assertThat(System.nanoTime()).as("the second request is seen").isLessThan(end);
          Thread.onSpinWait();
        }
        model.answer.countDown();

        assertThat(until(socket, "{\"status\":\"up\"}")).contains("In rivers.");
      }
    }
  }

  private static String until(Socket socket, String end) throws IOException {
    var all = new ByteArrayOutputStream();
    while (!all.toString(UTF_8).endsWith(end)) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        throw new IOException("the server left after " + all.toString(UTF_8));
      }
      all.write(next);
    }
    return all.toString(UTF_8);
  }
}
