package brimful.mcp;

import brimful.model.JsonErrors;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.Serial;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/// The SDK's servlet behind a check of everything that it would answer in its own way: whatever is
/// wrong with a message, the client gets a JSON-RPC error and the protocol's HTTP status, without
/// internals.
///
/// Messages of the revision without sessions go past the SDK, to [StatelessHttp].
///
/// It also keeps track of sessions, which are bounded, and of waiting calls, which can be
/// cancelled: by `notifications/cancelled`, and when the client hangs up.
final class McpServlet extends HttpServlet {
  @Serial private static final long serialVersionUID = 1;

  static final int REQUEST_BYTES_MAX = 1 << 20;

  /// No more than this is read of a refused request.
  private static final int REST_BYTES_MAX = 64 << 10;

  private static final String SESSION = "Mcp-Session-Id";
  private static final String VERSION = "MCP-Protocol-Version";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNode NOTHING = MissingNode.getInstance();

  private final transient HttpServletStreamableServerTransportProvider sdk;
  private final transient CallRegistry calls;
  private final transient Sessions sessions;
  private final transient StatelessHttp stateless;

  McpServlet(
      HttpServletStreamableServerTransportProvider sdk,
      CallRegistry calls,
      Sessions sessions,
      StatelessHttp stateless) {
    this.sdk = sdk;
    this.calls = calls;
    this.sessions = sessions;
    this.stateless = stateless;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    Optional<RpcError> error =
        switch (request.getMethod()) {
          case "POST" -> post(request, response);
          case "GET" -> listen(request, response);
          case "DELETE" -> end(request, response);
          default -> {
            response.setHeader("Allow", "GET, POST, DELETE");
            yield Optional.of(RpcError.invalid(405, NOTHING, "method not allowed: send POST"));
          }
        };
    if (error.isPresent() && !response.isCommitted()) {
      if (!isReadToItsEnd(request)) {
        // Jetty then closes the connection, and the client must not send anything else on it.
        response.setHeader("Connection", "close");
      }
      error.get().send(response);
    }
  }

  /// Reads the rest of a refused request, if it is short.
  private static boolean isReadToItsEnd(HttpServletRequest request) {
    try {
      byte[] rest = request.getInputStream().readNBytes(REST_BYTES_MAX + 1);
      return rest.length <= REST_BYTES_MAX;
    } catch (IOException e) {
      return false;
    }
  }

  private Optional<RpcError> post(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    String type = header(request, "Content-Type").toLowerCase(Locale.ROOT);
    if (!type.startsWith("application/json")) {
      return refused(415, NOTHING, "the Content-Type is not application/json: send that");
    }
    byte[] body = request.getInputStream().readNBytes(REQUEST_BYTES_MAX + 1);
    if (body.length > REQUEST_BYTES_MAX) {
      return Optional.of(
          new RpcError(
              413,
              RpcError.REFUSED,
              JsonNodeFactory.instance.nullNode(),
              String.format(
                  Locale.ROOT, "the message exceeds %,d bytes: send less", REQUEST_BYTES_MAX)));
    }
    JsonNode message;
    try {
      message = JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return Optional.of(
          new RpcError(
              400,
              McpSchema.ErrorCodes.PARSE_ERROR,
              JsonNodeFactory.instance.nullNode(),
              JsonErrors.line("the body", e)));
    }
    Optional<RpcError> bad =
        McpMessages.check(message).or(() -> checkAccept(request, message, true));
    if (bad.isPresent()) {
      return bad;
    }
    if (StatelessHttp.isMeant(request, message)) {
      return stateless.handle(request, response, message);
    }
    Optional<RpcError> version = checkVersion(request, message);
    if (version.isPresent()) {
      return version;
    }
    return message.path("method").asText().equals(McpSchema.METHOD_INITIALIZE)
        ? begin(new ReplayableRequest(request, body), response, message)
        : go(new ReplayableRequest(request, body), response, message);
  }

  /// Begins a session.
  private Optional<RpcError> begin(
      ReplayableRequest request, HttpServletResponse response, JsonNode message)
      throws ServletException, IOException {
    for (String old : sessions.evicted()) {
      sdk.service(request.ending(old), new GuardedResponse(response, true));
    }
    var noting = new Noting(response, id -> sessions.add(id, owner(request)));
    return hand(request, new GuardedResponse(noting, false), message);
  }

  /// Registers a session's id before the client learns it. The client may use the id as soon as it
  /// reads the answer, which is before the SDK's servlet returns.
  private static final class Noting extends HttpServletResponseWrapper {
    private final Consumer<String> begun;

    Noting(HttpServletResponse response, Consumer<String> begun) {
      super(response);
      this.begun = begun;
    }

    @Override
    public void setHeader(String name, String value) {
      if (name.equalsIgnoreCase(SESSION)) {
        begun.accept(value);
      }
      super.setHeader(name, value);
    }
  }

