package brimful.kafka.index;

import brimful.kafka.record.CollectionKey;
import brimful.store.Disk;
import brimful.store.Folders;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;

/// The indexes of dropped collections, in a folder beside the others. They have tombstones and no
/// text, and are kept as long as a late result could revive an item.
final class RetiredIndexes {
  private static final String SUFFIX = ".dropped";

  private final Path folder;
  private final Path aside;

  /// @param folder of the indexes in use
  RetiredIndexes(Path folder) {
    this.folder = folder;
    aside = beside(folder);
  }

  /// Returns where the retired indexes of a folder are.
  static Path beside(Path folder) {
    return folder.resolveSibling(folder.getFileName() + SUFFIX);
  }

  /// Moves an index that is closed out of the folder.
  void retire(CollectionKey key) {
    Path from = CollectionIndexes.folder(folder, key);
    move(from, CollectionIndexes.folder(aside, key));
    try {
      Files.deleteIfExists(from.resolveSibling(""));
    } catch (DirectoryNotEmptyException e) {
      // Counted with another tokenizer, too.
    } catch (IOException e) {
      throw failure(from, e);
    }
  }

  /// Moves a collection's index back, if it was retired and there is no other.
  void restore(CollectionKey key) {
    Path from = CollectionIndexes.folder(aside, key);
    Path to = CollectionIndexes.folder(folder, key);
    if (Files.exists(from) && !Files.exists(to)) {
      move(from, to);
    }
  }

  private static void move(Path from, Path to) {
    try {
      Folders.delete(to);
      Folders.create(to.resolveSibling(""));
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw failure(from, e);
    }
  }

  /// Deletes those that no late result can concern any more.
  void clearOld(Instant now) {
    for (CollectionKey key : CollectionIndexes.list(aside)) {
      Path index = CollectionIndexes.folder(aside, key);
      try {
        Instant last = Files.getLastModifiedTime(index).toInstant();
        if (last.isBefore(now.minus(CollectionIndex.GRAVE_LIFE))) {
          Folders.delete(index);
        }
      } catch (NoSuchFileException e) {
        // Nothing to delete.
      } catch (IOException e) {
        throw failure(index, e);
      }
    }
  }

  private static RuntimeException failure(Path index, IOException e) {
    return Disk.failure(
        e,
        index,
        "the index of a dropped collection",
        "cannot move %s: check its folder".formatted(index));
  }
}
