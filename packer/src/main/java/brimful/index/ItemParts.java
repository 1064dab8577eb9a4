package brimful.index;

import brimful.corpus.Document;
import brimful.corpus.Item;
import java.util.List;

/// An item on its way into an index, which need not be held as a whole: all its parts but the last
/// are added, and the last one ends it. Nothing is committed between the first and the last.
///
/// For one thread. Throws what [ChunkIndex#put] does.
public interface ItemParts extends AutoCloseable {

  /// Adds documents.
  ///
  /// @param documents the first may go on with the last one that was added before, with the next
  ///   ordinal and the same title
  /// @throws IllegalArgumentException if a document goes on with another one, or with a gap
  void add(List<Document> documents);

  /// Adds the last documents, and replaces everything that the index holds of the item. If the item
  /// failed, what was added before is dropped.
  ///
  /// @param last all of the item, but without the documents that were added before
  void end(Item last);

  /// Gives up if the item was not ended: once a part was added, the index holds nothing of it.
  @Override
  void close();
}
