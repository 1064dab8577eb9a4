package brimful.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
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
    try (var fixture = new Fixture(folder)) {
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
                && line.contains("no collection is called secret: there are docs"));
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
}
