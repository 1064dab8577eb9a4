package brimful.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.HttpStatus;

/// What is wrong with a request, as RFC 9457 writes it; caught once, by [Problems].
final class Problem extends RuntimeException {
  static final String CONTENT_TYPE = "application/problem+json";

  private static final long serialVersionUID = 1;

  private final HttpStatus status;

  /// @param detail one line for people: what is wrong, with the value, and what to do
  Problem(HttpStatus status, String detail) {
    super(detail, null, false, false);
    this.status = status;
  }

  HttpStatus status() {
    return status;
  }

  String detail() {
    return String.valueOf(getMessage());
  }

  /// Returns the object that a client reads.
  ObjectNode json() {
    return Json.object()
        .put("type", "about:blank")
        .put("title", status.getMessage())
        .put("status", status.getCode())
        .put("detail", detail());
  }

  /// Returns the same as clients of OpenAI's protocol read it.
  ObjectNode openAi() {
    ObjectNode root = Json.object();
    root.putObject("error")
        .put("message", detail())
        .put("type", status.getCode() < 500 ? "invalid_request_error" : "server_error")
        .putNull("param")
        .put("code", Integer.toString(status.getCode()));
    return root;
  }
}
