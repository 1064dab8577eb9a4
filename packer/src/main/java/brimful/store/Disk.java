package brimful.store;

import brimful.corpus.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Tells a full disk from everything else that goes wrong with files.
public final class Disk {
  private static final int CAUSES_MAX = 20;

  /// A disk with less room than this is full, whatever words the system has for it.
  private static final long ROOM_BYTES_MIN = 16 << 10;

  /// What Linux, macOS and Windows say in English; in other languages the room decides.
  private static final List<String> FULL =
      List.of(
          "no space left on device",
          "disk quota exceeded",
          "not enough space on the disk",
          "the disk is full");

  private Disk() {}

  /// Whether something went wrong because there was no room left.
  public static boolean isFull(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; i < CAUSES_MAX && cause != null; i++) {
      String words = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
      if (FULL.stream().anyMatch(words::contains)
          || cause instanceof UserError user && user.kind() == UserError.Kind.DISK_FULL) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
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
