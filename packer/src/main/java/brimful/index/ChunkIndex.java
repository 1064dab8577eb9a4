package brimful.index;

import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import java.util.Map;

/// A collection of chunks that can be searched.
///
/// Changes are invisible until [#commit], and a commit is atomic: after a crash the index has the
/// last complete one. Every method throws `UncheckedIOException` on an I/O error, and a
/// [brimful.corpus.UserError] when the disk is full; then the changes since the last commit are
/// lost, and the index accepts no more until it is released. Safe for many threads.
public interface ChunkIndex extends AutoCloseable {

  /// Takes the exclusive right to change the index, until it is closed or [#release]d; the first
  /// change does so, too. Waits for another process as long as the index was opened to.
  ///
  /// @return whether the index differs from earlier snapshots, so that plans based on them must be
  ///   made again
  /// @throws brimful.corpus.UserError of kind BUSY if another process keeps the right
  boolean claim();

  /// Lets others change the index; uncommitted changes are lost. Snapshots stay valid.
  void release();

  /// Replaces everything that the index holds of an item, or adds the item.
  void put(Item item);

  /// Begins to replace an item that may be too large to be held as a whole. Nothing happens before
  /// its first part comes. The caller closes it.
  ItemParts begin(DocumentId item);

  /// Deletes an item and all its documents; does nothing if there is none.
  void remove(DocumentId item);

  /// Makes all changes so far visible and durable.
  default void commit() {
    commit(Map.of());
  }

  /// Makes all changes so far visible and durable, with the notes as they are, unless an item is
  /// between its first and its last part.
  ///
  /// @return whether it did
  boolean tryCommit();

  /// Makes all changes so far visible and durable, together with the caller's notes, in one atomic
  /// step: for example how far a stream was read, so that index and position cannot disagree. Waits
  /// for the end of items that other threads add in parts.
  ///
  /// @param notes replace those of the previous commit
  void commit(Map<String, String> notes);

  /// Returns the notes of the last commit; none if there is no commit.
  Map<String, String> notes();

  /// Opens the state of the last commit. The caller closes it.
  Snapshot snapshot();

  /// Closes without committing; changes since the last commit are lost.
  @Override
  void close();
}
