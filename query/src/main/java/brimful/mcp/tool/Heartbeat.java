package brimful.mcp.tool;

import brimful.service.Prepared;
import brimful.service.QueryService;
import java.time.Duration;
import java.util.Locale;

/// Sends progress to a caller now and then while it waits: many give up after a minute of silence.
/// For one thread.
final class Heartbeat implements QueryService.Listener {
  private static final Duration EVERY = Duration.ofSeconds(2);

  private final ToolCall call;
  private int pieces;
  private long told = System.nanoTime();

  Heartbeat(ToolCall call) {
    this.call = call;
  }

  @Override
  public void packed(Prepared prepared) {
    pieces++;
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

  /// Notes that something happened, and tells it if the last message was long ago.
  void beat(String message) {
    pieces++;
    if (System.nanoTime() - told > EVERY.toNanos()) {
      tell(message);
    }
  }

  private void tell(String message) {
    told = System.nanoTime();
    call.client().progress(pieces, message);
  }
}
