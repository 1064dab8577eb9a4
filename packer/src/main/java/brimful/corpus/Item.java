package brimful.corpus;

import java.util.List;

/// What became of one file of a source: the unit that is read, replaced and forgotten as a whole.
///
/// @param id the file's own id
/// @param stamp what the source knows cheaply of the file's state, such as size and time or a
///   blob's id: as long as it is the same, the file is not read again
/// @param outcome how the file ended
/// @param documents its text: one document, or one for each member of an archive; empty when it
///   gave none
/// @param members how the members of an archive or mail ended, one each; empty for a plain file
public record Item(
    DocumentId id, String stamp, Outcome outcome, List<Document> documents, List<Member> members) {

  /// How a part of an archive or a mail ended.
  public record Member(DocumentId id, Outcome outcome) {}

  public Item {
    documents = List.copyOf(documents);
    members = List.copyOf(members);
    for (Document document : documents) {
      if (!document.id().item().equals(id)) {
        throw new IllegalArgumentException(
            "document %s is not of item %s: put it into its own item".formatted(document.id(), id));
      }
    }
  }

  /// Returns an item that gave no text.
  public static Item without(DocumentId id, String stamp, Outcome outcome) {
    return new Item(id, stamp, outcome, List.of(), List.of());
  }
}
