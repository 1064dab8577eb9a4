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
import java.util.concurrent.ConcurrentHashMap;

/// Indexes that hold the same as another one, counted with another tokenizer. No file is read for
/// them: the first time all chunks are counted, and after a change those that have changed.
///
/// The borders of the chunks stay those of the index that they are made from. Safe for many
/// threads; those who want the same index wait for the first of them.
final class RecountedIndexes implements AutoCloseable {
  private static final LockWait WRITER_WAIT = LockWait.quiet(Duration.ofMinutes(10));

  /// The commit of the other index that one was made from, in its notes.
  private static final String BASE = "base";

  private final Map<Path, Recounted> open = new ConcurrentHashMap<>();

  /// One index; its monitor is held while it is brought up to date.
  private static final class Recounted {
    private final LuceneIndex index;

    Recounted(LuceneIndex index) {
      this.index = index;
    }
  }

  /// What an index is made from.
  ///
  /// @param folder where it is
  /// @param index the same, open
  record Base(Path folder, LuceneIndex index) {}

  /// Opens an index as its base is now; the caller closes the snapshot.
  ///
  /// @param folder where the index is, or is made
  Snapshot snapshot(Base base, Path folder, String tokenizer, RecountListener listener) {
    TokenCounter counter = Tokenizers.named(tokenizer);
    Recounted recounted =
        open.computeIfAbsent(
            folder, _ -> new Recounted(LuceneIndex.open(folder, tokenizer, WRITER_WAIT)));
    synchronized (recounted) {
      LuceneIndex index = recounted.index;
      index.refresh();
      String commit = base.index().commitId();
      if (index.commitId().isEmpty() && !commit.isEmpty()) {
        boolean _ = Recount.make(base.folder(), folder, counter, WRITER_WAIT, listener);
        index.refresh();
      }
      if (!commit.equals(seen(index))) {
        try (Snapshot now = base.index().snapshot()) {
          new StoredItems(now).copyTo(index, counter, Map.of(BASE, commit));
        }
      }
      return index.snapshot();
    }
  }

  /// Returns the commit that an index was last brought up to; empty for none.
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
