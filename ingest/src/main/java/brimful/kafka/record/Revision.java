package brimful.kafka.record;

import brimful.corpus.DocumentId;
import brimful.corpus.Item;

/// One version of one item, as produced by a worker: what the index worker puts or deletes.
///
/// @param job the submission it belongs to
/// @param version see [Claim]
/// @param bytes the file's size, for progress
public record Revision(
    CollectionKey collection, String job, long version, long bytes, Change change) {

  /// The change to the item.
  public sealed interface Change {
    DocumentId id();

    record Put(Item item) implements Change {
      @Override
      public DocumentId id() {
        return item.id();
      }
    }

    record Delete(DocumentId id) implements Change {}
  }

  public DocumentId id() {
    return change.id();
  }
}
