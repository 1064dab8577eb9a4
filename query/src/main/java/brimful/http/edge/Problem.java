package brimful.http.edge;

import brimful.corpus.UserError;
import brimful.mcp.McpEndpoint;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.HttpStatus;
import java.util.Set;

/// A problem with a request, as in RFC 9457.
///
/// @param detail one line for people: what is wrong, with the value, and what to do
/// @param retrySeconds when another try may help; 0 if it would not
/// @param field the field that is wrong, which OpenAI's protocol names apart
public record Problem(HttpStatus status, String detail, int retrySeconds, UserError.Field field) {
  public static final String CONTENT_TYPE = "application/problem+json";

  /// The code of refusals for reasons outside the protocol.
  private static final int RPC_CODE = -32000;

  private static final Set<String> OPEN_AI =
      Set.of(
          "/v1/chat",
          "/v1/models",
          "/v1/completions",
          "/v1/responses",
          "/v1/embeddings",
          "/v1/moderations");

  public Problem(HttpStatus status, String detail) {
    this(status, detail, UserError.Field.NONE);
  }

  Problem(HttpStatus status, String detail, UserError.Field field) {
    this(status, detail, Problems.retryAfter(status).orElse(0), field);
  }

  public Problem(HttpStatus status, String detail, int retrySeconds) {
    this(status, detail, retrySeconds, UserError.Field.NONE);
  }

  /// Returns the problem as an object.
  public ObjectNode json() {
    return HttpJson.object()
        .put("type", "about:blank")
        .put("title", status.getMessage())
        .put("status", status.getCode())
        .put("detail", detail);
  }

  /// Returns the problem in the form of OpenAI's protocol.
  public ObjectNode openAi() {
    ObjectNode root = HttpJson.object();
    root.putObject("error")
        .put("message", detail)
        .put("type", openAiType())
        .put("param", field.name().isEmpty() ? null : field.name())
        .put("code", field.code().isEmpty() ? Integer.toString(status.getCode()) : field.code());
    return root;
  }

  private String openAiType() {
    return switch (status) {
      case UNAUTHORIZED -> "authentication_error";
      case FORBIDDEN -> "permission_error";
      case TOO_MANY_REQUESTS -> "rate_limit_error";
      default -> status.getCode() < 500 ? "invalid_request_error" : "server_error";
    };
  }

  /// Returns the problem as an error of MCP, without an id, because the request was not read.
  ObjectNode rpc() {
    ObjectNode root = HttpJson.object().put("jsonrpc", "2.0").putNull("id");
    root.putObject("error")
        .put("code", RPC_CODE)
        .put("message", detail)
        .putObject("data")
        .put("status", status.getCode());
    return root;
  }

  /// Returns the body in the form that clients of a path expect.
  public byte[] body(String path) {
    if (path.equals(McpEndpoint.PATH)) {
      return HttpJson.bytes(rpc());
    }
    return HttpJson.bytes(isOpenAi(path) ? openAi() : json());
  }

  /// Returns the content type of that body.
  public static String contentType(String path) {
    return isOpenAi(path) || path.equals(McpEndpoint.PATH) ? "application/json" : CONTENT_TYPE;
  }

  /// Returns whether a path belongs to OpenAI's protocol, whether we serve it or not.
  static boolean isOpenAi(String path) {
    return OPEN_AI.stream().anyMatch(one -> path.equals(one) || path.startsWith(one + "/"));
  }
}
