package brimful.corpus;

import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/// Tells a full disk from other failures of a disk: the JDK has no exception of its own for it.
public final class DiskSpace {
  private static final int CAUSES_MAX = 20;

  private DiskSpace() {}

  /// Returns whether a failure, or what caused it, is the lack of space or of quota.
  public static boolean isExhausted(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .limit(CAUSES_MAX)
        .map(cause -> String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT))
        .anyMatch(said ->
            said.contains("no space left on device")
                || said.contains("disk quota exceeded")
                || said.contains("not enough space on the disk"));
  }
}
