package brimful.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelcontextprotocol.spec.McpSchema;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A JSON-RPC 2.0 error, with its HTTP status.
///
/// @param id the id of the request, or JSON's null if it could not be read
/// @param message one line: what is wrong, and what to do
/// @param data what a program needs to do it; usually nothing
record RpcError(int status, int code, JsonNode id, String message, Optional<ObjectNode> data) {
  /// The code for an unknown or expired session.
  static final int NO_SESSION = -32001;

  /// The code for refusals of the transport itself, such as its limits.
  static final int REFUSED = -32000;

  RpcError(int status, int code, JsonNode id, String message) {
    this(status, code, id, message, Optional.empty());
  }

  static RpcError invalid(int status, JsonNode message, String line) {
    return new RpcError(status, McpSchema.ErrorCodes.INVALID_REQUEST, idOf(message), line);
  }

  /// Returns the id of a message, as far as it may be repeated in the answer.
  static JsonNode idOf(JsonNode message) {
    JsonNode id = message.path("id");
    return id.isTextual() || id.isIntegralNumber() ? id : JsonNodeFactory.instance.nullNode();
  }

  /// Returns the error as a line of JSON.
  String json() {
    return tree().toString();
  }

  /// Returns the error as JSON.
  ObjectNode tree() {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0");
    node.set("id", id);
    ObjectNode error = node.putObject("error").put("code", code).put("message", message);
    data.ifPresent(more -> error.set("data", more));
    return node;
  }

  /// Returns the error as an event of an open stream.
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
