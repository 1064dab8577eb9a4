package brimful.batch;

import brimful.corpus.Sha256;
import brimful.index.ChunkRef;
import brimful.index.Outline;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;

/// The documents that all questions are asked about together: a row group of the table.
///
/// @param name a path within the corpus; `.` for all of it
/// @param documents in canonical order; empty if nothing of it could be read
/// @param problem why nothing could be read; empty if something was
public record Unit(String name, List<Outline> documents, String problem) {
  public Unit {
    documents = List.copyOf(documents);
    if (documents.isEmpty() == problem.isEmpty()) {
      throw new IllegalArgumentException(
          "unit %s with %s documents and the problem \"%s\": give it one or the other"
              .formatted(name, documents.size(), problem));
    }
  }

  /// Returns the cost of all its documents in the window.
  long tokens() {
    return documents.stream().mapToLong(Outline::tokens).sum();
  }

  /// Returns a hash of its documents' names and contents.
  String hash() {
    MessageDigest sha = Sha256.digest();
    ContentHash.add(sha, problem);
    for (Outline document : documents) {
      ContentHash.add(sha, document.document().value());
      ContentHash.add(sha, document.title());
      for (ChunkRef chunk : document.chunks()) {
        ContentHash.add(
            sha,
            String.format(
                Locale.ROOT,
                "%d %d %d %d %x %x",
                chunk.ordinal(),
                chunk.tokens(),
                chunk.firstLine(),
                chunk.lastLine(),
                chunk.hash(),
                chunk.simHash()));
      }
    }
    return ContentHash.hex(sha);
  }
}
