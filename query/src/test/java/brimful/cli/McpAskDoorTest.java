package brimful.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;

final class McpAskDoorTest extends AskDoorContract {
  static final String INITIALIZE =
      """
      {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18",\
      "capabilities":{},"clientInfo":{"name":"test","version":"1"}}}\
      """;

  @Override
  AskDoor open(Map<String, String> environment, Path notes) {
    return new ServedDoor(environment, notes, McpAskDoorTest::ask);
  }

  static String call(String question) {
    return """
    {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"ask",\
    "arguments":{"question":"%s","budget":%s}}}\
    """
        .formatted(question, BUDGET);
  }

  private static AskDoor.Outcome ask(RunningServer server, String question) {
    String accept = "application/json, text/event-stream";
    String session =
        server
            .send(server.json("/mcp", INITIALIZE).header("Accept", accept))
            .headers()
            .firstValue("Mcp-Session-Id")
            .orElseThrow();
    HttpResponse<String> answer =
        server.send(
            server
                .json("/mcp", call(question))
                .header("Accept", accept)
                .header("Mcp-Session-Id", session));
    String data =
        answer
            .body()
            .lines()
            .filter(line -> line.startsWith("data:") && line.contains("\"result\""))
            .findFirst()
            .map(line -> line.substring("data:".length()))
            .orElse(answer.body());
    return outcome(ServedDoor.tree(data));
  }

  static AskDoor.Outcome outcome(JsonNode message) {
    JsonNode result = message.path("result");
    return result.path("isError").asBoolean()
        ? new AskDoor.Outcome("", result.at("/_meta/brimful~1error").asText())
        : new AskDoor.Outcome(result.at("/content/0/text").asText(), "");
  }

  @Override
  String name() {
    return "MCP over HTTP";
  }

  @Override
  String word(String kind) {
    return kind.toLowerCase(java.util.Locale.ROOT);
  }
}
