package brimful.collection;

import brimful.index.LuceneIndex;
import brimful.index.Recount;
import brimful.index.RecountListener;
import brimful.index.Snapshot;
import brimful.index.StoredItems;
import brimful.store.LockWait;
import brimful.token.TokenCounter;
import brimful.token.Tokenizers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Indexes with the content of another one, counted with another tokenizer. No file is read for
/// them: the first time all chunks are counted, and later those that have changed.
///
/// Chunks keep the borders that they have in the index they are copied from. Safe for many threads;
/// threads that want the same index wait for the first of them.
public final class RecountedIndexes implements AutoCloseable {
  private static final LockWait WRITER_WAIT = LockWait.quiet(Duration.ofMinutes(10));

  /// The note with the commit of the other index that this one was made from.
  private static final String BASE = "base";

  private final Map<Path, Recounted> open = new ConcurrentHashMap<>();

  /// One index; its monitor is held during an update.
  private static final class Recounted {
    private final LuceneIndex index;

    Recounted(LuceneIndex index) {
      this.index = index;
    }
  }

  /// The index to count from.
  ///
  /// @param folder its folder, from which files can be taken over; empty if it is elsewhere
  /// @param commit tells its last commit from all others; empty if there is none
  /// @param snapshot opens that
  public record Base(Optional<Path> folder, Supplier<String> commit, Supplier<Snapshot> snapshot) {
    public Base(Path folder, LuceneIndex index) {
      this(Optional.of(folder), index::commitId, index::snapshot);
    }
  }

  /// Opens an index with the present content of its base; the caller closes the snapshot.
  ///
  /// @param folder where the index is, or is made
  public Snapshot snapshot(Base base, Path folder, String tokenizer, RecountListener listener) {
    TokenCounter counter = Tokenizers.named(tokenizer);
    Recounted recounted =
        open.computeIfAbsent(
            folder, _ -> new Recounted(LuceneIndex.open(folder, tokenizer, WRITER_WAIT)));
    synchronized (recounted) {
      LuceneIndex index = recounted.index;
      index.refresh();
      String commit = base.commit().get();
      if (index.commitId().isEmpty() && !commit.isEmpty() && base.folder().isPresent()) {
        boolean _ = Recount.make(base.folder().get(), folder, counter, WRITER_WAIT, listener);
        index.refresh();
      }
      if (!commit.equals(seen(index))) {
        try (Snapshot now = base.snapshot().get()) {
          new StoredItems(now).copyTo(index, counter, Map.of(BASE, commit));
        }
      }
      return index.snapshot();
    }
  }

  /// Returns the base's commit that an index was last updated to; empty for none.
  private static String seen(LuceneIndex index) {
    try (Snapshot _ = index.snapshot()) {
      return index.notes().getOrDefault(BASE, "");
    }
  }

  @Override
  public void close() {
    open.values().forEach(recounted -> recounted.index.close());
    open.clear();
  }
}
