package brimful.kafka.index;

import brimful.corpus.UserError;
import brimful.kafka.Cluster;
import brimful.kafka.record.CollectionKey;
import brimful.store.Disk;
import brimful.store.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Rebuilds the indexes of a folder from the topic, beside it, and swaps them in at the end.
///
/// Until then, and if the rebuild fails, the old indexes stay in use. The caller has the folder to
/// itself. Apart from [#stop], for one thread.
public final class IndexRebuild implements AutoCloseable {
  private static final String DRAFT = ".rebuilt";
  private static final String REPLACED = ".replaced";

  private final Path folder;
  private final Path draft;
  private final IndexWorker worker;
  private volatile boolean stopped;

  /// @param config of the folder to rebuild
  public IndexRebuild(Cluster cluster, IndexWorkerConfig config) {
    folder = folder(config);
    draft = beside(folder, DRAFT);
    try {
      Folders.delete(draft);
      Folders.delete(RetiredIndexes.beside(draft));
      Folders.create(draft);
    } catch (IOException e) {
      throw failure(e);
    }
    ReplicaName.copy(folder, draft);
    var own = new IndexWorkerConfig(draft, config.group(), config.threads(), config.skipped());
    // A group of its own has every partition, whoever shares the folder's group.
    worker = new IndexWorker(cluster, own, config.group() + "-rebuild-" + UUID.randomUUID());
  }

  private static Path folder(IndexWorkerConfig config) {
    if (config.store() instanceof FolderStore own) {
      return own.folder();
    }
    throw new UserError(
        UserError.Kind.USAGE,
        "--rebuild is for indexes of this machine: start an index worker with another prefix than %s, and let servers read that one when it is done"
            .formatted(config.store().display()));
  }

  private static Path beside(Path folder, String suffix) {
    return folder.resolveSibling(folder.getFileName() + suffix);
  }

  /// Completes a swap that a kill interrupted.
  public static void recover(Path folder) {
    Path draft = beside(folder, DRAFT);
    try {
      // Both are whole: the draft only lacks the folder's name.
      if (!Files.exists(folder) && Files.exists(draft)) {
        Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
      }
      Folders.delete(beside(folder, REPLACED));
    } catch (IOException e) {
      throw Disk.failure(
          e,
          folder,
          "the indexes",
          "cannot complete the rebuild of %s: check its folder".formatted(folder));
    }
  }

  /// Reads the whole topic and swaps the indexes, unless it is stopped before.
  ///
  /// @throws UserError if the rebuilt indexes would lack something; the old ones then stay
  public void run() {
    worker.run(true);
    if (stopped) {
      return;
    }
    List<String> lacking = new ArrayList<>(worker.lacking());
    List<CollectionKey> rebuilt = CollectionIndexes.list(draft);
    List<CollectionKey> dropped = CollectionIndexes.list(RetiredIndexes.beside(draft));
    CollectionIndexes.list(folder).stream()
        .filter(key -> !rebuilt.contains(key) && !dropped.contains(key))
        .map(key ->
            "collection %s is not in the topic: run brimful ingest PATH --collection %s --again with workers running, or brimful collections drop %s"
                .formatted(key, key.name(), key.name()))
        .forEach(lacking::add);
    if (!lacking.isEmpty()) {
      throw new UserError(
          UserError.Kind.CONFLICT,
          "the rebuilt indexes are not complete, so the old ones stay in use:\n"
              + String.join("\n", lacking));
    }
    worker.close();
    swap();
  }

  private void swap() {
    Path replaced = beside(folder, REPLACED);
    try {
      Folders.delete(replaced);
      Files.move(folder, replaced, StandardCopyOption.ATOMIC_MOVE);
      Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
      Folders.delete(replaced);
      Folders.delete(RetiredIndexes.beside(draft));
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private RuntimeException failure(IOException e) {
    return Disk.failure(
        e,
        folder,
        "the indexes",
        "cannot rebuild %s: check the folder around it".formatted(folder));
  }

  /// Makes [#run] return soon, without a swap.
  public void stop() {
    stopped = true;
    worker.stop();
  }

  @Override
  public void close() {
    worker.close();
  }
}
