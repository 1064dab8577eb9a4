package brimful.collection;

import brimful.corpus.Outcome;
import brimful.index.ItemState;
import brimful.index.LuceneIndex;
import java.util.Optional;
import java.util.function.Predicate;

/// Brings a collection's index up to date with one of its sources: here, or by workers. Safe for
/// many threads; works on one source of a collection at a time.
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

  /// Returns the index of a collection, with all that was committed to it by now. It stays this
  /// indexer's.
  LuceneIndex index(Collection collection);

  /// Whether the index of a collection was lost, so that all of its sources have to be read again.
  boolean isLost(Collection collection);

  /// Returns an item's state as its source knows it; empty if it is none of the collection's.
  Optional<ItemState> own(ItemState state);

  /// Whether jobs of several collections may run side by side.
  boolean sideBySide();

  @Override
  void close();
}
