package brimful.pack;

import brimful.index.ChunkRef;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Finds chunks that repeat one that was taken before.
///
/// Two chunks are duplicates if their texts are equal except for whitespace, or if their SimHashes
/// differ in at most [#BITS_MAX] bits and both are long enough for that to mean something. Four
/// tables, one for each quarter of the SimHash, find near duplicates: with three bits changed, one
/// quarter is unchanged.
final class Duplicates {
  static final int BITS_MAX = 3;
  static final int NEAR_TOKENS_MIN = 50;

  private static final int BANDS = 4;
  private static final int BAND_BITS = 16;

  /// How many chunks with the same quarter are compared, newest first: a bound for corpora with
  /// thousands of similar chunks.
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

  /// Returns a chunk taken before that has the same content, or -1.
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
