package brimful.index;

import brimful.store.Disk;
import brimful.store.Folders;
import brimful.store.ProcessLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What can be done with the files of an index that is not open here.
public final class IndexFiles {
  private IndexFiles() {}

  /// Gives a folder the index of another, so that only what differs has to be put.
  ///
  /// Lucene never writes a file twice, so both share the files by links, or by copies where the
  /// file system has none. Does nothing if there is an index already. Nobody may be writing the
  /// other.
  public static void copy(Path from, Path to) {
    if (Files.exists(to) || !Files.isDirectory(from)) {
      return;
    }
    try {
      new IndexFolder(from).copyTo(to);
    } catch (IOException e) {
      throw Disk.failure(
          e,
          to,
          "the index",
          "index %s cannot be copied to %s: check their permissions".formatted(from, to));
    }
  }

  /// Deletes the index in a folder, and the folder, unless it is in use.
  ///
  /// @return false if somebody uses it
  public static boolean delete(Path folder) throws IOException {
    Optional<ProcessLock> alone = new IndexFolder(folder).exclude();
    if (alone.isEmpty()) {
      return false;
    }
    try (ProcessLock _ = alone.get()) {
      Folders.delete(folder);
    }
    return true;
  }

  /// Whether there is an index in a folder that this program can read, whatever tokenizer it was
  /// counted with.
  public static boolean exist(Path folder) {
    try {
      return Files.isDirectory(folder) && new IndexFolder(folder).isReadable();
    } catch (IOException e) {
      return false;
    }
  }

  /// Returns the notes of the last commit in a folder, without opening the index; none if there is
  /// no index that this program can read.
  public static Map<String, String> notes(Path folder) {
    try {
      return exist(folder) ? new IndexFolder(folder).notes() : Map.of();
    } catch (IOException e) {
      return Map.of();
    }
  }

  /// Whether the index in a folder was found to be damaged, so that the next one who opens it
  /// begins anew.
  public static boolean isDamaged(Path folder) {
    return new IndexFolder(folder).damage().isPresent();
  }
}
