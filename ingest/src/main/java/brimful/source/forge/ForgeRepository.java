package brimful.source.forge;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/// A repository that a list names.
///
/// @param name what the ids of its documents begin with, such as `kafka` or `group/kafka`
/// @param url where it is cloned from
/// @param stamp when it was pushed to, and its branch: equal ones mean an unchanged repository;
///   empty if only its server can tell
public record ForgeRepository(String name, String url, String stamp) {
  /// Forges count in seconds, and their clocks differ from ours.
  private static final Duration SETTLED_AFTER = Duration.ofMinutes(1);

  /// Returns the stamp, unless a push of this very moment could leave it as it is.
  public String settled(Instant now) {
    try {
      Instant pushed = Instant.parse(stamp.substring(0, Math.max(0, stamp.indexOf(' '))));
      return pushed.isBefore(now.minus(SETTLED_AFTER)) ? stamp : "";
    } catch (DateTimeParseException e) {
      return "";
    }
  }
}
