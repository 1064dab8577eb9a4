package brimful.mcp;

import brimful.service.Prepared;
import brimful.service.QueryService;
import io.modelcontextprotocol.spec.McpSchema;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Sends progress to a caller now and then while it waits: many give up after a minute of silence.
/// For one thread.
final class Heartbeat implements QueryService.Listener {
  private static final Duration EVERY = Duration.ofSeconds(2);

  private final ToolCall call;
  private @Nullable Object token;
  private int pieces;
  private long told = System.nanoTime();

  Heartbeat(ToolCall call) {
    this.call = call;
    token = call.request().progressToken();
  }

  @Override
  public void packed(Prepared prepared) {
    tell(
        String.format(
            Locale.ROOT, "asking with %,d tokens", prepared.assembled().window().tokens()));
  }

  @Override
  public void text(String delta) {
    beat("answering");
  }

  @Override
  public void reasoning(String delta) {
    beat("thinking");
  }

  private void beat(String message) {
    pieces++;
    if (System.nanoTime() - told > EVERY.toNanos()) {
      tell(message);
    }
  }

  private void tell(String message) {
    Object to = token;
    if (to == null) {
      return;
    }
    told = System.nanoTime();
    try {
      call.exchange()
          .progressNotification(
              McpSchema.ProgressNotification.builder(to, pieces).message(message).build());
    } catch (RuntimeException e) {
      // Whatever prevents a notification: the answer is paid for, and still wanted.
      token = null;
    }
  }
}
