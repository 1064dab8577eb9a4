package brimful.kafka.index;

import brimful.store.LockWait;
import brimful.store.ProcessLock;
import java.nio.file.Path;
import java.util.Optional;

/// The lock of the index worker that writes a folder. It is beside the folder, because a rebuild
/// replaces the folder.
public final class IndexWorkerLock {
  private IndexWorkerLock() {}

  /// Waits until no other process has the folder.
  public static ProcessLock take(Path folder, LockWait lockWait) {
    return ProcessLock.take(file(folder), lockWait, "writes the indexes in " + folder);
  }

  /// Returns whether an index worker writes the folder now, in any process.
  public static boolean isHeld(Path folder) {
    Optional<ProcessLock> free = ProcessLock.tryTake(file(folder));
    free.ifPresent(ProcessLock::close);
    return free.isEmpty();
  }

  private static Path file(Path folder) {
    return folder.resolveSibling(folder.getFileName() + ".lock");
  }
}
