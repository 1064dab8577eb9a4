package brimful.index;

import brimful.store.ProcessLock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.Directory;

/// Reads the last commit of an index, and moves it aside if it is damaged. For one thread at a
/// time.
final class CommitLoader {
  private final IndexFolder folder;
  private final Directory directory;
  private final CommitData identity;
  private Optional<String> discarded = Optional.empty();
  private boolean damaged;

  CommitLoader(IndexFolder folder, Directory directory, CommitData identity) {
    this.folder = folder;
    this.directory = directory;
    this.identity = identity;
  }

  /// Returns why the index that was there could not be used, in one line; empty if it could, or if
  /// there is a new one.
  Optional<String> discarded() {
    return discarded;
  }

  /// Whether the index that was read last is damaged, and still where it was.
  boolean isDamaged() {
    return damaged;
  }

  /// Notes that there is an index of our own making now.
  void replaced() {
    discarded = Optional.empty();
  }

  /// Reads the last commit, and notes if it is damaged, or not ours.
  Optional<IndexView> load() throws IOException {
    damaged = false;
    Optional<IndexView> loaded = loadUndamaged();
    if (loaded.isEmpty() && !damaged && DirectoryReader.indexExists(directory)) {
      discarded =
          Optional.of(
              "index %s belongs to another version or tokenizer: rebuilding it"
                  .formatted(folder.path()));
    }
    return loaded;
  }

  private Optional<IndexView> loadUndamaged() throws IOException {
    Optional<String> known = folder.damage();
    if (known.isPresent()) {
      found(known.get());
      return Optional.empty();
    }
    if (!DirectoryReader.indexExists(directory)) {
      return Optional.empty();
    }
    try {
      return IndexView.read(directory, identity);
    } catch (IOException | RuntimeException e) {
      if (!CorruptionCheck.isDamageAtOpening(e)) {
        throw e;
      }
      found(CorruptionCheck.reason(e));
      return Optional.empty();
    }
  }

  private void found(String reason) {
    damaged = true;
    discarded =
        Optional.of("index " + folder.path() + " is damaged (" + reason + "): rebuilding it");
  }

  /// A writer may be making it anew just now; else the first change does it.
  void setAsideUnlessBusy() throws IOException {
    Optional<ProcessLock> lock = folder.tryWrite();
    if (lock.isPresent()) {
      try (ProcessLock _ = lock.get()) {
        setAside();
      }
    }
  }

  /// Moves the damaged index out of the way; the caller has the right to write.
  void setAside() throws IOException {
    Path aside = folder.setAside();
    damaged = false;
    discarded = discarded.map(line -> line + "; the damaged one is now " + aside);
  }
}
