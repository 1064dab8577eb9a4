package brimful.index;

import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Markup;
import brimful.index.term.TermAnalyzer;
import brimful.store.Disk;
import brimful.store.Folders;
import brimful.store.LockWait;
import brimful.store.ProcessLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SortedMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.store.MMapDirectory;
import org.jspecify.annotations.Nullable;

/// A [ChunkIndex] in a folder of this machine, one folder a collection.
///
/// An index is good for one tokenizer and one version of the format and of the analyzer; they stand
/// in each commit. What cannot be used because one of them differs counts as empty and is
/// overwritten by the first change. What is damaged is moved aside, into `FOLDER.damaged-TIME`, and
/// counts as empty, too: the documents themselves are elsewhere, so building anew is always right.
///
/// Nothing is locked and no writer is opened until the first change. Then this is the folder's only
/// writer, in this and every other process, until it is released, closed, or its process ends in
/// any way. Snapshots see this index's own commits, and those that were there when it was opened.
public final class LuceneIndex implements ChunkIndex, GatedParts.Target {
  /// What an index of this program is made of: one of another format is built anew.
  public static final String FORMAT =
      IndexSchema.VERSION + "." + TermAnalyzer.VERSION + "." + Markup.VERSION;

  private final IndexFolder folder;
  private final Directory directory;
  private final LockWait lockWait;
  private final CommitData identity;
  private final CommitLoader loader;
  private final Optional<ProcessLock> using;
  private final GatedParts.Gate gate = new GatedParts.Gate();
  private final Queue<ItemBlock> blocks = new ConcurrentLinkedQueue<>();
  private final boolean startedEmpty;
  private boolean stale;
  private boolean closed;
  private boolean deferring;
  private boolean adding;
  private IndexView view;
  private volatile @Nullable ProcessLock writing;
  private volatile @Nullable IndexWriter writer;

  /// Whether items are put with their terms.
  private volatile boolean searchable = true;

  /// What the first failure of a writer was: those that follow say nothing of their own.
  private volatile @Nullable RuntimeException broken;

  LuceneIndex(IndexFolder folder, Directory directory, String tokenizer, LockWait lockWait)
      throws IOException {
    this.folder = folder;
    this.directory = directory;
    this.lockWait = lockWait;
    identity = CommitData.of(FORMAT, tokenizer);
    loader = new CommitLoader(folder, directory, identity);
    view = IndexView.empty();
    using = folder.use();
    Optional<IndexView> loaded = Optional.empty();
    try {
      loaded = loader.load();
      if (loader.isDamaged()) {
        loader.setAsideUnlessBusy();
      }
    } catch (IOException | RuntimeException e) {
      using.ifPresent(ProcessLock::close);
      throw e;
    }
    startedEmpty = loaded.isEmpty();
    view = loaded.orElse(view);
  }

  /// Opens it without waiting for another writer.
  public static LuceneIndex open(Path folder, String tokenizer) {
    return open(folder, tokenizer, LockWait.NONE);
  }

  /// Opens the index in a folder, which is created if need be.
  ///
  /// @param tokenizer the name of the counter that the chunks' tokens come from
  /// @param lockWait how long the first change waits for another writer
  public static LuceneIndex open(Path folder, String tokenizer, LockWait lockWait) {
    try {
      Folders.create(folder);
      return new LuceneIndex(
          new IndexFolder(folder), MMapDirectory.open(folder), tokenizer, lockWait);
    } catch (IOException e) {
      throw Disk.failure(
          e,
          folder,
          "the index",
          "index folder %s cannot be opened: check its permissions, or name another"
              .formatted(folder));
    }
  }

  /// Whether there was nothing to start from, so that every item is to be put.
  public boolean startedEmpty() {
    return startedEmpty;
  }

  /// Returns why an index that was there could not be used, in one line for people; empty once
  /// there is a new one.
  public synchronized Optional<String> discarded() {
    return loader.discarded();
  }

  /// Whether files of the index were found to be damaged, so that it is to be built anew.
  public synchronized boolean isDamaged() {
    return loader.isDamaged() || folder.damage().isPresent();
  }

  /// Puts items without their terms from now on if there is no index yet: for a corpus that is read
  /// as a whole, and that perhaps nobody ever asks about. [StoredItems#addTerms] adds them.
  public synchronized void deferTerms() {
    deferring = true;
  }

  /// Whether items lack their terms, so that nothing can be searched.
  public synchronized boolean lacksTerms() {
    return current().lacksTerms();
  }

  /// Takes the right to write; if the items lack their terms, those put from now on have them.
  synchronized boolean claimWithoutTerms() {
    boolean _ = claim();
    if (lacksTerms()) {
      if (writer != null) {
        // It has put items without terms, which are put again from the commit.
        commitWhole(notes());
      }
      adding = true;
      searchable = true;
    }
    return adding;
  }

  /// Returns what tells the commit that snapshots show now from all others; empty if there is none.
  public synchronized String commitId() {
    try (Snapshot _ = snapshot()) {
      return view.id();
    }
  }

  @Override
  public synchronized Map<String, String> notes() {
    return view.notes();
  }

  @Override
  public void put(Item item) {
    write(ItemParts.Part.last(item, 0));
  }

