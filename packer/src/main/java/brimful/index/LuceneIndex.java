package brimful.index;

import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Markup;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.MultiReader;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.Lock;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.store.MMapDirectory;
import org.jspecify.annotations.Nullable;

/// A [ChunkIndex] in a folder of this machine, one folder a collection.
///
/// An index is good for one tokenizer and one version of the format and of the analyzer; they stand
/// in each commit. What cannot be used, because one of them differs or because the files are
/// damaged, counts as empty and is overwritten by the first change: the documents themselves are
/// elsewhere, so building anew is always right.
///
/// Nothing is locked and no writer is opened until the first change. Then this is the folder's only
/// writer, in this and every other process, until it is closed or its process ends in any way.
/// Snapshots see this index's own commits, and those that were there when it was opened.
public final class LuceneIndex implements ChunkIndex {
  /// What is gathered in memory before it goes to disk: 65 MB of code never need it.
  private static final double RAM_BUFFER_MB = 128;

  private static final String FORMAT_KEY = "format";
  private static final String TOKENIZER_KEY = "tokenizer";

  /// What is stored, which terms a text has, and how it is written when it is counted.
  private static final String FORMAT = Schema.VERSION + "." + Words.VERSION + "." + Markup.VERSION;

  /// Goes before the keys of callers' notes in the commit's data.
  private static final String NOTE = "note.";

  private final Path folder;
  private final Directory directory;
  private final Map<String, String> identity;
  private final Queue<ItemBlock> blocks = new ConcurrentLinkedQueue<>();
  private final boolean startedEmpty;
  private final Optional<String> discarded;
  private boolean damaged;
  private boolean stale;
  private boolean closed;
  private Map<String, String> notes = Map.of();
  private View view;
  private volatile @Nullable IndexWriter writer;

  /// A reader and the catalog of what it reads.
  private record View(IndexReader reader, Catalog catalog) {
    static View of(IndexReader reader) throws IOException {
      return new View(reader, Catalog.read(reader));
    }
  }

  private LuceneIndex(Path folder, Directory directory, String tokenizer) throws IOException {
    this.folder = folder;
    this.directory = directory;
    identity = Map.of(FORMAT_KEY, FORMAT, TOKENIZER_KEY, tokenizer);
    Optional<String> problem = Optional.empty();
    Optional<View> loaded = Optional.empty();
    if (DirectoryReader.indexExists(directory)) {
      try {
        loaded = load();
        if (loaded.isEmpty()) {
          problem =
              Optional.of(
                  "index %s is of another version or tokenizer: building it anew"
                      .formatted(folder));
        }
      } catch (IOException | IllegalArgumentException e) {
        // Lucene throws the latter for a codec that only a later version knows.
        if (!isDamage(e)) {
          throw e;
        }
        damaged = true;
        problem =
            Optional.of(
                "index %s is damaged (%s): building it anew"
                    .formatted(
                        folder, String.valueOf(e.getMessage()).lines().findFirst().orElse("")));
      }
    }
    startedEmpty = loaded.isEmpty();
    discarded = problem;
    view = loaded.isPresent() ? loaded.get() : View.of(new MultiReader());
  }

