package brimful.collection;

import brimful.corpus.Outcome;
import brimful.index.ItemState;
import brimful.index.LuceneIndex;
import brimful.index.RecountListener;
import brimful.index.Snapshot;
import java.util.Optional;
import java.util.function.Predicate;

/// Brings a collection's index up to date with one of its sources: here, or by workers. Safe for
/// many threads; works on one source of a collection at a time.
///
/// A collection has one index that its sources are read into, counted with the tokenizer it was
/// first read with; those of other tokenizers are counted from it.
interface Indexer extends AutoCloseable {

  /// Reads what has changed of a source.
  ///
  /// @param again which files are read though they have not changed
  /// @param run is told how far it is, and tells whether to stop
  /// @throws java.util.concurrent.CancellationException if it was stopped
  void sync(Collection collection, CollectionSource source, Predicate<Outcome> again, JobRun run);

  /// Forgets all that came from a source.
  void remove(Collection collection, CollectionSource source, JobRun run);

  /// Forgets a whole collection, which nobody uses any more.
  void drop(Collection collection);

  /// Opens the index of a collection by a tokenizer, with all that was committed to it by now. One
  /// that is not there yet is counted from the one that is. The caller closes it.
  ///
  /// @param recount hears of that
  Snapshot snapshot(Collection collection, String tokenizer, RecountListener recount);

  /// Whether the index of a collection was lost, so that all of its sources have to be read again.
  boolean isLost(Collection collection);

  /// Whether an index is another one than was written, or cannot be read.
  static boolean isLost(LuceneIndex index) {
    return index.discarded().isPresent() || index.isDamaged();
  }

  /// Returns an item's state as its source knows it; empty if it is none of the collection's.
  default Optional<ItemState> own(ItemState state) {
    return Optional.of(state);
  }

  /// Whether jobs of several collections may run side by side.
  boolean sideBySide();

  @Override
  void close();
}
