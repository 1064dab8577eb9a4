package brimful.service;

import brimful.corpus.Chunk;
import brimful.corpus.DocumentId;
import java.util.List;

/// A document that was found.
///
/// @param best its chunks that match, best first; at least one
public record FoundDocument(DocumentId document, List<Chunk> best) {
  public FoundDocument {
    best = List.copyOf(best);
  }

  /// Part of the documents that were found, best first.
  ///
  /// @param more whether others follow
  public record Page(List<FoundDocument> documents, boolean more) {
    public Page {
      documents = List.copyOf(documents);
    }
  }

  /// Which part of the documents is wanted.
  ///
  /// @param skip the best ones to leave out
  /// @param limit the most documents
  /// @param chunksMax the most chunks of each
  public record Wanted(int skip, int limit, int chunksMax) {}
}
