package brimful.index;

import brimful.corpus.Document;
import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import java.util.List;
import java.util.Optional;

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

  /// What is written of an item at once: nearly always all of it.
  ///
  /// @param id the item's id
  /// @param number its place among the item's parts, from 0
  /// @param state what the index remembers of the item; only the last part has it
  /// @param documents the first may go on with the last one of the part before
  record Part(DocumentId id, int number, Optional<ItemState> state, List<Document> documents) {

    /// Returns the last part of an item, or the only one.
    ///
    /// @param item has the documents of this part
    public static Part last(Item item, int number) {
      return new Part(item.id(), number, Optional.of(ItemState.of(item)), item.documents());
    }
  }
}
