package brimful.cli.option;

import brimful.corpus.DiskSpace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/// What people are told of a failure of files or of the system.
public final class IoFailure {
  private IoFailure() {}

  /// Returns our own message, followed by the system's; only the latter if we had none.
  public static String line(UncheckedIOException e) {
    String said =
        switch (e.getCause()) {
          case NoSuchFileException missing -> "no such file: " + message(missing);
          case AccessDeniedException denied -> "no permission to open " + message(denied);
          case IOException full when DiskSpace.isExhausted(full) ->
              "the disk is full: free some space and try again";
          case IOException other -> "I/O error: " + message(other);
          case null -> "I/O error";
        };
    String own = message(e);
    return own.equals(String.valueOf(e.getCause())) ? said : own + " (" + said + ")";
  }

  /// Returns an exception's message, or its kind if it has none.
  public static String message(Exception e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
