package brimful.mcp;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The SDK's JSON, without the internals that the SDK would tell clients.
///
/// Invalid parameters make the SDK throw, and it answers with the exception's message and the names
/// of its classes. Clients get a line of ours instead.
final class CleanMapper implements McpJsonMapper {
  private static final Logger LOG = LoggerFactory.getLogger(CleanMapper.class);

  /// Marks of exception messages: class names, references to objects, several lines.
  private static final Pattern INSIDE =
      Pattern.compile("Exception|\\b\\w+\\.\\w+\\.[A-Z$]|Cannot invoke|\\bclass |[\\n\\r\\t]");

  private final McpJsonMapper json = McpJsonDefaults.getMapper();

  private static Object clean(Object value) {
    if (!(value instanceof JSONRPCResponse response) || response.error() == null) {
      return value;
    }
    JSONRPCResponse.JSONRPCError error = response.error();
    String message = String.valueOf(error.message());
    boolean foreign =
        error.code() == McpSchema.ErrorCodes.INTERNAL_ERROR && error.data() instanceof String;
    if (foreign || INSIDE.matcher(message).find()) {
      LOG.warn("request failed code={} cause={}", error.code(), message);
      return JSONRPCResponse.error(
          response.id(),
          new JSONRPCResponse.JSONRPCError(
              McpSchema.ErrorCodes.INVALID_PARAMS,
              "the params of this request cannot be read: check them against the method's schema"));
    }
    return error.data() instanceof String
        ? JSONRPCResponse.error(
            response.id(), new JSONRPCResponse.JSONRPCError(error.code(), message))
        : value;
  }

  @Override
  public String writeValueAsString(Object value) throws IOException {
    return json.writeValueAsString(clean(value));
  }

  @Override
  public byte[] writeValueAsBytes(Object value) throws IOException {
    return json.writeValueAsBytes(clean(value));
  }

  @Override
  public <T> T readValue(String content, Class<T> type) throws IOException {
    return json.readValue(content, type);
  }

  @Override
  public <T> T readValue(byte[] content, Class<T> type) throws IOException {
    return json.readValue(content, type);
  }

  @Override
  public <T> T readValue(String content, TypeRef<T> type) throws IOException {
    return json.readValue(content, type);
  }

  @Override
  public <T> T readValue(byte[] content, TypeRef<T> type) throws IOException {
    return json.readValue(content, type);
  }

  @Override
  public <T> T convertValue(Object from, Class<T> type) {
    return json.convertValue(from, type);
  }

  @Override
  public <T> T convertValue(Object from, TypeRef<T> type) {
    return json.convertValue(from, type);
  }
}
