package brimful.http;

import brimful.corpus.UserError;
import brimful.http.edge.EdgeConfig;
import brimful.service.Budget;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The configuration of a server.
///
/// @param host the address it listens on
/// @param port 0 for any free one
/// @param keysNeeded whether requests need a key; only loopback may do without
/// @param edge proxies, origins and public address
/// @param roots the folders that sources may come from, for display
/// @param batches the folder of batches
/// @param conversations the folder of conversations
/// @param kafka whether workers read the sources
/// @param uploadBytesMax the limit of one upload
/// @param chatBudget of windows that clients of OpenAI's protocol ask for, unless they set their
///   own
/// @param environment the process's variables, for OpenTelemetry and the secret of webhooks
/// @param grace how long requests in flight may take once the server stops
public record ServeConfig(
    String version,
    String host,
    int port,
    boolean keysNeeded,
    EdgeConfig edge,
    List<Path> roots,
    Path batches,
    Path conversations,
    boolean kafka,
    long uploadBytesMax,
    String chatBudget,
    Map<String, String> environment,
    Duration grace) {
  /// Front ends send every message of a chat, so a window is no larger than pays, and bounded.
  public static final String CHAT_BUDGET = "auto:128k";

  public ServeConfig {
    roots = List.copyOf(roots);
    environment = Map.copyOf(environment);
    if (port < 0 || port > 65_535) {
      throw new UserError(
          UserError.Kind.USAGE, "port %s: give one from 1 to 65535".formatted(port));
    }
    if (!Budget.isOne(chatBudget)) {
      throw new UserError(
          UserError.Kind.USAGE,
          "--budget %s: write it like 8000, 128k, 1M, auto, auto:128k or none"
              .formatted(chatBudget));
    }
    if (uploadBytesMax < 1) {
      throw new IllegalArgumentException(
          "uploads of %s bytes: allow at least 1".formatted(uploadBytesMax));
    }
  }
}
