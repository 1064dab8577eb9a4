package brimful.store;

import brimful.corpus.DiskSpace;
import brimful.corpus.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/// Distinguishes a full disk from other file errors.
public final class Disk {
  private static final int CAUSES_MAX = 20;

  /// A disk with less room than this is full, whatever the system's message says.
  private static final long ROOM_BYTES_MIN = 16 << 10;

  private Disk() {}

  /// Returns whether an error was caused by lack of space.
  public static boolean isFull(Throwable failure) {
    return DiskSpace.isExhausted(failure);
  }

  /// Returns whether writing below a folder failed for lack of space.
  public static boolean isFull(Throwable failure, Path folder) {
    return isFull(failure) || hasIo(failure) && room(folder) < ROOM_BYTES_MIN;
  }

  private static boolean hasIo(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; i < CAUSES_MAX && cause != null; i++) {
      if (cause instanceof IOException) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  private static long room(Path folder) {
    try {
      Path there = folder.toAbsolutePath();
      while (there.getParent() != null && !Files.exists(there)) {
        there = there.getParent();
      }
      FileStore store = Files.getFileStore(there);
      // Some have no disk at all, such as /proc.
      return store.getTotalSpace() == 0 ? Long.MAX_VALUE : store.getUsableSpace();
    } catch (IOException e) {
      return Long.MAX_VALUE;
    }
  }

  /// Returns the error to throw when something could not be written.
  ///
  /// @param what such as "the index"; no path, since clients of a server may read it
  /// @param otherwise the message if space was not the cause
  public static RuntimeException failure(Exception e, Path folder, String what, String otherwise) {
    if (isFull(e, folder)) {
      return full(what, e);
    }
    return new UncheckedIOException(
        otherwise, e instanceof IOException io ? io : new IOException(e));
  }

  /// Returns the error of a full disk.
  public static UserError full(String what, Throwable cause) {
    return new UserError(
        UserError.Kind.DISK_FULL,
        "the disk is full, %s cannot be written: free space where Brimful keeps its data, or set BRIMFUL_HOME to a folder on a larger disk"
            .formatted(what),
        cause);
  }
}
