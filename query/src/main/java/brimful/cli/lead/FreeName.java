package brimful.cli.lead;

import brimful.corpus.DocumentId;
import java.util.Set;

/// Names of documents that are not of the corpus.
final class FreeName {
  private FreeName() {}

  /// Returns a name that no document of the corpus has, and no folder or archive.
  static String of(String name, Set<DocumentId> taken) {
    String free = name;
    for (int n = 2; isTaken(free, taken); n++) {
      free = name + "-" + n;
    }
    return free;
  }

  private static boolean isTaken(String name, Set<DocumentId> taken) {
    return taken.stream()
        .map(DocumentId::value)
        .anyMatch(id -> id.equals(name) || id.startsWith(name + "/") || id.startsWith(name + "!/"));
  }
}
