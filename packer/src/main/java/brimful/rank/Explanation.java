package brimful.rank;

import brimful.index.ChunkRef;
import java.util.List;

/// Why a chunk has its place in a ranking.
///
/// @param score what orders it, 0 to 1
/// @param own what its words and its neighbours are worth, 0 to 1, weighed by what its path tells
/// @param standing what its document is worth, 0 to 1
/// @param opinions what the document's standing is made of, in words
public record Explanation(
    ChunkRef chunk, double score, double own, double standing, List<String> opinions) {
  public Explanation {
    opinions = List.copyOf(opinions);
  }
}
