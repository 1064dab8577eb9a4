package brimful.rank;

import brimful.corpus.DocumentId;
import brimful.index.ChunkRef;
import java.util.List;

/// The corpus in the order in which it matters to a question, as far as anything in it does.
///
/// @param documents best first
/// @param chunks best first
/// @param code whether it is mostly code that matters: there, a look at many files is worth more
///   than in prose
public record Ranking(List<RankedDocument> documents, List<RankedChunk> chunks, boolean code) {
  public Ranking {
    documents = List.copyOf(documents);
    chunks = List.copyOf(chunks);
  }

  /// Makes a ranking of prose.
  public Ranking(List<RankedDocument> documents, List<RankedChunk> chunks) {
    this(documents, chunks, false);
  }

  /// A document and what it is worth, 0 to 1.
  public record RankedDocument(DocumentId document, double score) {}

  /// A chunk and what it is worth, 0 to 1.
  public record RankedChunk(ChunkRef chunk, double score) {}
}
