package brimful.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/// The stateless revision over HTTP: each request is a POST of its own, whose headers repeat what
/// its body says, so that proxies need not read bodies. Whoever hangs up cancels.
final class StatelessHttp {
  private static final int HEADER_MISMATCH = -32020;
  private static final String VERSION = "MCP-Protocol-Version";
  private static final String METHOD = "Mcp-Method";
  private static final String NAME = "Mcp-Name";
  private static final String ENCODED = "=?base64?";
  private static final String ENCODED_END = "?=";

  /// The methods whose subject is repeated in a header, and where the body has it.
  private static final Map<String, String> NAMED =
      Map.of("tools/call", "name", "prompts/get", "name", "resources/read", "uri");

  private final StatelessRequests requests;

  StatelessHttp(StatelessRequests requests) {
    this.requests = requests;
  }

  /// Returns whether a request is one of this revision, or of a later one without a handshake.
  static boolean isMeant(HttpServletRequest request, JsonNode message) {
    return RequestMeta.isIn(message)
        || (RequestMeta.REVISION.equals(request.getHeader(VERSION))
            && !message.path("method").asText().equals("initialize"));
  }

  /// Handles a message; returns an error that is not sent yet.
  Optional<RpcError> handle(
      HttpServletRequest request, HttpServletResponse response, JsonNode message)
      throws IOException {
    if (!message.has("method")) {
      return Optional.of(
          RpcError.invalid(400, message, "answers are not expected: send a request"));
    }
    if (!message.has("id")) {
      response.setStatus(HttpServletResponse.SC_ACCEPTED);
      return Optional.empty();
    }
    Optional<RpcError> bad = checkHeaders(request, message).or(() -> RequestMeta.check(message));
    if (bad.isPresent()) {
      return bad;
    }
    var call = new CancellableCall();
    request.setAttribute(CancellableCall.KEY, call);
    request.setAttribute(McpEndpoint.CANCEL, (Runnable) call::cancel);
    try {
      if (RequestMeta.read(message).wantsMessages()) {
        stream(request, response, message, call);
      } else {
        send(response, requests.answer(message, Access.context(request), _ -> {}));
      }
    } finally {
      request.removeAttribute(McpEndpoint.CANCEL);
    }
    return Optional.empty();
  }

  private static void send(HttpServletResponse response, StatelessRequests.Response answer)
      throws IOException {
    byte[] body = answer.json().toString().getBytes(StandardCharsets.UTF_8);
    response.setStatus(answer.status());
    response.setContentType("application/json");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  private void stream(
      HttpServletRequest request,
      HttpServletResponse response,
      JsonNode message,
      CancellableCall call)
      throws IOException {
    response.setContentType("text/event-stream");
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    response.setHeader("Cache-Control", "no-cache");
    // Proxies would otherwise hold messages back until their buffer is full.
    response.setHeader("X-Accel-Buffering", "no");
    StatelessRequests.Response answer =
        requests.answer(
            message,
            Access.context(request),
            notification -> {
              try {
                event(response, notification);
              } catch (IOException e) {
                // The client has hung up, which cancels the call.
                call.cancel();
              }
            });
    if (!call.isCancelled()) {
      event(response, answer.json());
    }
  }

  private static void event(HttpServletResponse response, ObjectNode message) throws IOException {
    response
        .getOutputStream()
        .write("event: message\ndata: %s\n\n".formatted(message).getBytes(StandardCharsets.UTF_8));
    response.flushBuffer();
  }

  private static Optional<RpcError> checkHeaders(HttpServletRequest request, JsonNode message) {
    String method = message.path("method").asText();
    return check(request, message, VERSION, RequestMeta.version(message))
        .or(() -> check(request, message, METHOD, method))
        .or(() ->
            NAMED.containsKey(method)
                ? check(
                    request, message, NAME, message.path("params").path(NAMED.get(method)).asText())
                : Optional.empty());
  }

  private static Optional<RpcError> check(
      HttpServletRequest request, JsonNode message, String name, String wanted) {
    String header = request.getHeader(name);
    if (header != null && (name.equals(NAME) ? decoded(header) : header).equals(wanted)) {
      return Optional.empty();
    }
    return Optional.of(
        new RpcError(
            400,
            HEADER_MISMATCH,
            RpcError.idOf(message),
            header == null
                ? "Header mismatch: %s is missing: repeat what the body says".formatted(name)
                : "Header mismatch: %s is not what the body says".formatted(name)));
  }

  private static String decoded(String header) {
    if (!header.startsWith(ENCODED) || !header.endsWith(ENCODED_END)) {
      return header;
    }
    try {
      return new String(
          Base64.getDecoder()
              .decode(header.substring(ENCODED.length(), header.length() - ENCODED_END.length())),
          StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return header;
    }
  }
}
