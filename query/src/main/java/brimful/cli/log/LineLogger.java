package brimful.cli.log;

import java.io.Serial;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/// Writes the events of one logger to standard error.
final class LineLogger extends LegacyAbstractLogger {
  @Serial private static final long serialVersionUID = 1;

  LineLogger(String name) {
    this.name = name;
  }

  private boolean writes(Level level) {
    return LogSettings.current().writes(getName(), level);
  }

  @Override
  public boolean isTraceEnabled() {
    return writes(Level.TRACE);
  }

  @Override
  public boolean isDebugEnabled() {
    return writes(Level.DEBUG);
  }

  @Override
  public boolean isInfoEnabled() {
    return writes(Level.INFO);
  }

  @Override
  public boolean isWarnEnabled() {
    return writes(Level.WARN);
  }

  @Override
  public boolean isErrorEnabled() {
    return writes(Level.ERROR);
  }

  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return null;
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      @Nullable String pattern,
      Object @Nullable [] arguments,
      @Nullable Throwable failure) {
    String message = String.valueOf(MessageFormatter.basicArrayFormat(pattern, arguments));
    var line = new LogLine(Instant.now(), level, getName(), message, Optional.ofNullable(failure));
    System.err.println(LogSettings.current().json() ? line.json() : line.text());
  }
}
