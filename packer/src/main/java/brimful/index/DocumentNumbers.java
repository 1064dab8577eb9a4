package brimful.index;

import brimful.corpus.DocumentId;
import java.util.List;

/// The numbers of documents: their places among the outlines of a snapshot. Immutable; made once
/// for a commit.
public final class DocumentNumbers {
  private static final int NONE = -1;

  private final DocumentId[] ids;

  /// Open addressing: one more than the number of the document whose hash leads there or before, or
  /// 0.
  private final int[] table;

  /// @param outlines of a snapshot, all of them
  public DocumentNumbers(List<Outline> outlines) {
    ids = outlines.stream().map(Outline::document).toArray(DocumentId[]::new);
    table = new int[Integer.highestOneBit(Math.max(1, ids.length)) << 2];
    for (int number = 0; number < ids.length; number++) {
      int slot = slot(ids[number]);
      while (table[slot] != 0) {
        slot = (slot + 1) & (table.length - 1);
      }
      table[slot] = number + 1;
    }
  }

  private int slot(DocumentId document) {
    int hash = document.value().hashCode() * 0x9E3779B9;
    return (hash ^ (hash >>> 15)) & (table.length - 1);
  }

  /// Returns the numbers of a snapshot's documents.
  public static DocumentNumbers of(Snapshot snapshot) {
    return snapshot.derived(DocumentNumbers.class, DocumentNumbers::new);
  }

  /// Returns how many documents there are.
  public int size() {
    return ids.length;
  }

  /// Returns a document's number, or -1 if there is no such document.
  public int of(DocumentId document) {
    for (int slot = slot(document); table[slot] != 0; slot = (slot + 1) & (table.length - 1)) {
      DocumentId id = ids[table[slot] - 1];
      // Most ask with the id of an outline: the same object, which need not be looked at.
      if (id == document || id.equals(document)) {
        return table[slot] - 1;
      }
    }
    return NONE;
  }
}
