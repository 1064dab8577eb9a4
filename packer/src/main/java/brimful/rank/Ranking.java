package brimful.rank;

import brimful.corpus.DocumentId;
import brimful.index.ChunkRef;
import java.util.List;

/// The corpus in the order in which it matters to a question, as far as anything in it does.
///
/// @param documents best first
/// @param chunks best first
public record Ranking(List<RankedDocument> documents, List<RankedChunk> chunks) {
  public Ranking {
    documents = List.copyOf(documents);
    chunks = List.copyOf(chunks);
  }

  /// A document and what it is worth, 0 to 1.
  public record RankedDocument(DocumentId document, double score) {}

  /// A chunk and what it is worth, 0 to 1.
  public record RankedChunk(ChunkRef chunk, double score) {}
}
