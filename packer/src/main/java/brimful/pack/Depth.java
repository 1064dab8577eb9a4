package brimful.pack;

import java.util.Arrays;

/// Takes ranked chunks by what they gain for each token, lazily and greedily.
///
/// A chunk gains less for each chunk that is in of its document, so a window is not one document's.
/// Only the best chunk left of each document waits in the heap: for n chunks this takes O(n log n)
/// time.
final class Depth {
  /// What a chunk is worth even in a document that is worth nothing.
  private static final double DOCUMENT_FLOOR = 0.3;

  /// Below 1, so that long chunks are not shut out by many short ones.
  private static final double LENGTH_EXPONENT = 0.85;

  private static final double SATURATION = 0.9;

  private final ChunkTable table;
  private final Selection selection;
  private final long[] gains;
  private final int[] next;
  private final int[] end;
  private final KeyHeap heap;

  Depth(ChunkTable table, Costs costs, Ranks ranks, Selection selection) {
    this.table = table;
    this.selection = selection;
    next = new int[table.documents()];
    end = new int[table.documents()];
    gains = byDocument(sortedGains(costs, ranks));
    heap = new KeyHeap(ranks.documents().length);
    for (int document : ranks.documents()) {
      pushNext(document);
    }
  }

  /// Takes chunks until no more than `reserve` tokens are free or none is left.
  void run(long reserve) {
    while (!heap.isEmpty() && selection.free() > reserve) {
      int document = Keys.number(heap.pop());
      selection.take(Keys.number(gains[next[document]++]));
      pushNext(document);
    }
  }

  private void pushNext(int document) {
    if (next[document] < end[document]) {
      double saturation = Math.pow(SATURATION, selection.chosen(document));
      heap.push(Keys.bestFirst(Keys.score(gains[next[document]]) * saturation, document));
    }
  }

  private long[] sortedGains(Costs costs, Ranks ranks) {
    var keys = new long[ranks.chunks()];
    for (int rank = 0; rank < keys.length; rank++) {
      int chunk = ranks.chunk(rank);
      double worth = DOCUMENT_FLOOR + ranks.documentScore(table.documentOf(chunk));
      double gain = worth * ranks.chunkScore(rank) / Math.pow(costs.chunk(chunk), LENGTH_EXPONENT);
      keys[rank] = Keys.bestFirst(gain, chunk);
    }
    Arrays.sort(keys);
    return keys;
  }

  /// Sorts gains by document, stably, and sets where each document's begin and end.
  private long[] byDocument(long[] sorted) {
    var sizes = new int[table.documents()];
    for (long key : sorted) {
      sizes[table.documentOf(Keys.number(key))]++;
    }
    int start = 0;
    for (int document = 0; document < sizes.length; document++) {
      next[document] = start;
      end[document] = start;
      start += sizes[document];
    }
    var grouped = new long[sorted.length];
    for (long key : sorted) {
      grouped[end[table.documentOf(Keys.number(key))]++] = key;
    }
    return grouped;
  }
}
