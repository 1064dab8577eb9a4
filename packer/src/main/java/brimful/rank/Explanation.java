package brimful.rank;

import brimful.index.ChunkRef;
import java.util.List;

/// Why a chunk has its rank.
///
/// @param score the value that orders it, 0 to 1
/// @param own the score of its own and its neighbours' words, 0 to 1, weighted by its path
/// @param standing its document's score, 0 to 1
/// @param opinions what the document's score consists of, in words
public record Explanation(
    ChunkRef chunk, double score, double own, double standing, List<String> opinions) {
  public Explanation {
    opinions = List.copyOf(opinions);
  }
}
