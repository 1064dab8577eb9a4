package brimful.kafka.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.index.ChunkIndex;
import brimful.index.IndexFiles;
import brimful.index.LuceneIndex;
import brimful.kafka.record.CollectionKey;
import brimful.store.AtomicFile;
import brimful.store.Disk;
import brimful.store.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Indexes in a folder of this machine: `folder/NAME/TOKENIZER`. The file `known` lists the
/// collections that were ever committed. For one thread, but for [#open].
public final class FolderStore implements IndexStore {
  private static final String KNOWN = "known";

  private final Path folder;
  private final RetiredIndexes retired;

  public FolderStore(Path folder) {
    this.folder = folder;
    retired = new RetiredIndexes(folder);
  }

  public Path folder() {
    return folder;
  }

  @Override
  public String display() {
    return folder.toString();
  }

  private Path folder(CollectionKey key) {
    return CollectionIndexes.folder(folder, key);
  }

  @Override
  public ChunkIndex open(CollectionKey key) {
    retired.restore(key);
    return LuceneIndex.open(folder(key), key.tokenizer());
  }

  @Override
  public boolean exists(CollectionKey key) {
    return IndexFiles.exist(folder(key));
  }

  @Override
  public Map<String, String> notes(CollectionKey key) {
    return IndexFiles.notes(folder(key));
  }

  @Override
  public List<CollectionKey> list() {
    return CollectionIndexes.list(folder);
  }

  @Override
  public SortedSet<CollectionKey> known() {
    var known = new TreeSet<CollectionKey>();
    try {
      Folders.create(folder);
      Path file = folder.resolve(KNOWN);
      if (Files.exists(file)) {
        // A kill may have cut off the last line; its collection has no commit then.
        String text = Files.readString(file);
        String whole = text.substring(0, text.lastIndexOf('\n') + 1);
        if (!whole.equals(text)) {
          AtomicFile.write(file, whole.getBytes(UTF_8));
        }
        whole
            .lines()
            .map(line -> line.split("/", 2))
            .forEach(words -> known.add(new CollectionKey(words[0], words[1])));
      }
      return known;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open the indexes in " + folder, e);
    }
  }

  @Override
  public void remember(List<CollectionKey> added) {
    Path file = folder.resolve(KNOWN);
    try {
      Files.writeString(
          file,
          lines(added),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND,
          StandardOpenOption.DSYNC);
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  @Override
  public void forget(List<CollectionKey> removed) {
    Path file = folder.resolve(KNOWN);
    SortedSet<CollectionKey> all = known();
    all.removeAll(removed);
    try {
      AtomicFile.write(file, lines(all).getBytes(UTF_8));
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private static RuntimeException unwritable(Path file, IOException e) {
    return Disk.failure(
        e, file, "the list of indexes", "cannot write %s: check its folder".formatted(file));
  }

  private static String lines(Collection<CollectionKey> keys) {
    return keys.stream()
        .map(key -> key.name() + "/" + key.tokenizer() + "\n")
        .collect(Collectors.joining());
  }

  @Override
  public void retire(CollectionKey key) {
    retired.retire(key);
  }

  @Override
  public void clearRetired(Instant now) {
    retired.clearOld(now);
  }

  @Override
  public Optional<FolderState> state() {
    return FolderState.read(folder);
  }

  @Override
  public void write(FolderState state) {
    state.write(folder);
  }

  @Override
  public String replica() {
    return ReplicaName.of(folder);
  }

  @Override
  public boolean isWritten() {
    return IndexWorkerLock.isHeld(folder);
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
