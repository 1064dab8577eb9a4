package brimful.rank;

import brimful.corpus.DocumentId;
import brimful.index.ChunkRef;
import java.util.List;

/// The corpus in order of relevance to a question.
///
/// @param documents best first
/// @param chunks best first
/// @param code whether the question is mostly about code, where a look at many files helps more
///   than in prose
public record Ranking(List<RankedDocument> documents, List<RankedChunk> chunks, boolean code) {
  public Ranking {
    documents = List.copyOf(documents);
    chunks = List.copyOf(chunks);
  }

  /// Returns a ranking of prose.
  public Ranking(List<RankedDocument> documents, List<RankedChunk> chunks) {
    this(documents, chunks, false);
  }

  /// A document and its score, 0 to 1.
  public record RankedDocument(DocumentId document, double score) {}

  /// A chunk and its score, 0 to 1.
  public record RankedChunk(ChunkRef chunk, double score) {}
}
