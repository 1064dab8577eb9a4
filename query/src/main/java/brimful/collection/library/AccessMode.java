package brimful.collection.library;

import brimful.store.LockWait;
import brimful.store.ProcessLock;
import java.nio.file.Path;
import java.util.Optional;

/// Who may change a service's collections.
enum AccessMode {
  /// This process only.
  ALONE,
  /// Another process; this one reads what that one keeps.
  READING,
  /// Nobody: each path that was named at the start is a collection, and no file keeps them.
  FIXED;

  /// Takes the lock that keeps others away; empty if none is needed.
  ///
  /// @throws brimful.corpus.UserError of kind BUSY if another process has it
  Optional<ProcessLock> lock(Path folder) {
    return switch (this) {
      case ALONE -> {
        Path file = folder.resolveSibling(folder.getFileName() + ".lock");
        yield Optional.of(ProcessLock.take(file, LockWait.NONE, "keeps these collections"));
      }
      case READING, FIXED -> Optional.empty();
    };
  }
}
