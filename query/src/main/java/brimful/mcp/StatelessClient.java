package brimful.mcp;

import brimful.mcp.tool.LogLevel;
import brimful.mcp.tool.ToolClient;
import brimful.service.Spender;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelcontextprotocol.common.McpTransportContext;
import java.util.Optional;
import java.util.function.Consumer;

/// The client of one request without a session: its request says what it wants to hear.
///
/// @param messages receives notifications that belong to the request
record StatelessClient(McpTransportContext context, RequestMeta meta, Consumer<ObjectNode> messages)
    implements ToolClient {

  @Override
  public Optional<Spender> payer() {
    return SessionClient.payer(context);
  }

  @Override
  public boolean isRemote() {
    return SessionClient.isRemote(context);
  }

  @Override
  public void progress(long step, String message) {
    if (!meta.progressToken().isMissingNode()) {
      ObjectNode params = params();
      params.set("progressToken", meta.progressToken());
      send("notifications/progress", params.put("progress", step).put("message", message));
    }
  }

  @Override
  public void log(LogLevel level, String line) {
    if (meta.logLevel().filter(least -> level.compareTo(least) >= 0).isPresent()) {
      send(
          "notifications/message",
          params()
              .put("level", level.wire())
              .put("logger", SessionClient.LOGGER)
              .put("data", line));
    }
  }

  private static ObjectNode params() {
    return JsonNodeFactory.instance.objectNode();
  }

  private void send(String method, ObjectNode params) {
    ObjectNode message = params().put("jsonrpc", "2.0").put("method", method);
    message.set("params", params);
    messages.accept(message);
  }
}
