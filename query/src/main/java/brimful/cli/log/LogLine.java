package brimful.cli.log;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.event.Level;

/// An event of the log.
///
/// @param logger the name of what says it
/// @param failure whose stack is shown
public record LogLine(
    Instant time, Level level, String logger, String message, Optional<Throwable> failure) {
  private static final int ESCAPED_BELOW = 0x20;

  /// Returns it as people read it; a stack has lines of its own.
  String text() {
    return "%s %s %s - %s%s"
        .formatted(utc(), level, logger, message, failure.map(one -> "\n" + stack(one)).orElse(""));
  }

  /// Returns it as one JSON object in one line.
  ///
  /// It is written by hand, because a short command should not have to load a JSON library to say a
  /// line.
  public String json() {
    var text = new StringBuilder("{");
    member(text, "time", utc());
    member(text.append(','), "level", level.name().toLowerCase(Locale.ROOT));
    member(text.append(','), "logger", logger);
    member(text.append(','), "message", message);
    failure.ifPresent(one -> member(text.append(','), "stack", stack(one)));
    return text.append('}').toString();
  }

  private String utc() {
    return time.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  private static String stack(Throwable failure) {
    var text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString().stripTrailing();
  }

  private static void member(StringBuilder text, String name, String value) {
    text.append('"').append(name).append("\":\"");
    value
        .codePoints()
        .forEach(c -> {
          switch (c) {
            case '"', '\\' -> text.append('\\').appendCodePoint(c);
            case '\n' -> text.append("\\n");
            case '\t' -> text.append("\\t");
            default -> {
              if (c < ESCAPED_BELOW || Character.getType(c) == Character.SURROGATE) {
                text.append(String.format(Locale.ROOT, "\\u%04x", c));
              } else {
                text.appendCodePoint(c);
              }
            }
          }
        });
    text.append('"');
  }
}
