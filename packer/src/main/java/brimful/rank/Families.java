package brimful.rank;

import brimful.index.ChunkRef;
import brimful.index.Outline;
import java.util.ArrayList;
import java.util.List;

/// Finds documents that are nearly the same: vendored copies, generated siblings, one routine for
/// each number type.
///
/// They match a question equally well, and would fill the first places among themselves.
final class Families {
  /// How many of the best documents are compared.
  private static final int COMPARED = 50;

  /// How many chunks of a document are compared, from its beginning.
  private static final int CHUNKS_MAX = 32;

  /// SimHashes of unrelated texts differ in 32 bits, with a deviation of 4.
  private static final int BITS_MAX = 12;

  /// Shorter chunks are similar by chance.
  private static final int TOKENS_MIN = 30;

  private final List<Outline> outlines;

  Families(List<Outline> outlines) {
    this.outlines = outlines;
  }

  /// Returns the documents that are nearly the same as one before them.
  ///
  /// @param order documents, best first
  List<Integer> followers(int[] order) {
    var leaders = new ArrayList<Integer>();
    var followers = new ArrayList<Integer>();
    for (int i = 0; i < Math.min(COMPARED, order.length); i++) {
      int number = order[i];
      if (leaders.stream().anyMatch(leader -> isFamily(leader, number))) {
        followers.add(number);
      } else {
        leaders.add(number);
      }
    }
    return followers;
  }

  private boolean isFamily(int a, int b) {
    List<ChunkRef> first = outlines.get(a).chunks();
    List<ChunkRef> second = outlines.get(b).chunks();
    int smaller = Math.min(first.size(), second.size());
    if (4 * Math.abs(first.size() - second.size()) > Math.max(4, smaller)) {
      return false;
    }
    int compared = Math.min(CHUNKS_MAX, smaller);
    int similar = 0;
    for (int at = 0; at < compared; at++) {
      similar += hasSimilar(first.get(at), second, at) ? 1 : 0;
    }
    return 3 * similar >= 2 * compared;
  }

  private static boolean hasSimilar(ChunkRef chunk, List<ChunkRef> others, int at) {
    for (int near = Math.max(0, at - 1); near <= Math.min(others.size() - 1, at + 1); near++) {
      if (isSimilar(chunk, others.get(near))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSimilar(ChunkRef a, ChunkRef b) {
    return a.hash() == b.hash()
        || (Math.min(a.tokens(), b.tokens()) >= TOKENS_MIN
            && Long.bitCount(a.simHash() ^ b.simHash()) <= BITS_MAX);
  }
}