  /// Handles a message of a known session.
  private Optional<RpcError> go(
      ReplayableRequest request, HttpServletResponse response, JsonNode message)
      throws ServletException, IOException {
    Optional<RpcError> stranger = checkSession(request, message);
    if (stranger.isPresent()) {
      return stranger;
    }
    String session = header(request, SESSION);
    calls.heed(session, message);
    JsonNode id = message.path("id");
    if (!message.has("method")) {
      return hand(request, new GuardedResponse(response, false), message);
    }
    if (id.isMissingNode()) {
      return accept(request, response, message);
    }
    Optional<RpcError> unknown = McpMessages.checkRequest(message);
    if (unknown.isPresent()) {
      return unknown;
    }
    CancellableCall call = calls.enter(session, id);
    request.setAttribute(CancellableCall.KEY, call);
    request.setAttribute(McpEndpoint.CANCEL, (Runnable) call::cancel);
    try {
      var guarded = new GuardedResponse(response, false);
      Optional<RpcError> error = hand(request, guarded, message);
      if (error.isEmpty() && !guarded.isWritten()) {
        // The SDK ends the stream silently if the parameters have wrong types.
        response.getWriter().write(McpMessages.unread(message, call.isCancelled()).event());
      }
      return error;
    } finally {
      request.removeAttribute(McpEndpoint.CANCEL);
      calls.leave(session, id, call);
    }
  }

  /// Accepts a notification, whatever comes of it: the SDK fails where it would ask the client
  /// something and no stream is open.
  private Optional<RpcError> accept(
      ReplayableRequest request, HttpServletResponse response, JsonNode message)
      throws ServletException, IOException {
    Optional<RpcError> error = hand(request, new GuardedResponse(response, false), message);
    if (error.isPresent() && error.get().status() != HttpServletResponse.SC_NOT_FOUND) {
      response.setStatus(HttpServletResponse.SC_ACCEPTED);
      return Optional.empty();
    }
    return error;
  }

  private Optional<RpcError> listen(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    Optional<RpcError> bad =
        checkAccept(request, NOTHING, false)
            .or(() -> checkVersion(request, NOTHING))
            .or(() -> checkSession(request, NOTHING));
    return bad.isPresent()
        ? bad
        : hand(
            new ReplayableRequest(request, new byte[0]),
            new GuardedResponse(response, false),
            NOTHING);
  }

  private Optional<RpcError> end(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    Optional<RpcError> bad = checkSession(request, NOTHING);
    if (bad.isPresent()) {
      return bad;
    }
    sessions.remove(header(request, SESSION));
    return hand(request, new GuardedResponse(response, false), NOTHING);
  }

  /// Lets the SDK answer, and returns our error in place of its own.
  private Optional<RpcError> hand(
      HttpServletRequest request, GuardedResponse guarded, JsonNode message)
      throws ServletException, IOException {
    sdk.service(request, guarded);
    int status = guarded.failure();
    if (status == 0) {
      return Optional.empty();
    }
    return Optional.of(
        status == 404
            ? noSession(message)
            : new RpcError(
                status,
                status < 500
                    ? McpSchema.ErrorCodes.INVALID_REQUEST
                    : McpSchema.ErrorCodes.INTERNAL_ERROR,
                RpcError.idOf(message),
                status == 503
                    ? "the server is stopping: try again in a moment"
                    : "this message cannot be handled: check it against the protocol"));
  }

  private static Optional<RpcError> checkAccept(
      HttpServletRequest request, JsonNode message, boolean wantsJson) {
    String accept = header(request, "Accept");
    boolean all = accept.contains("*/*");
    if (!all
        && !(accept.contains("text/event-stream")
            && (!wantsJson || accept.contains("application/json")))) {
      return refused(
          406,
          message,
          wantsJson
              ? "the Accept header lacks a type: send Accept: application/json, text/event-stream"
              : "the Accept header lacks a type: send Accept: text/event-stream");
    }
    return Optional.empty();
  }

  private Optional<RpcError> checkVersion(HttpServletRequest request, JsonNode message) {
    String version = header(request, VERSION);
    return version.isEmpty() || sdk.protocolVersions().contains(version)
        ? Optional.empty()
        : refused(
            400,
            message,
            "the version in MCP-Protocol-Version is unknown: send one of %s"
                .formatted(String.join(", ", sdk.protocolVersions())));
  }

  private Optional<RpcError> checkSession(HttpServletRequest request, JsonNode message) {
    String session = header(request, SESSION);
    if (session.isBlank()) {
      return refused(400, message, "no Mcp-Session-Id: send initialize, then what it returns");
    }
    return sessions.touch(session, owner(request))
        ? Optional.empty()
        : Optional.of(noSession(message));
  }

  private static RpcError noSession(JsonNode message) {
    return new RpcError(
        404,
        RpcError.NO_SESSION,
        RpcError.idOf(message),
        "the session is unknown or has expired: send initialize");
  }

  private static Optional<RpcError> refused(int status, JsonNode message, String line) {
    return Optional.of(RpcError.invalid(status, message, line));
  }

  private static String header(HttpServletRequest request, String name) {
    return Optional.ofNullable(request.getHeader(name)).orElse("");
  }

  private static String owner(HttpServletRequest request) {
    return request.getAttribute(McpEndpoint.OWNER) instanceof String owner ? owner : "";
  }
}
