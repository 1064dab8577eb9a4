package brimful.index;

import brimful.corpus.Chunk;
import brimful.corpus.Locator;
import brimful.corpus.Markup;
import brimful.store.Disk;
import brimful.store.Folders;
import brimful.store.LockWait;
import brimful.store.ProcessLock;
import brimful.token.TokenCounter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;

/// Makes an index that is counted with another tokenizer, from one that is there.
///
/// Layout: the new index shares all files of the old one's last commit by links. Only the items'
/// records, which hold the counts of their chunks, are written again, as updates of doc values.
/// Texts, terms and the borders of chunks stay, so that a chunk cut for one tokenizer may be
/// somewhat larger or smaller by the other; its count is exact.
///
/// Cost: one pass over the texts to count them, on all cores, and 32 bytes written a chunk. No file
/// of the corpus is opened.
///
/// Invariant: the new index appears whole or not at all. It is made in a draft folder, under the
/// right to write the target.
public final class Recount {
  /// What one thread takes at a time.
  private static final int ITEMS_PER_TASK = 64;

  private final TokenCounter counter;
  private final Markup markup;
  private final RecountListener listener;

  private Recount(TokenCounter counter, RecountListener listener) {
    this.counter = counter;
    markup = new Markup(counter.specials());
    this.listener = listener;
  }

  /// Makes the index of a folder from that of another, unless it has one already.
  ///
  /// @param patience how long to wait for somebody else who writes the target
  /// @return false if there is nothing to make it from, so that the files are to be read
  /// @throws CancellationException if the thread is interrupted
  public static boolean make(
      Path from, Path to, TokenCounter counter, LockWait lockWait, RecountListener listener) {
    var source = new IndexFolder(from);
    var target = new IndexFolder(to);
    if (!Files.isDirectory(from) || source.damage().isPresent() || target.damage().isPresent()) {
      return false;
    }
    try (ProcessLock _ = target.write(lockWait)) {
      return target.holds(CommitData.of(LuceneIndex.FORMAT, counter.name()))
          || new Recount(counter, listener).make(source, target);
    } catch (IOException e) {
      throw Disk.failure(e, to, "the index", "index %s cannot be made from %s".formatted(to, from));
    }
  }

  private boolean make(IndexFolder source, IndexFolder target) throws IOException {
    Path draft = target.draft();
    try {
      if (!source.linkCommit(draft)) {
        return false;
      }
      try (Directory directory = MMapDirectory.open(draft)) {
        if (!rewrite(directory)) {
          return false;
        }
      }
      target.take(new IndexFolder(draft));
      return true;
    } finally {
      Folders.delete(draft);
    }
  }

  private boolean rewrite(Directory directory) throws IOException {
    try (var writer =
            new IndexWriter(
                directory, IndexFolder.config().setMergePolicy(NoMergePolicy.INSTANCE));
        DirectoryReader reader = DirectoryReader.open(writer)) {
      Map<String, String> data = new HashMap<>();
      writer.getLiveCommitData().forEach(entry -> data.put(entry.getKey(), entry.getValue()));
      if (!CommitData.isFormat(data, LuceneIndex.FORMAT)) {
        return false;
      }
      for (Counted item : counted(reader)) {
        BytesRef record = ChecksummedRecord.seal(item.record.bytes());
        var field = new BinaryDocValuesField(IndexSchema.ITEM, record);
        if (writer.tryUpdateDocValue(item.leaf, item.at, field) < 0) {
          throw new IllegalStateException("segment was merged without a merge policy");
        }
      }
      var identity = CommitData.of(LuceneIndex.FORMAT, counter.name());
      writer.setLiveCommitData(
          identity.with(CommitData.notes(data), CommitData.lacksTerms(data)).entrySet());
      writer.commit();
      return true;
    }
  }

  /// An item with new counts, and where it stands.
  private record Counted(LeafReader leaf, int at, ItemRecord record) {}