  /// Opens the index in a folder, which is created if need be.
  ///
  /// @param tokenizer the name of the counter that the chunks' tokens come from
  public static LuceneIndex open(Path folder, String tokenizer) {
    try {
      Files.createDirectories(folder);
      return new LuceneIndex(folder, MMapDirectory.open(folder), tokenizer);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "index folder %s cannot be opened: check its permissions, or name another"
              .formatted(folder),
          e);
    }
  }

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
      Files.createDirectories(to.toAbsolutePath().getParent());
      Path draft = Files.createTempDirectory(to.toAbsolutePath().getParent(), "copy-");
      try (Stream<Path> files = Files.list(from)) {
        for (Path file : files.toList()) {
          Path target = draft.resolve(file.getFileName().toString());
          try {
            Files.createLink(target, file);
          } catch (UnsupportedOperationException | IOException _) {
            Files.copy(file, target);
          }
        }
      }
      Files.deleteIfExists(draft.resolve(IndexWriter.WRITE_LOCK_NAME));
      Files.move(draft, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "index %s cannot be copied to %s: check their permissions".formatted(from, to), e);
    }
  }

  /// Returns whether there was nothing to start from, so that every item is to be put.
  public boolean startedEmpty() {
    return startedEmpty;
  }

  /// Returns why an index that was there could not be used, in one line for people.
  public Optional<String> discarded() {
    return discarded;
  }

  private static boolean isDamage(Exception e) {
    return switch (e) {
      case CorruptIndexException _,
          IndexFormatTooNewException _,
          IndexFormatTooOldException _,
          EOFException _,
          FileNotFoundException _,
          NoSuchFileException _,
          IllegalArgumentException _ ->
          true;
      default -> false;
    };
  }

  /// Reads the last commit, if it is one of ours.
  private Optional<View> load() throws IOException {
    DirectoryReader opened = DirectoryReader.open(directory);
    try {
      Map<String, String> data = opened.getIndexCommit().getUserData();
      if (isOurs(data)) {
        var loaded = View.of(opened);
        opened.incRef();
        notes = notesOf(data);
        return Optional.of(loaded);
      }
      return Optional.empty();
    } finally {
      opened.decRef();
    }
  }

  private boolean isOurs(Map<String, String> data) {
    return data.entrySet().containsAll(identity.entrySet());
  }

  private static Map<String, String> notesOf(Map<String, String> data) {
    var notes = new TreeMap<String, String>();
    data.forEach((key, value) -> {
      if (key.startsWith(NOTE)) {
        notes.put(key.substring(NOTE.length()), value);
      }
    });
    return Collections.unmodifiableMap(notes);
  }

  @Override
  public synchronized Map<String, String> notes() {
    return notes;
  }

  @Override
  public void put(Item item) {
    ItemBlock pooled = blocks.poll();
    ItemBlock block = pooled == null ? new ItemBlock() : pooled;
    try {
      writer().updateDocuments(Schema.idTerm(item.id().value()), block.of(item));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // Not after a failure: the block may be half used.
    blocks.add(block);
  }

  @Override
  public void remove(DocumentId item) {
    try {
      writer().deleteDocuments(Schema.idTerm(item.value()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void commit(Map<String, String> added) {
    if (writer == null && added.equals(notes)) {
      return;
    }
    try {
      IndexWriter open = writer();
      var data = new TreeMap<>(identity);
      added.forEach((key, value) -> data.put(NOTE + key, value));
      open.setLiveCommitData(data.entrySet());
      open.commit();
      notes = notesOf(data);
      stale = true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized Snapshot snapshot() {
    try {
      if (stale) {
        Optional<View> loaded = load();
        if (loaded.isPresent()) {
          view.reader.decRef();
          view = loaded.get();
        }
        stale = false;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    view.reader.incRef();
    return new LuceneSnapshot(view.reader, view.catalog);
  }

  /// Looks for commits that another process has made since; snapshots opened from now on see them.
  ///
  /// Costs a look at the folder.
  public synchronized void refresh() {
    try {
      boolean current =
          view.reader instanceof DirectoryReader reader
              ? reader.isCurrent()
              : !DirectoryReader.indexExists(directory);
      stale |= writer == null && !current;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private IndexWriter writer() throws IOException {
    IndexWriter open = writer;
    return open == null ? openWriter() : open;
  }

  private synchronized IndexWriter openWriter() throws IOException {
    IndexWriter open = writer;
    if (open == null) {
      try {
        if (damaged) {
          clear();
          damaged = false;
        }
        open = new IndexWriter(directory, config());
      } catch (LockObtainFailedException e) {
        throw new UncheckedIOException(
            "another brimful is indexing into %s: wait for it to end".formatted(folder), e);
      }
      if (!isOurs(userData(open))) {
        open.deleteAll();
      }
      writer = open;
    }
    return open;
  }

  private static Map<String, String> userData(IndexWriter writer) {
    var data = new HashMap<String, String>();
    Iterable<Map.Entry<String, String>> live = writer.getLiveCommitData();
    if (live != null) {
      live.forEach(entry -> data.put(entry.getKey(), entry.getValue()));
    }
    return data;
  }

  private static IndexWriterConfig config() {
    // One file a segment: fewer to open and map when a fresh process reads.
    var merges = new TieredMergePolicy();
    merges.setNoCFSRatio(1);
    return new IndexWriterConfig()
        .setRAMBufferSizeMB(RAM_BUFFER_MB)
        .setMergePolicy(merges)
        .setUseCompoundFile(true)
        .setCommitOnClose(false);
  }

  /// Deletes the files of a damaged index, which Lucene itself cannot step over.
  private void clear() throws IOException {
    try (Lock _ = directory.obtainLock(IndexWriter.WRITE_LOCK_NAME)) {
      for (String file : directory.listAll()) {
        if (!file.equals(IndexWriter.WRITE_LOCK_NAME)) {
          directory.deleteFile(file);
        }
      }
    }
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (Directory _ = directory) {
      IndexWriter open = writer;
      if (open != null) {
        open.rollback();
      }
      view.reader.decRef();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
