package brimful.mcp;

import brimful.mcp.tool.LogLevel;
import brimful.mcp.tool.ToolClient;
import brimful.service.Spender;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.Optional;

/// The client of a session: it said hello, and set the level of its log. For one call.
final class SessionClient implements ToolClient {
  /// The name of our log in clients.
  static final String LOGGER = "brimful";

  private final McpSyncServerExchange exchange;
  private final McpSchema.CallToolRequest request;
  private boolean gone;

  SessionClient(McpSyncServerExchange exchange, McpSchema.CallToolRequest request) {
    this.exchange = exchange;
    this.request = request;
  }

  @Override
  public Optional<Spender> payer() {
    return payer(exchange.transportContext());
  }

  @Override
  public boolean isRemote() {
    return isRemote(exchange.transportContext());
  }

  static Optional<Spender> payer(McpTransportContext context) {
    return context.get(McpEndpoint.CALLER) instanceof Spender spender
        ? Optional.of(spender)
        : Optional.empty();
  }

  static boolean isRemote(McpTransportContext context) {
    return context.get(McpEndpoint.CALLER) != null;
  }

  @Override
  public void progress(long step, String message) {
    Object token = request.progressToken();
    if (token != null) {
      send(() ->
          exchange.progressNotification(
              McpSchema.ProgressNotification.builder(token, step).message(message).build()));
    }
  }

  @Override
  public void log(LogLevel level, String line) {
    send(() ->
        exchange.loggingNotification(
            McpSchema.LoggingMessageNotification.builder(level.sdk(), line)
                .logger(LOGGER)
                .build()));
  }

  private void send(Runnable notification) {
    if (gone) {
      return;
    }
    try {
      notification.run();
    } catch (RuntimeException e) {
      // Whatever prevents a notification: the result may be paid for, and is still wanted.
      gone = true;
    }
  }
}
