package brimful.pack;

import brimful.index.sort.SortKeys;
import brimful.rank.Ranking;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// A ranking as numbers: sorted by score, ties in canonical order, whatever the input order.
final class Ranks {
  private final ChunkTable table;
  private final boolean code;
  private final long[] chunkKeys;
  private final int[] documents;

  Ranks(ChunkTable table, Ranking ranking) {
    this.table = table;
    code = ranking.code();
    chunkKeys = new long[ranking.chunks().size()];
    int i = 0;
    for (Ranking.RankedChunk ranked : ranking.chunks()) {
      chunkKeys[i++] = SortKeys.bestFirst(ranked.score(), table.number(ranked.chunk()));
    }
    Arrays.sort(chunkKeys);
    documents = withThoseOfChunks(sorted(ranking.documents()));
  }

  private int[] sorted(List<Ranking.RankedDocument> ranked) {
    var keys = new long[ranked.size()];
    for (int i = 0; i < keys.length; i++) {
      int document = table.number(ranked.get(i).document());
      keys[i] = SortKeys.bestFirst(ranked.get(i).score(), document);
    }
    Arrays.sort(keys);
    return SortKeys.numbers(keys);
  }

  private int[] withThoseOfChunks(int[] ranked) {
    var order = new int[table.documents()];
    var seen = new BitSet(order.length);
    int size = 0;
    for (int document : ranked) {
      if (!seen.get(document)) {
        seen.set(document);
        order[size++] = document;
      }
    }
    for (int i = 0; i < chunkKeys.length; i++) {
      int document = table.documentOf(chunk(i));
      if (!seen.get(document)) {
        seen.set(document);
        order[size++] = document;
      }
    }
    return Arrays.copyOf(order, size);
  }

  /// Returns whether the question is mostly about code.
  boolean code() {
    return code;
  }

  /// Returns how many chunks are ranked.
  int chunks() {
    return chunkKeys.length;
  }

  /// Returns the chunk of a rank, from 0.
  int chunk(int rank) {
    return SortKeys.number(chunkKeys[rank]);
  }

  /// Returns the ranked documents, best first, then those with ranked chunks only.
  int[] documents() {
    return documents;
  }
}