  @Override
  public ItemParts begin(DocumentId item) {
    return new GatedParts(this, gate, item);
  }

  @Override
  public void write(ItemParts.Part part) {
    ItemBlock pooled = blocks.poll();
    ItemBlock block = pooled == null ? new ItemBlock() : pooled;
    try {
      if (part.number() == 0) {
        writer().updateDocuments(IndexSchema.idTerm(part.id().value()), block.of(part, searchable));
      } else {
        writer().addDocuments(block.of(part, searchable));
      }
    } catch (IOException | AlreadyClosedException e) {
      throw failed(e);
    }
    // Not after a failure: the block may be half used.
    blocks.add(block);
  }

  @Override
  public void remove(DocumentId item) {
    try {
      writer().deleteDocuments(IndexSchema.idTerm(item.value()));
    } catch (IOException | AlreadyClosedException e) {
      throw failed(e);
    }
  }

  @Override
  public boolean tryCommit() {
    return gate.tryPass(() -> commitWhole(notes()));
  }

  @Override
  public void commit(Map<String, String> added) {
    gate.pass(() -> commitWhole(added));
  }

  private synchronized void commitWhole(Map<String, String> added) {
    if (writer == null && broken == null && !adding && added.equals(notes())) {
      return;
    }
    try {
      IndexWriter open = writer();
      SortedMap<String, String> data = identity.with(added, !searchable);
      ParallelCommit.commit(open, data);
      view = new IndexView(view.reader(), view.catalog(), CommitData.notes(data), !searchable);
      loader.replaced();
      stale = true;
    } catch (IOException | AlreadyClosedException e) {
      throw failed(e);
    }
  }

  /// Gives up what a writer could not finish, so that it takes no room, and says what to throw.
  private synchronized RuntimeException failed(Exception e) {
    RuntimeException first = broken;
    if (first != null) {
      return first;
    }
    RuntimeException thrown = IndexErrors.unwritable(folder, writer, e);
    broken = thrown;
    abandon();
    return thrown;
  }

  /// Ends the writer without a commit, and deletes what it has written.
  private void abandon() {
    IndexWriter open = writer;
    writer = null;
    if (open != null) {
      IndexFolder.rollBack(open, directory);
    }
  }

  @Override
  public synchronized void release() {
    abandon();
    adding = false;
    broken = null;
    ProcessLock lock = writing;
    writing = null;
    if (lock != null) {
      lock.close();
    }
  }

  @Override
  public synchronized boolean claim() {
    if (writing != null) {
      return false;
    }
    writing = folder.write(lockWait);
    try {
      if (!isDamaged() && !stale && view.isCurrent(directory)) {
        return false;
      }
      Optional<IndexView> loaded = loader.load();
      if (loader.isDamaged()) {
        loader.setAside();
      }
      view.close();
      view = loaded.isPresent() ? loaded.get() : IndexView.empty();
      stale = false;
      return true;
    } catch (ClosedByInterruptException e) {
      release();
      throw new CancellationException("interrupted before writing");
    } catch (IOException e) {
      release();
      throw new UncheckedIOException(
          "index %s cannot be read: check its permissions".formatted(folder.path()), e);
    }
  }

  @Override
  public synchronized Snapshot snapshot() {
    IndexView current = current();
    if (!current.reader().tryIncRef()) {
      throw IndexErrors.closed();
    }
    return new LuceneSnapshot(
        current.reader(),
        current.catalog(),
        current.lacksTerms(),
        (reader, e) -> IndexErrors.unreadable(folder, reader, e));
  }

  /// Returns the last commit that is known of.
  private synchronized IndexView current() {
    try {
      if (stale) {
        Optional<IndexView> loaded = IndexView.read(directory, identity);
        if (loaded.isPresent()) {
          view.close();
          view = loaded.get();
        }
        stale = false;
      }
      return view;
    } catch (IOException | RuntimeException e) {
      throw IndexErrors.unreadable(folder, view.reader(), e);
    }
  }

  /// Looks for commits that another process has made since; snapshots opened from now on see them.
  ///
  /// Costs a look at the folder.
  public synchronized void refresh() {
    try {
      stale |=
          writer == null && !view.isCurrent(directory) && DirectoryReader.indexExists(directory);
    } catch (IOException e) {
      throw IndexErrors.unreadable(folder, view.reader(), e);
    }
  }

  private IndexWriter writer() throws IOException {
    return writer instanceof IndexWriter open ? open : openWriter();
  }

  private synchronized IndexWriter openWriter() throws IOException {
    RuntimeException failure = broken;
    if (failure != null) {
      throw failure;
    }
    IndexWriter open = writer;
    if (open == null) {
      boolean _ = claim();
      try {
        open = new IndexWriter(directory, IndexFolder.config());
      } catch (LockObtainFailedException e) {
        throw IndexErrors.busy(e);
      }
      if (!identity.isOurs(open)) {
        open.deleteAll();
      }
      searchable = adding || !(view.id().isEmpty() ? deferring : view.lacksTerms());
      writer = open;
    }
    return open;
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (Directory _ = directory) {
      release();
      view.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      using.ifPresent(ProcessLock::close);
    }
  }
}
