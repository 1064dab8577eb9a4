package brimful.mcp;

import brimful.mcp.tool.McpErrors;
import brimful.mcp.tool.Toolbox;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// The stateless revision of the protocol, 2026-07-28, over the same tools as the revisions before
/// it: no handshake and no session, each request says what it needs, each result what it is.
///
/// The SDK does not know this revision yet, so requests are read and results written here; what
/// they say comes from the same objects. Safe for many threads.
final class StatelessRequests {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Lists change with the program only.
  private static final Duration FRESH = Duration.ofHours(1);

  private final McpTools tools;
  private final String version;

  StatelessRequests(McpTools tools, String version) {
    this.tools = tools;
    this.version = version;
  }

  /// How long a client may keep a result, and whether for others, too.
  private enum Cached {
    /// The same for all who ask.
    PUBLIC,
    /// Depends on the caller, and on documents that may change at once.
    PRIVATE,
    /// Is no result that may be kept.
    NO
  }

  /// Answers a request whose metadata was checked.
  ///
  /// @param messages receives the notifications that belong to the request
  /// @return the response, or the error
  Response answer(JsonNode message, McpTransportContext context, Consumer<ObjectNode> messages) {
    JsonNode params = message.path("params");
    var client = new StatelessClient(context, RequestMeta.read(message), messages);
    try {
      return switch (message.path("method").asText()) {
        case "server/discover" -> result(message, discovered(), Cached.PUBLIC);
        case McpSchema.METHOD_TOOLS_LIST -> list(message, "tools", Toolbox.declared());
        case McpSchema.METHOD_RESOURCES_LIST ->
            list(message, "resources", List.of(McpResources.declared()));
        case McpSchema.METHOD_RESOURCES_TEMPLATES_LIST ->
            list(message, "resourceTemplates", List.of(McpResources.template()));
        case McpSchema.METHOD_PROMPT_LIST -> list(message, "prompts", McpPrompts.declared());
        case McpSchema.METHOD_TOOLS_CALL -> called(message, client);
        case McpSchema.METHOD_RESOURCES_READ ->
            result(
                message,
                json(tools.resources().read(text(params, "uri"), context)),
                Cached.PRIVATE);
        case McpSchema.METHOD_PROMPT_GET ->
            result(
                message,
                json(tools.prompts().prompt(text(params, "name"), arguments(params), context)),
                Cached.NO);
        case McpSchema.METHOD_COMPLETION_COMPLETE ->
            result(message, json(completed(params, context)), Cached.NO);
        default ->
            error(
                new RpcError(
                    404,
                    McpSchema.ErrorCodes.METHOD_NOT_FOUND,
                    RpcError.idOf(message),
                    "Method not found"));
      };
    } catch (McpError e) {
      return error(error(message, e));
    } catch (RuntimeException e) {
      // The boundary to the protocol.
      return error(error(message, McpErrors.rpc(e)));
    }
  }

  /// @param status of HTTP
  record Response(int status, ObjectNode json) {}

  private static Response error(RpcError error) {
    return new Response(error.status(), error.tree());
  }

  private static RpcError error(JsonNode message, McpError e) {
    int code = e.getJsonRpcError().code();
    return new RpcError(
        200,
        // This revision has no code of its own for a resource that is not there.
        code == McpSchema.ErrorCodes.RESOURCE_NOT_FOUND
            ? McpSchema.ErrorCodes.INVALID_PARAMS
            : code,
        RpcError.idOf(message),
        e.getJsonRpcError().message());
  }

  private static RuntimeException invalid(String line) {
    return McpError.builder(McpSchema.ErrorCodes.INVALID_PARAMS).message(line).build();
  }

  private ObjectNode discovered() {
    ObjectNode discovered = JsonNodeFactory.instance.objectNode();
    var versions = discovered.putArray("supportedVersions").add(RequestMeta.REVISION);
    RequestMeta.SESSION_REVISIONS.forEach(versions::add);
    discovered.set("capabilities", json(McpTools.CAPABILITIES));
    return discovered.put("instructions", McpTools.INSTRUCTIONS);
  }

  private Response list(JsonNode message, String name, List<?> all) {
    if (message.path("params").has("cursor")) {
      throw invalid("the cursor is unknown: this list has one page");
    }
    ObjectNode list = JsonNodeFactory.instance.objectNode();
    var items = list.putArray(name);
    all.forEach(one -> items.add(json(one)));
    return result(message, list, Cached.PUBLIC);
  }

  private Response called(JsonNode message, StatelessClient client) {
    Optional<RpcError> unknown = McpMessages.checkRequest(message);
    if (unknown.isPresent()) {
      return error(unknown.get());
    }
    JsonNode params = message.path("params");
    McpSchema.CallToolResult called =
        tools.call(text(params, "name"), arguments(params), client.context(), client);
    return result(message, json(called), Cached.NO);
  }

  private McpSchema.CompleteResult completed(JsonNode params, McpTransportContext context) {
    JsonNode argument = params.path("argument");
    var known = new LinkedHashMap<String, String>();
    params
        .path("context")
        .path("arguments")
        .properties()
        .forEach(entry -> known.put(entry.getKey(), entry.getValue().asText()));
    return tools
        .completions()
        .complete(text(argument, "name"), argument.path("value").asText(), known, context);
  }

  private static String text(JsonNode node, String name) {
    JsonNode value = node.path(name);
    if (!value.isTextual()) {
      throw invalid("%s is missing: give it as text".formatted(name));
    }
    return value.asText();
  }

  private static Map<String, Object> arguments(JsonNode params) {
    JsonNode arguments = params.path("arguments");
    if (!arguments.isMissingNode() && !arguments.isObject()) {
      throw invalid("arguments is not an object: send {…}");
    }
    var map = new LinkedHashMap<String, Object>();
    arguments
        .properties()
        .forEach(
            entry -> map.put(entry.getKey(), JSON.convertValue(entry.getValue(), Object.class)));
    return map;
  }

  private static ObjectNode json(Object value) {
    try {
      return (ObjectNode) JSON.readTree(McpJsonDefaults.getMapper().writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the SDK wrote what is no JSON", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Response result(JsonNode message, ObjectNode result, Cached cached) {
    result.put("resultType", "complete");
    if (cached != Cached.NO) {
      result
          .put("ttlMs", cached == Cached.PUBLIC ? FRESH.toMillis() : 0)
          .put("cacheScope", cached == Cached.PUBLIC ? "public" : "private");
    }
    result
        .withObjectProperty("_meta")
        .putObject("io.modelcontextprotocol/serverInfo")
        .put("name", McpTools.NAME)
        .put("version", version);
    ObjectNode response = JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0");
    response.set("id", message.path("id"));
    response.set("result", result);
    return new Response(200, response);
  }
}
