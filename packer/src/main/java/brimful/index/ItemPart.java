package brimful.index;

import brimful.corpus.Document;
import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import java.util.List;
import java.util.Optional;

/// What is written of an item at once: nearly always all of it.
///
/// @param id the item's id
/// @param number its place among the item's parts, from 0
/// @param state what the index remembers of the item; only the last part has it
/// @param documents the first may go on with the last one of the part before
record ItemPart(DocumentId id, int number, Optional<ItemState> state, List<Document> documents) {

  /// Returns the last part of an item, or the only one.
  ///
  /// @param item has the documents of this part
  static ItemPart last(Item item, int number) {
    return new ItemPart(item.id(), number, Optional.of(ItemState.of(item)), item.documents());
  }
}
