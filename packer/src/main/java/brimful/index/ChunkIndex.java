package brimful.index;

import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import java.util.Map;

/// A collection of chunks that can be searched.
///
/// Changes are invisible until [#commit], and a commit is atomic: after a crash the index holds the
/// last one whole. Everything throws `UncheckedIOException` on an I/O error, and a
/// [brimful.corpus.UserError] when it is full; then nothing of the changes since the last commit
/// stays, and the index takes no more of them until it is released. Safe for many threads.
public interface ChunkIndex extends AutoCloseable {

  /// Becomes the only one that changes the index, until it is closed or [#release]d; the first
  /// change does so, too. Waits for another process as long as the index was opened to.
  ///
  /// @return whether the index is another than the snapshots so far have shown, so that what was
  ///   planned by them is to be planned again
  /// @throws brimful.corpus.UserError of kind BUSY if another one does not let go of it
  boolean claim();

  /// Lets others change the index; what was not committed is lost. Snapshots stay.
  void release();

  /// Replaces all that the index holds of an item, or adds it.
  void put(Item item);

  /// Forgets an item and all its documents; does nothing if there is none.
  void remove(DocumentId item);

  /// Makes all changes so far visible and durable.
  default void commit() {
    commit(Map.of());
  }

  /// Makes all changes so far visible and durable, and with them, in the same atomic step, what the
  /// caller wants to remember of them: how far a stream was read, so that index and position cannot
  /// disagree.
  ///
  /// @param notes replace those of the commit before
  void commit(Map<String, String> notes);

  /// Returns the notes of the last commit; none if there is no commit.
  Map<String, String> notes();

  /// Opens the state of the last commit. The caller closes it.
  Snapshot snapshot();

  /// Closes without committing; changes since the last commit are lost.
  @Override
  void close();
}
