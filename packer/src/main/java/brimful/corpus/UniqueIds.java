package brimful.corpus;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Gives each document of a file an id that no other one has. For one thread.
public final class UniqueIds {
  private final Set<DocumentId> given = new HashSet<>();

  /// The last number tried for each id that is requested more than once.
  private final Map<DocumentId, Integer> numbers = new HashMap<>();

  /// Returns the requested id, or that with a number: `a~2`.
  public DocumentId of(DocumentId wanted) {
    DocumentId id = wanted;
    while (!given.add(id)) {
      id = new DocumentId(wanted + "~" + numbers.merge(wanted, 2, (number, _) -> number + 1));
    }
    return id;
  }
}
