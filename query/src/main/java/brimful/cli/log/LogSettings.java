package brimful.cli.log;

import brimful.corpus.UserError;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.event.Level;

/// What the log looks like, and how much it says.
///
/// @param json whether each line is a JSON object
/// @param asked the level that was asked for
public record LogSettings(boolean json, Optional<Level> asked) {
  /// The variable, and after `--log` the value, that selects the format.
  public static final String FORMAT = "BRIMFUL_LOG";

  private static final String LEVEL = "BRIMFUL_LOG_LEVEL";
  private static final List<String> LEVELS = List.of("error", "warn", "info", "debug");

  /// Those that tell what a process does while nobody watches. The others' events are in reports.
  private static final List<String> TOLD =
      List.of("brimful.kafka", "brimful.http", "brimful.collection", "brimful.service");

  /// Parser processes have no settings but this.
  private static final String DEBUG = "brimful.log.debug";

  private static volatile LogSettings current =
      new LogSettings(
          false, Boolean.getBoolean(DEBUG) ? Optional.of(Level.DEBUG) : Optional.empty());

  /// Reads the settings of an environment.
  ///
  /// @throws UserError if there are no such
  public static LogSettings of(Map<String, String> environment) {
    String format = environment.getOrDefault(FORMAT, "");
    if (!format.isEmpty()) {
      requireFormat(FORMAT, format, UserError.Kind.CONFIG);
    }
    String level = environment.getOrDefault(LEVEL, "");
    if (!level.isEmpty() && !LEVELS.contains(level)) {
      throw new UserError(
          UserError.Kind.CONFIG,
          "%s=%s is no level: write %s".formatted(LEVEL, level, String.join(", ", LEVELS)));
    }
    return new LogSettings(
        isJson(environment),
        level.isEmpty()
            ? Optional.empty()
            : Optional.of(Level.valueOf(level.toUpperCase(Locale.ROOT))));
  }

  /// Refuses a format that does not exist.
  ///
  /// @param said what named it
  public static void requireFormat(String said, String format, UserError.Kind kind) {
    if (!List.of("text", "json").contains(format)) {
      throw new UserError(
          kind, "%s \"%s\" is no format of the log: write json or text".formatted(said, format));
    }
  }

  /// Returns whether an environment asks for JSON.
  public static boolean isJson(Map<String, String> environment) {
    return "json".equals(environment.get(FORMAT));
  }

  /// Makes these the settings of the process.
  public void apply() {
    current = this;
  }

  static LogSettings current() {
    return current;
  }

  /// Returns whether an event of a logger is written. Libraries warn of what only their authors can
  /// use, and a broker that is away is told by our own, once: they are heard with `debug` only.
  boolean writes(String logger, Level level) {
    Level least = asked.orElse(Level.INFO);
    boolean debug = least == Level.DEBUG;
    if (!logger.startsWith("brimful.")) {
      return debug && level.toInt() >= Level.WARN.toInt();
    }
    if (logger.startsWith("brimful.mcp")) {
      return level.toInt() >= (debug ? Level.DEBUG : Level.WARN).toInt();
    }
    return (debug || TOLD.stream().anyMatch(logger::startsWith)) && level.toInt() >= least.toInt();
  }
}
