package brimful.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.FakeDeepSeek;
import brimful.testing.Script;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class McpStdioTest {
  private static final String INITIALIZE =
      """
      {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18",\
      "capabilities":{},"clientInfo":{"name":"test","version":"1"}}}
      {"jsonrpc":"2.0","method":"notifications/initialized"}
      """;

  @TempDir Path folder;

  private List<String> answers(String input) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var fixture = new McpFixture(folder)) {
      var in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
      McpStdio.serve(fixture.backend, "docs"::equals, in, out, "test");
    }
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void answersAllThatWasAskedBeforeTheInputEnded() throws IOException {
    List<String> answers =
        answers(
            INITIALIZE
                + """
                {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"search",\
                "arguments":{"question":"when does the broker rebalance?"}}}
                {"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"search",\
                "arguments":{"collection":"secret","question":"sold?"}}}\
                """);

    assertThat(answers).hasSize(3);
    assertThat(answers).anyMatch(line -> line.contains("\"id\":2") && line.contains("at noon"));
    assertThat(answers)
        .anyMatch(line ->
            line.contains("\"id\":3")
                && line.contains("no collection is called \\\"secret\\\": there are docs"));
  }

  @Test
  void aRequestBeforeTheSessionIsRefusedAndHoldsNothingUp() throws IOException {
    List<String> answers = answers("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/list\"}\n");

    assertThat(answers)
        .singleElement()
        .asString()
        .contains("\"id\":7", "-32600", "send initialize first");
  }

  @Test
  void anUnknownLevelOfTheLogIsNamed() throws IOException {
    List<String> answers =
        answers(
            INITIALIZE
                + """
                {"jsonrpc":"2.0","id":2,"method":"logging/setLevel","params":{"level":"loud"}}
                {"jsonrpc":"2.0","id":3,"method":"logging/setLevel","params":{"level":"emergency"}}
                """);

    assertThat(answers)
        .anyMatch(line ->
            line.contains("\"id\":2")
                && line.contains("-32602")
                && line.contains("level \\\"loud\\\" is unknown: send one of debug, info, notice"))
        .anyMatch(line -> line.contains("\"id\":3") && line.contains("\"result\":{}"));
  }

  @Test
  void anUnknownToolIsNamed() throws IOException {
    List<String> answers =
        answers(
            INITIALIZE
                + """
                {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"nothing"}}
                {"id": nope}
                """);

    assertThat(answers)
        .anyMatch(line ->
            line.contains("\"id\":2")
                && line.contains("-32602")
                && line.contains("\"Unknown tool: nothing\""))
        .anyMatch(line -> line.contains("this message is not valid JSON: line 1 column"));
  }

  @Test
  void goesOnAfterALineThatIsNoMessage() throws IOException {
    List<String> answers =
        answers(
            INITIALIZE
                + "what?\n"
                + "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\""
                + "x".repeat(2 << 20)
                + "\"}\n{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/list\"}\n");

    assertThat(answers).filteredOn(line -> line.contains("-32700")).hasSize(2);
    assertThat(answers).anyMatch(line -> line.contains("\"id\":3") && line.contains("\"pack\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\",\"io.modelcontextprotocol/clientCapabilities\":{}},"
      })
  void aCallThatIsCancelledEnds(String meta) throws Exception {
    Duration patience = Duration.ofSeconds(10);
    var out = new ByteArrayOutputStream();
    var asked = new CountDownLatch(1);
    Script stalling = Script.stream(List.of(Script.text("In "))).ending(Script.End.STALL);
    try (var fixture = new McpFixture(folder);
        var model =
            FakeDeepSeek.start(
                0,
                Duration.ZERO,
                _ -> {
                  asked.countDown();
                  return stalling;
                });
        var client = new PipedOutputStream();
        var in = new PipedInputStream(client)) {
      Thread server =
          Thread.ofPlatform()
              .daemon()
              .start(() -> McpStdio.serve(fixture.asking(model), "docs"::equals, in, out, "test"));
      String lines =
          INITIALIZE
              + """
              {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{%s"name":"ask",\
              "arguments":{"question":"when does the broker rebalance?"}}}
              """
                  .formatted(meta);
      client.write(lines.getBytes(StandardCharsets.UTF_8));
      client.flush();
      assertThat(asked.await(patience.toSeconds(), TimeUnit.SECONDS)).isTrue();

      long start = System.nanoTime();
      client.write(
          "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":2}}\n"
              .getBytes(StandardCharsets.UTF_8));
      client.flush();

      long end = model.departure(patience);
      IO.println("cancel mcp stdio: %s ms".formatted((end - start) / 1_000_000));
      client.close();
      assertThat(server.join(patience)).isTrue();
    }
    if (!meta.isEmpty()) {
      assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("\"id\":2");
    }
  }
}
