package brimful.corpus;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/// Tells a full disk from other failures of a disk: the JDK has no exception of its own for it.
public final class DiskSpace {
  private static final int CAUSES_MAX = 20;

  /// What Linux, macOS and Windows say in English.
  private static final List<String> FULL =
      List.of(
          "no space left on device",
          "disk quota exceeded",
          "not enough space on the disk",
          "the disk is full");

  private DiskSpace() {}

  /// Returns whether a failure, or what caused it, is the lack of space or of quota.
  public static boolean isExhausted(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .limit(CAUSES_MAX)
        .anyMatch(cause ->
            cause instanceof UserError error && error.kind() == UserError.Kind.DISK_FULL
                || saysSo(String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT)));
  }

  private static boolean saysSo(String message) {
    return FULL.stream().anyMatch(message::contains);
  }
}
