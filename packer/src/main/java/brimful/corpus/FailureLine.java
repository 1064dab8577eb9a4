package brimful.corpus;

import java.io.IOException;
import java.io.UncheckedIOException;

/// Describes a failure in one line for somebody who is not at this machine: without its paths, and
/// without anything that a defect of ours may quote.
public final class FailureLine {
  private FailureLine() {}

  /// Returns whether a failure is a defect of ours, which belongs into the log with its stack.
  public static boolean isDefect(Throwable failure) {
    return !(failure instanceof UserError
        || failure instanceof IOException
        || failure instanceof UncheckedIOException);
  }

  /// Returns what went wrong and, where a person can do something, what to do.
  public static String line(Throwable failure) {
    return switch (failure) {
      case UserError error -> error.line().lines().findFirst().orElse("");
      case UncheckedIOException broken when broken.getCause() != null -> line(broken.getCause());
      case Throwable full when DiskSpace.isExhausted(full) ->
          "the disk is full: free some space, and try again";
      case IOException other -> "I/O error: " + kind(other);
      default -> "this is a defect in Brimful (%s): report it".formatted(kind(failure));
    };
  }

  private static String kind(Throwable failure) {
    return failure.getClass().getSimpleName();
  }
}
