package brimful.index;

import brimful.corpus.DocumentId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The numbers of documents: their places among the outlines of a snapshot. Immutable; made once
/// for a commit.
public final class DocumentNumbers {
  private static final int NONE = -1;

  private final Map<DocumentId, Integer> numbers;

  /// @param outlines of a snapshot, all of them
  public DocumentNumbers(List<Outline> outlines) {
    numbers = HashMap.newHashMap(outlines.size());
    for (int number = 0; number < outlines.size(); number++) {
      numbers.put(outlines.get(number).document(), number);
    }
  }

  /// Returns the numbers of a snapshot's documents.
  public static DocumentNumbers of(Snapshot snapshot) {
    return snapshot.derived(DocumentNumbers.class, DocumentNumbers::new);
  }

  /// Returns a document's number, or -1 if there is no such document.
  public int of(DocumentId document) {
    return numbers.getOrDefault(document, NONE);
  }
}
