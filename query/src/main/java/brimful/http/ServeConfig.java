package brimful.http;

import brimful.corpus.UserError;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// How a server listens, and what it takes.
///
/// @param host the address it listens at
/// @param port 0 for any that is free
/// @param keysNeeded whether requests need a key; only on loopback they may do without
/// @param edge who is heard through whom
/// @param roots what it reads, for people to see
/// @param batches where batches are kept
/// @param kafka whether workers read for it
/// @param uploadBytesMax the most of one upload
/// @param environment the process's variables, of which those of OpenTelemetry are read
/// @param grace how long answers on their way may take once the server stops
public record ServeConfig(
    String version,
    String host,
    int port,
    boolean keysNeeded,
    EdgeConfig edge,
    List<Path> roots,
    Path batches,
    boolean kafka,
    long uploadBytesMax,
    Map<String, String> environment,
    Duration grace) {
  public ServeConfig {
    roots = List.copyOf(roots);
    environment = Map.copyOf(environment);
    if (port < 0 || port > 65_535) {
      throw new UserError(
          UserError.Kind.USAGE, "port %s: give one from 1 to 65535".formatted(port));
    }
    if (uploadBytesMax < 1) {
      throw new IllegalArgumentException(
          "uploads of %s bytes: allow at least 1".formatted(uploadBytesMax));
    }
  }
}
