package brimful.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What sessions get, held against the published schema, and results against the schemas that our
/// tools declare.
final class McpSchemaTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CALLS =
      """
      {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"%s",\
      "capabilities":{},"clientInfo":{"name":"test","version":"1"}}}
      {"jsonrpc":"2.0","method":"notifications/initialized"}
      {"jsonrpc":"2.0","id":2,"method":"tools/list"}
      {"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"search","arguments":{"question":"broker"}}}
      {"jsonrpc":"2.0","id":4,"method":"prompts/list"}
      {"jsonrpc":"2.0","id":5,"method":"resources/templates/list"}
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"2025-06-18", "2025-11-25"})
  void sessionsGetWhatTheirRevisionSays(String revision) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var fixture = new McpFixture(folder)) {
      byte[] in = CALLS.formatted(revision).getBytes(StandardCharsets.UTF_8);
      McpStdio.serve(fixture.backend, "docs"::equals, new ByteArrayInputStream(in), out, "test");
    }

    List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
    var schema = new PublishedSchema("2025-11-25");
    List<String> types =
        List.of(
            "InitializeResult",
            "ListToolsResult",
            "CallToolResult",
            "ListPromptsResult",
            "ListResourceTemplatesResult");
    for (int id = 1; id <= types.size(); id++) {
      String wanted = "\"id\":" + id + ",";
      String line = lines.stream().filter(one -> one.contains(wanted)).findFirst().orElseThrow();
      schema.check(types.get(id - 1), JSON.readTree(line).path("result").toString());
    }
    assertThat(lines.getFirst()).contains("\"protocolVersion\":\"" + revision + "\"");
  }

  @Test
  void structuredContentIsWhatToolsDeclare() throws IOException {
    try (var fixture = new McpFixture(folder)) {
      McpFixture.Talk talk = fixture.talk();
      Map<String, Map<String, Object>> calls =
          Map.of(
              "collections", Map.of(),
              "search", Map.of("collection", "docs", "question", "broker", "limit", 1));
      for (McpSchema.Tool tool : talk.client().listTools().tools()) {
        if (tool.outputSchema() != null) {
          Map<String, Object> arguments = calls.getOrDefault(tool.name(), Map.of());
          Object content = talk.call(tool.name(), arguments).structuredContent();
          PublishedSchema.check(
              JSON.writeValueAsString(tool.outputSchema()), JSON.writeValueAsString(content), "");
        }
      }
    }
  }
}
