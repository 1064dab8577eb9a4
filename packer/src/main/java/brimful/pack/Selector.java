package brimful.pack;

import java.util.Arrays;

/// Chooses what goes into the window: first what matters, then whatever fills it.
///
/// With a ranking: breadth, small files at the top whole, depth, half-chosen files whole, padding,
/// depth again. Then, and without a ranking from the start: the rest, until nothing fits.
final class Selector {
  /// Breadth takes one chunk of this many files: budget / 400, within these bounds.
  private static final int BREADTH_TOKENS_EACH = 400;

  private static final int BREADTH_MIN = 8;
  private static final int BREADTH_MAX = 40;
  private static final double BREADTH_SHARE = 0.35;

  /// How many files at the top are taken whole if they are small.
  private static final int TOP = 3;

  private static final double SMALL_SHARE = 0.08;

  /// What the first depth leaves free, for promotion and padding.
  private static final double RESERVE_SHARE = 0.25;

  private static final double PROMOTED_SHARE = 0.5;

  /// The largest file that is taken whole where nothing is ranked.
  private static final double UNRANKED_SHARE = 0.25;

  private final ChunkTable table;
  private final Costs costs;
  private final Texts texts;
  private final Ranks ranks;

  Selector(ChunkTable table, Costs costs, Texts texts, Ranks ranks) {
    this.table = table;
    this.costs = costs;
    this.texts = texts;
    this.ranks = ranks;
  }

  /// Returns the best selection that costs at most `budget` tokens, documents' own lines included.
  Selection select(long budget) {
    var selection = new Selection(table, costs, budget);
    if (takesAll(selection)) {
      return selection;
    }
    var brim = new Brim(table, costs, texts, selection);
    if (ranks.chunks() == 0) {
      brim.fill(StaticOrder.of(table), (long) (budget * UNRANKED_SHARE));
    } else {
      takeRanked(selection, budget);
      brim.fill(ranks.documents(), (long) (budget * SMALL_SHARE));
      if (brim.room()) {
        brim.fill(StaticOrder.of(table), (long) (budget * SMALL_SHARE));
      }
    }
    brim.swapLast();
    brim.cut(ranks);
    brim.repeat();
    return selection;
  }

  private boolean takesAll(Selection selection) {
    long tokens = 0;
    for (int document = 0; document < table.documents(); document++) {
      tokens += selection.wholeTokens(document);
    }
    for (int document = 0; document < table.documents() && tokens <= selection.free(); document++) {
      tokens += table.size(document) == 0 ? 0 : costs.document(document);
    }
    if (tokens > selection.free()) {
      return false;
    }
    for (int document = 0; document < table.documents(); document++) {
      selection.takeWhole(document);
    }
    return true;
  }

  private void takeRanked(Selection selection, long budget) {
    takeBreadth(selection, budget);
    for (int i = 0; i < Math.min(TOP, ranks.documents().length); i++) {
      int document = ranks.documents()[i];
      if (selection.wholeTokens(document) <= budget * SMALL_SHARE) {
        selection.promote(document);
      }
    }
    var depth = new Depth(table, costs, ranks, selection);
    depth.run((long) (budget * RESERVE_SHARE));
    for (int document : ranks.documents()) {
      if (selection.tokens(document) >= PROMOTED_SHARE * selection.wholeTokens(document)) {
        selection.promote(document);
      }
    }
    new Padding(table, costs, texts, selection).pad();
    depth.run(0);
  }

  private void takeBreadth(Selection selection, long budget) {
    selection.take(ranks.chunk(0));
    int[] best = bestOfDocuments();
    long files = Math.clamp(budget / BREADTH_TOKENS_EACH, BREADTH_MIN, BREADTH_MAX);
    for (int document : ranks.documents()) {
      boolean enough = selection.picked() >= files;
      if (enough || selection.free() <= budget * (1 - BREADTH_SHARE)) {
        return;
      }
      if (best[document] >= 0) {
        selection.take(best[document]);
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
