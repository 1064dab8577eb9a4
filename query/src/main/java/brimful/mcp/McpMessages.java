package brimful.mcp;

import brimful.mcp.tool.LogLevel;
import brimful.mcp.tool.Toolbox;
import com.fasterxml.jackson.databind.JsonNode;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.Optional;

/// Checks that a message is valid JSON-RPC 2.0 and MCP, before the SDK reads it.
final class McpMessages {
  private static final int NAME_CHARS_MAX = 100;

  private McpMessages() {}

  /// Returns what is wrong with a message; empty if nothing is.
  static Optional<RpcError> check(JsonNode message) {
    if (message.isArray()) {
      return bad(message, "several messages at once are not supported: send one at a time");
    }
    if (!message.isObject() || !message.path("jsonrpc").asText().equals("2.0")) {
      return bad(
          message, "the body is not a message of JSON-RPC 2.0: send {\"jsonrpc\":\"2.0\",…}");
    }
    JsonNode id = message.path("id");
    if (!id.isMissingNode() && !id.isTextual() && !id.isIntegralNumber()) {
      return bad(message, "\"id\" is neither a text nor a whole number: send one of them");
    }
    JsonNode method = message.path("method");
    if (method.isMissingNode()) {
      boolean answer = message.has("result") != message.has("error");
      return answer && !id.isMissingNode()
          ? Optional.empty()
          : bad(message, "the message has no \"method\": send a request, or an answer with its id");
    }
    if (!method.isTextual() || method.asText().isEmpty()) {
      return bad(message, "\"method\" is not a text: send the name of a method");
    }
    JsonNode params = message.path("params");
    if (!params.isMissingNode() && !params.isObject()) {
      return params(message, "\"params\" is not an object: send {…}");
    }
    return method.asText().equals(McpSchema.METHOD_INITIALIZE)
        ? checkInitialize(message)
        : Optional.empty();
  }

  /// Returns what is wrong with a request that the SDK would take: an unknown tool, or a level that
  /// its log does not have.
  static Optional<RpcError> checkRequest(JsonNode message) {
    return checkTool(message).or(() -> checkLevel(message));
  }

  private static Optional<RpcError> checkLevel(JsonNode message) {
    JsonNode level = message.path("params").path("level");
    if (!message.path("method").asText().equals(McpSchema.METHOD_LOGGING_SET_LEVEL)
        || (level.isTextual() && LogLevel.named(level.asText()).isPresent())) {
      return Optional.empty();
    }
    String given =
        level.isMissingNode()
            ? "level is missing"
            : "level %s is unknown".formatted(shown(level.toString()));
    return Optional.of(
        new RpcError(
            200,
            McpSchema.ErrorCodes.INVALID_PARAMS,
            RpcError.idOf(message),
            "%s: send one of %s".formatted(given, LogLevel.names())));
  }

  /// Returns the error of a call of no tool or an unknown one; empty for any other message.
  private static Optional<RpcError> checkTool(JsonNode message) {
    JsonNode name = message.path("params").path("name");
    if (!message.path("method").asText().equals(McpSchema.METHOD_TOOLS_CALL)
        || Toolbox.isOffered(name.asText())) {
      return Optional.empty();
    }
    return Optional.of(
        new RpcError(
            200,
            McpSchema.ErrorCodes.INVALID_PARAMS,
            RpcError.idOf(message),
            name.isTextual()
                ? "Unknown tool: " + shown(name.asText())
                : "params.name is not a text: give the name of a tool, one of " + Toolbox.names()));
  }

  private static String shown(String name) {
    String line = name.lines().findFirst().orElse("");
    return line.substring(0, Math.min(NAME_CHARS_MAX, line.length()));
  }

  /// Returns the answer to a request that the SDK could not read, or that its client cancelled.
  static RpcError unread(JsonNode message, boolean cancelled) {
    return new RpcError(
        200,
        cancelled ? RpcError.REFUSED : McpSchema.ErrorCodes.INVALID_PARAMS,
        RpcError.idOf(message),
        cancelled
            ? "the client cancelled this call"
            : "the params of this request cannot be read: check them against the method's schema");
  }

  private static Optional<RpcError> checkInitialize(JsonNode message) {
    JsonNode params = message.path("params");
    if (!message.has("id")) {
      return bad(message, "initialize has no \"id\": send it as a request");
    }
    return params.path("protocolVersion").isTextual()
            && params.path("capabilities").isObject()
            && params.path("clientInfo").path("name").isTextual()
            && params.path("clientInfo").path("version").isTextual()
        ? Optional.empty()
        : params(
            message,
            "initialize lacks params: send protocolVersion, capabilities, and clientInfo with name and version");
  }

  private static Optional<RpcError> bad(JsonNode message, String line) {
    return Optional.of(RpcError.invalid(400, message, line));
  }

  private static Optional<RpcError> params(JsonNode message, String line) {
    return Optional.of(
        new RpcError(400, McpSchema.ErrorCodes.INVALID_PARAMS, RpcError.idOf(message), line));
  }
}
