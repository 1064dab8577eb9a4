package brimful.mcp.tool;

import io.modelcontextprotocol.spec.McpSchema;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// The levels of the protocol's log, least severe first.
public enum LogLevel {
  DEBUG,
  INFO,
  NOTICE,
  WARNING,
  ERROR,
  CRITICAL,
  ALERT,
  EMERGENCY;

  /// Returns the level with a name of the protocol.
  public static Optional<LogLevel> named(String name) {
    return Arrays.stream(values()).filter(level -> level.wire().equals(name)).findFirst();
  }

  /// Returns all names of the protocol, for people.
  public static String names() {
    return Arrays.stream(values()).map(LogLevel::wire).collect(Collectors.joining(", "));
  }

  /// Returns its name in the protocol.
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Returns the SDK's constant.
  public McpSchema.LoggingLevel sdk() {
    return McpSchema.LoggingLevel.valueOf(name());
  }
}
