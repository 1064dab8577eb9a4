package brimful.collection;

import brimful.store.LockWait;
import brimful.store.ProcessLock;
import java.nio.file.Path;
import java.util.Optional;

/// Who may change the collections that a service shows.
enum AccessMode {
  /// This process, and no other one.
  ALONE,
  /// Another process: this one reads what that one keeps.
  READING,
  /// Nobody: there is a collection for each path that was named at the start, and no file keeps
  /// them.
  FIXED;

  /// Takes what it needs to keep others away; empty if that is nothing.
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
