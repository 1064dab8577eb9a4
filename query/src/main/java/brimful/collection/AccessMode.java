package brimful.collection;

import brimful.store.Patience;
import brimful.store.ProcessLock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Who else may have the folder of a library at the same time.
enum AccessMode {
  /// Nobody: this is the only process that changes it.
  ALONE,
  /// Others that do the same as this one.
  SHARED,
  /// Somebody else changes it, and this one reads.
  READING;

  private static final Patience DELETION = Patience.quiet(Duration.ofSeconds(30));

  /// Takes what it needs to keep others away; empty if that is nothing.
  ///
  /// @throws brimful.corpus.UserError of kind BUSY if another process has it
  Optional<ProcessLock> lock(Path folder) {
    return switch (this) {
      case ALONE -> {
        Path file = folder.resolveSibling(folder.getFileName() + ".lock");
        yield Optional.of(ProcessLock.take(file, Patience.NONE, "keeps these collections"));
      }
      case SHARED ->
          Optional.of(ProcessLock.share(using(folder), DELETION, "is deleting this library"));
      case READING -> Optional.empty();
    };
  }

  /// Returns what a shared library is locked by, so that none deletes it while another has it.
  static Path using(Path folder) {
    return folder.resolveSibling(folder.getFileName() + ".use");
  }
}
