package brimful.mcp;

import brimful.mcp.tool.LogLevel;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.Optional;

/// What a request of the stateless revision says about itself, in `_meta`: revisions before it said
/// so once, in a handshake.
///
/// @param progressToken missing if the client wants no progress
/// @param logLevel empty if the client wants no log
record RequestMeta(JsonNode progressToken, Optional<LogLevel> logLevel) {
  /// The stateless revision.
  static final String REVISION = "2026-07-28";

  /// The revisions that begin with a handshake.
  static final List<String> SESSION_REVISIONS = List.of("2025-11-25", "2025-06-18", "2025-03-26");

  static final int UNSUPPORTED_VERSION = -32022;

  private static final String PREFIX = "io.modelcontextprotocol/";
  private static final String VERSION = PREFIX + "protocolVersion";
  private static final String CAPABILITIES = PREFIX + "clientCapabilities";
  private static final String LEVEL = PREFIX + "logLevel";
  private static final int VERSION_CHARS_MAX = 40;

  /// Returns whether a message speaks of a revision that has no handshake.
  static boolean isIn(JsonNode message) {
    return of(message).has(VERSION);
  }

  /// Returns the revision that a message is written in.
  static String version(JsonNode message) {
    return of(message).path(VERSION).asText();
  }

  private static JsonNode of(JsonNode message) {
    return message.path("params").path("_meta");
  }

  /// Returns what is wrong with it; empty if nothing is.
  static Optional<RpcError> check(JsonNode message) {
    JsonNode meta = of(message);
    String version = version(message);
    if (!version.equals(REVISION)) {
      return Optional.of(unsupported(message, version));
    }
    if (!meta.path(CAPABILITIES).isObject()) {
      return params(message, "_meta lacks %s: send an object, {} for none", CAPABILITIES);
    }
    JsonNode token = meta.path("progressToken");
    if (!token.isMissingNode() && !token.isTextual() && !token.isIntegralNumber()) {
      return params(message, "%s is neither a text nor a whole number", "progressToken");
    }
    return meta.has(LEVEL) && LogLevel.named(meta.path(LEVEL).asText()).isEmpty()
        ? params(message, "%s is no level: send one such as info", LEVEL)
        : Optional.empty();
  }

  private static RpcError unsupported(JsonNode message, String version) {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    ArrayNode supported = data.putArray("supported").add(REVISION);
    SESSION_REVISIONS.forEach(supported::add);
    data.put("requested", version.substring(0, Math.min(VERSION_CHARS_MAX, version.length())));
    return new RpcError(
        400,
        UNSUPPORTED_VERSION,
        RpcError.idOf(message),
        "Unsupported protocol version",
        Optional.of(data));
  }

  private static Optional<RpcError> params(JsonNode message, String line, String key) {
    return Optional.of(
        new RpcError(
            400, McpSchema.ErrorCodes.INVALID_PARAMS, RpcError.idOf(message), line.formatted(key)));
  }

  /// Reads what was checked.
  static RequestMeta read(JsonNode message) {
    JsonNode meta = of(message);
    return new RequestMeta(meta.path("progressToken"), LogLevel.named(meta.path(LEVEL).asText()));
  }

  /// Returns whether the client may get messages before the result.
  boolean wantsMessages() {
    return !progressToken.isMissingNode() || logLevel.isPresent();
  }
}
