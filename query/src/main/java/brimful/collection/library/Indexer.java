package brimful.collection.library;

import brimful.corpus.Outcome;
import brimful.index.ItemState;
import brimful.index.LuceneIndex;
import brimful.index.RecountListener;
import brimful.index.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Brings a collection's index up to date with one of its sources, in this process or through
/// workers. Safe for many threads; works on one source of a collection at a time.
///
/// A collection has one index that its sources are read into, counted with the tokenizer that it
/// was first read with. Indexes of other tokenizers are counted from it.
interface Indexer extends AutoCloseable {

  /// Reads what has changed in a source.
  ///
  /// @param again which unchanged files to read all the same
  /// @param run receives the progress, and tells whether to stop
  /// @throws java.util.concurrent.CancellationException if it was stopped
  void sync(Collection collection, CollectionSource source, Predicate<Outcome> again, JobRun run);

  /// Removes everything that came from a source.
  void remove(Collection collection, CollectionSource source, JobRun run);

  /// Drops a deleted collection.
  void drop(Collection collection);

  /// Opens a collection's index of a tokenizer, with everything that is committed by now. If there
  /// is none, it is counted from the one that exists. The caller closes it.
  ///
  /// @param recount receives the progress of that
  Snapshot snapshot(Collection collection, String tokenizer, RecountListener recount);

  /// Returns whether the index of a collection was lost, so that all its sources must be read
  /// again.
  boolean isLost(Collection collection);

  /// Returns whether an index was replaced because of its version or a defect, or cannot be read.
  static boolean isLost(LuceneIndex index) {
    return index.discarded().isPresent() || index.isDamaged();
  }

  /// Returns an item's state as its source knows it; empty if it is not an item of the collection.
  default Optional<ItemState> own(ItemState state) {
    return Optional.of(state);
  }

  /// Returns why files of a collection may be missing, a line each; usually none.
  default List<String> gaps(Collection collection) {
    return List.of();
  }

  /// Returns what keeps every collection from changing, a line for anybody; empty if nothing does.
  default String notice() {
    return "";
  }

  /// Returns where collections are kept, as far as their names are concerned: another place has
  /// others of the same names. Empty if that is not known now.
  default String origin() {
    return "in-process";
  }

  /// Returns whether jobs of several collections may run side by side.
  boolean sideBySide();

  @Override
  void close();
}
