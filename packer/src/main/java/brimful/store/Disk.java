package brimful.store;

import brimful.corpus.DiskSpace;
import brimful.corpus.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Tells a full disk from everything else that goes wrong with files.
public final class Disk {
  private static final int CAUSES_MAX = 20;

  /// A disk with less room than this is full, whatever words the system has for it.
  private static final long ROOM_BYTES_MIN = 16 << 10;

  private Disk() {}

  /// Whether something went wrong because there was no room left.
  public static boolean isFull(Throwable failure) {
    return DiskSpace.isExhausted(failure);
  }

  /// Whether writing below a folder failed for want of room.
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
      return Files.getFileStore(there).getUsableSpace();
    } catch (IOException e) {
      return Long.MAX_VALUE;
    }
  }

  /// Returns what to throw when something could not be written.
  ///
  /// @param what it was, as in "the index"; no path, since clients of a server may read it
  /// @param otherwise what to say if it was not for want of room
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
