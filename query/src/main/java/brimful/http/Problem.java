package brimful.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.HttpStatus;

/// What is wrong with a request, as RFC 9457 writes it.
///
/// @param detail one line for people: what is wrong, with the value, and what to do
record Problem(HttpStatus status, String detail) {
  static final String CONTENT_TYPE = "application/problem+json";

  /// Returns the object that a client reads.
  ObjectNode json() {
    return Json.object()
        .put("type", "about:blank")
        .put("title", status.getMessage())
        .put("status", status.getCode())
        .put("detail", detail);
  }

  /// Returns the same as clients of OpenAI's protocol read it.
  ObjectNode openAi() {
    ObjectNode root = Json.object();
    root.putObject("error")
        .put("message", detail)
        .put("type", openAiType())
        .putNull("param")
        .put("code", Integer.toString(status.getCode()));
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

  /// Returns the body for a request to a path: what clients there read.
  byte[] body(String path) {
    return Json.bytes(isOpenAi(path) ? openAi() : json());
  }

  /// Returns the type of that body.
  static String contentType(String path) {
    return isOpenAi(path) ? "application/json" : CONTENT_TYPE;
  }

  private static boolean isOpenAi(String path) {
    return path.startsWith("/v1/chat/") || path.equals("/v1/models");
  }
}
