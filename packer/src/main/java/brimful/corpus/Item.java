package brimful.corpus;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The result for one file of a source: the unit that is read, replaced and deleted as a whole.
///
/// @param id the file's own id
/// @param stamp the file's state as its source cheaply knows it, such as size and time or a blob's
///   id: while it is equal, the file is not read again
/// @param outcome how the file ended
/// @param documents its text: one document, or one for each member of an archive; empty without
///   text; ids are unique
/// @param members how the members of an archive or mail ended; empty for a plain file; ids are
///   unique
/// @param secrets what was masked in the text
public record Item(
    DocumentId id,
    String stamp,
    Outcome outcome,
    List<Document> documents,
    List<Member> members,
    Secrets secrets) {

  /// How a part of an archive or a mail ended.
  public record Member(DocumentId id, Outcome outcome) {}

  public Item {
    documents = List.copyOf(documents);
    members = List.copyOf(members);
    requireOwn(id, documents.stream().map(Document::id).toList());
    requireOwn(id, members.stream().map(Member::id).toList());
  }

  /// Returns an item without masked secrets.
  public Item(
      DocumentId id,
      String stamp,
      Outcome outcome,
      List<Document> documents,
      List<Member> members) {
    this(id, stamp, outcome, documents, members, Secrets.NONE);
  }

  /// Everything is found by its id: two equal ids would be one for a reader, and none for a writer.
  private static void requireOwn(DocumentId item, List<DocumentId> ids) {
    Set<DocumentId> seen = HashSet.newHashSet(ids.size());
    for (DocumentId id : ids) {
      if (!id.item().equals(item)) {
        throw new IllegalArgumentException(
            "document %s is not of item %s: put it into its own item".formatted(id, item));
      }
      if (!seen.add(id)) {
        throw new IllegalArgumentException(
            "item %s has two documents %s: give each an id of its own".formatted(item, id));
      }
    }
  }

  /// Returns the same with another stamp and outcome.
  public Item with(String otherStamp, Outcome other) {
    return new Item(id, otherStamp, other, documents, members, secrets);
  }

  /// Returns an item without text.
  public static Item without(DocumentId id, String stamp, Outcome outcome) {
    return new Item(id, stamp, outcome, List.of(), List.of());
  }
}
