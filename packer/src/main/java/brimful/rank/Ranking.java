package brimful.rank;

import brimful.corpus.DocumentId;
import brimful.index.ChunkRef;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// The corpus in order of relevance to a question.
///
/// @param documents best first
/// @param chunks best first
/// @param code whether the question is mostly about code, where a look at many files helps more
///   than in prose
/// @param misspelt the words of the question that were read as others, as written, with those
public record Ranking(
    List<RankedDocument> documents,
    List<RankedChunk> chunks,
    boolean code,
    SequencedMap<String, String> misspelt) {
  public Ranking {
    documents = List.copyOf(documents);
    chunks = List.copyOf(chunks);
    misspelt = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(misspelt));
  }

  /// Returns the ranking of a question whose words are all spelt right.
  public Ranking(List<RankedDocument> documents, List<RankedChunk> chunks, boolean code) {
    this(documents, chunks, code, new LinkedHashMap<>());
  }

  /// Returns a ranking of prose.
  public Ranking(List<RankedDocument> documents, List<RankedChunk> chunks) {
    this(documents, chunks, false);
  }

  /// A document and its score, 0 to 1.
  ///
  /// @param number its place among the outlines of the snapshot
  public record RankedDocument(int number, DocumentId document, double score) {}

  /// A chunk and its score, 0 to 1.
  public record RankedChunk(ChunkRef chunk, double score) {}
}
