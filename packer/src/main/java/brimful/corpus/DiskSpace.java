package brimful.corpus;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/// Recognises a full disk, for which the JDK has no exception of its own.
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

  /// Returns whether lack of space or quota caused a failure.
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
