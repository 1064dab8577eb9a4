package brimful.pack;

import brimful.index.ChunkRef;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Finds chunks that say the same as one that was taken before.
///
/// The same text, whitespace aside, is a duplicate at any length; so are texts whose SimHashes
/// differ in at most [#BITS_MAX] bits, unless one is so short that this says nothing. Four tables,
/// one for each quarter of the SimHash, find those: with three bits changed, one quarter is
/// unchanged.
final class Duplicates {
  static final int BITS_MAX = 3;
  static final int NEAR_TOKENS_MIN = 50;

  private static final int BANDS = 4;
  private static final int BAND_BITS = 16;

  /// How many chunks with the same quarter are compared, newest first: a bound for corpora in which
  /// thousands of chunks look much alike.
  private static final int COMPARED_MAX = 64;

  private static final int NONE = -1;

  private final ChunkTable table;
  private final Map<Long, Integer> byHash = new HashMap<>();
  private final int[][] newest = new int[BANDS][1 << BAND_BITS];
  private int[] chunks = new int[1024];
  private int[][] older = new int[BANDS][1024];
  private int size = 0;

  Duplicates(ChunkTable table) {
    this.table = table;
    for (int[] heads : newest) {
      Arrays.fill(heads, NONE);
    }
  }

  /// Remembers a chunk that was taken.
  void add(int chunk) {
    ChunkRef ref = table.ref(chunk);
    byHash.putIfAbsent(ref.hash(), chunk);
    if (!comparable(ref)) {
      return;
    }
    if (size == chunks.length) {
      chunks = Arrays.copyOf(chunks, size * 2);
      for (int band = 0; band < BANDS; band++) {
        older[band] = Arrays.copyOf(older[band], size * 2);
      }
    }
    chunks[size] = chunk;
    for (int band = 0; band < BANDS; band++) {
      int quarter = quarter(ref.simHash(), band);
      older[band][size] = newest[band][quarter];
      newest[band][quarter] = size;
    }
    size++;
  }

  /// Returns a chunk taken before that says the same, or -1.
  int find(int chunk) {
    ChunkRef ref = table.ref(chunk);
    int same = byHash.getOrDefault(ref.hash(), NONE);
    if (same != NONE || !comparable(ref)) {
      return same;
    }
    for (int band = 0; band < BANDS; band++) {
      int entry = newest[band][quarter(ref.simHash(), band)];
      for (int i = 0; i < COMPARED_MAX && entry != NONE; i++) {
        long other = table.ref(chunks[entry]).simHash();
        if (Long.bitCount(other ^ ref.simHash()) <= BITS_MAX) {
          return chunks[entry];
        }
        entry = older[band][entry];
      }
    }
    return NONE;
  }

  private static boolean comparable(ChunkRef ref) {
    return ref.tokens() >= NEAR_TOKENS_MIN && ref.simHash() != 0;
  }

  private static int quarter(long simHash, int band) {
    return (int) (simHash >>> (band * BAND_BITS)) & ((1 << BAND_BITS) - 1);
  }
}
