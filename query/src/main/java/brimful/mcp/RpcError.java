package brimful.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelcontextprotocol.spec.McpSchema;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// An error as JSON-RPC 2.0 writes it, and the status that HTTP gives it.
///
/// @param id of the request, as far as it could be read; else null of JSON
/// @param message one line: what is wrong, and what to do
record RpcError(int status, int code, JsonNode id, String message) {
  /// Of a session that is not known here, or is no more.
  static final int NO_SESSION = -32001;

  /// Of what the transport refuses for reasons of its own, such as its limits.
  static final int REFUSED = -32000;

  static RpcError invalid(int status, JsonNode message, String line) {
    return new RpcError(status, McpSchema.ErrorCodes.INVALID_REQUEST, idOf(message), line);
  }

  /// Returns an id of a message that an answer may repeat.
  static JsonNode idOf(JsonNode message) {
    JsonNode id = message.path("id");
    return id.isTextual() || id.isIntegralNumber() ? id : JsonNodeFactory.instance.nullNode();
  }

  /// Returns the line of JSON.
  String json() {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0");
    node.set("id", id);
    node.putObject("error").put("code", code).put("message", message);
    return node.toString();
  }

  /// Returns it as an event of a stream that has begun.
  String event() {
    return "event: message\ndata: " + json() + "\n\n";
  }

  void send(HttpServletResponse response) throws IOException {
    byte[] body = json().getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.setContentType("application/json");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