  /// Items that one thread counts.
  private record Task(LeafReader leaf, List<Integer> items) {}

  private List<Counted> counted(DirectoryReader reader) throws IOException {
    List<Task> tasks = tasks(reader);
    // Each document of Lucene is a chunk or an item.
    int items = tasks.stream().mapToInt(task -> task.items.size()).sum();
    listener.starts(reader.numDocs() - items);
    int threads = Runtime.getRuntime().availableProcessors();
    try (ExecutorService pool =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("recount-", 0).factory())) {
      List<Future<List<Counted>>> running = new ArrayList<>();
      tasks.forEach(task -> running.add(pool.submit(() -> counted(task))));
      List<Counted> all = new ArrayList<>();
      try {
        for (Future<List<Counted>> one : running) {
          all.addAll(one.get());
        }
      } catch (InterruptedException e) {
        pool.shutdownNow();
        Thread.currentThread().interrupt();
        throw new CancellationException("interrupted while counting");
      } catch (ExecutionException e) {
        pool.shutdownNow();
        throw failure(e);
      }
      return all;
    } finally {
      listener.ends();
    }
  }

  private static IOException failure(ExecutionException e) {
    return switch (e.getCause()) {
      case IOException broken -> broken;
      case RuntimeException own -> throw own;
      case Error error -> throw error;
      case null, default -> throw new IllegalStateException(e);
    };
  }

  private static List<Task> tasks(DirectoryReader reader) throws IOException {
    List<Task> tasks = new ArrayList<>();
    for (LeafReaderContext context : reader.leaves()) {
      LeafReader leaf = context.reader();
      BinaryDocValues values = leaf.getBinaryDocValues(IndexSchema.ITEM);
      Bits live = leaf.getLiveDocs();
      List<Integer> items = new ArrayList<>();
      while (values != null && values.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
        if (live == null || live.get(values.docID())) {
          items.add(values.docID());
        }
      }
      for (int first = 0; first < items.size(); first += ITEMS_PER_TASK) {
        int end = Math.min(items.size(), first + ITEMS_PER_TASK);
        tasks.add(new Task(leaf, items.subList(first, end)));
      }
    }
    return tasks;
  }

  private List<Counted> counted(Task task) throws IOException {
    BinaryDocValues items = task.leaf.getBinaryDocValues(IndexSchema.ITEM);
    BinaryDocValues chunks = task.leaf.getBinaryDocValues(IndexSchema.CHUNK);
    List<Counted> counted = new ArrayList<>(task.items.size());
    for (int at : task.items) {
      if (!items.advanceExact(at)) {
        throw new CorruptIndexException("it has no record", "an item");
      }
      ItemRecord record = ItemRecord.of(ChecksummedRecord.open(items.binaryValue(), "an item"));
      count(record, at, chunks);
      counted.add(new Counted(task.leaf, at, record));
    }
    return counted;
  }

  /// The chunks stand right before their item.
  private void count(ItemRecord record, int item, BinaryDocValues chunks) throws IOException {
    int all = record.documents().stream().mapToInt(ItemRecord.Entry::chunks).sum();
    int at = item - all;
    for (ItemRecord.Entry entry : record.documents()) {
      for (int ordinal = 0; ordinal < entry.chunks(); ordinal++) {
        if (!chunks.advanceExact(at++)) {
          throw new CorruptIndexException("it has no text", "a chunk");
        }
        ChunkRecord chunk = ChunkRecord.of(chunks.binaryValue());
        entry.recount(ordinal, tokens(chunk.locator(), chunk.heading(), chunk.text()));
      }
    }
    listener.counted(all);
  }

  private int tokens(Locator locator, String heading, String text) {
    return counter.count(markup.segment(locator, heading, text));
  }

  /// Returns the same chunk, counted with a tokenizer.
  public static Chunk chunk(Chunk chunk, TokenCounter counter) {
    return chunk.counted(counter.count(new Markup(counter.specials()).segment(chunk)));
  }
}
