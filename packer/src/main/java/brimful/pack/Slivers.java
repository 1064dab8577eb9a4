package brimful.pack;

import java.util.Arrays;
import java.util.BitSet;

/// Shows the first lines of the best chunk of documents that are ranked and not in.
///
/// Code is changed in files that are named by nothing but a few words: a look at where more may be
/// found is cheap, and in the right file it is worth more than another chunk of a wrong one.
final class Slivers {
  /// What one may cost, the document's own lines aside: a tag and a signature or two.
  private static final int TOKENS_MAX = 40;

  private final ChunkTable table;
  private final Costs costs;
  private final Texts texts;
  private final Ranks ranks;
  private final Selection selection;

  Slivers(ChunkTable table, Costs costs, Texts texts, Ranks ranks, Selection selection) {
    this.table = table;
    this.costs = costs;
    this.texts = texts;
    this.ranks = ranks;
    this.selection = selection;
  }

  /// Takes slivers of documents, best first.
  ///
  /// @param documents how many of the best documents are looked at
  /// @param tokens the most that all of them may cost
  void take(int documents, long tokens) {
    int[] best = bestOfDocuments();
    var wanted = new BitSet(table.chunks());
    int[] order = ranks.documents();
    int looked = Math.min(documents, order.length);
    for (int i = 0; i < looked; i++) {
      if (!selection.touched(order[i]) && best[order[i]] >= 0) {
        wanted.set(best[order[i]]);
      }
    }
    texts.load(wanted);
    var heads = new Heads(table, costs, texts);
    long floor = selection.free() - tokens;
    for (int i = 0; i < looked; i++) {
      int document = order[i];
      long room = selection.free() - Math.max(0, floor) - costs.document(document);
      if (!selection.touched(document) && best[document] >= 0 && room > 0) {
        heads
            .head(best[document], Math.min(room, TOKENS_MAX))
            .ifPresent(span -> selection.cut(best[document], span));
      }
    }
  }

  private int[] bestOfDocuments() {
    var best = new int[table.documents()];
    Arrays.fill(best, -1);
    for (int rank = 0; rank < ranks.chunks(); rank++) {
      int document = table.documentOf(ranks.chunk(rank));
      if (best[document] < 0) {
        best[document] = ranks.chunk(rank);
      }
    }
    return best;
  }
}
