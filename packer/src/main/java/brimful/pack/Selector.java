package brimful.pack;

/// Chooses what goes into the window: first what is relevant, then whatever fills it.
///
/// With a ranking, in this order: the best chunks, files that are nearly complete, padding, more
/// chunks, and for code a skeleton of many files. Then, or from the start without a ranking: the
/// rest, until nothing fits. Greedy by score, not by score per token; the measurements behind the
/// order and its shares are in RATIONALE.md, "Ranking and packing". Each step only calls
/// [Selection], which keeps the budget, so the order can change without risk to the invariant.
/// Cost: one sort and a constant number of passes over the candidates.
final class Selector {
  /// The share reserved for a [Skeleton], where the question is about code.
  private static final double SKELETON_SHARE = 0.2;

  /// The share of the budget for definition lines in files that are partly in. More names show more
  /// relevant functions but push right files out (RATIONALE.md, "A skeleton of what is left out").
  private static final double EXTENSION_SHARE = 0.03;

  /// Tokens of the budget for each file that gets a look.
  private static final int TOKENS_A_FILE = 160;

  /// The largest file that is taken whole to fill up.
  private static final double SMALL_SHARE = 0.08;

  /// What the first pass leaves free for promotion and padding.
  private static final double RESERVE_SHARE = 0.25;

  /// A document of which this share is in is taken whole.
  private static final double PROMOTED_SHARE = 0.75;

  /// The share for the text around changes.
  private static final double AROUND_SHARE = 0.5;

  /// The largest file that is taken whole without a ranking.
  private static final double UNRANKED_SHARE = 0.25;

  private final ChunkTable table;
  private final TokenCosts costs;
  private final ChunkTexts texts;
  private final Ranks ranks;
  private final Wanted wanted;

  Selector(ChunkTable table, TokenCosts costs, ChunkTexts texts, Ranks ranks, Wanted wanted) {
    this.wanted = wanted;
    this.table = table;
    this.costs = costs;
    this.texts = texts;
    this.ranks = ranks;
  }

  /// Returns the best selection that costs at most `budget` tokens, documents' own lines included.
  Selection select(long budget) {
    var selection = new Selection(table, costs, budget);
    if (wanted.outlines()) {
      new Wanted.Outliner(table, costs, texts, selection).fill(ranks);
      return selection;
    }
    if (takesAll(selection)) {
      return selection;
    }
    takeAround(selection, (long) (budget * (1 - AROUND_SHARE)));
    var tailFill = new TailFill(table, costs, texts, selection);
    if (ranks.chunks() == 0) {
      tailFill.fill(StaticOrder.of(table), (long) (budget * UNRANKED_SHARE));
    } else {
      takeRanked(selection, budget);
      tailFill.fill(ranks.documents(), (long) (budget * SMALL_SHARE));
      if (tailFill.room()) {
        tailFill.fill(StaticOrder.of(table), (long) (budget * SMALL_SHARE));
      }
    }
    tailFill.swapLast();
    tailFill.cut(ranks);
    tailFill.repeat();
    return selection;
  }

  private void takeAround(Selection selection, long reserve) {
    for (int chunk : wanted.around()) {
      if (selection.free() - costs.chunk(chunk) >= reserve) {
        selection.take(chunk);
      }
    }
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
    long skeleton = ranks.code() ? (long) (budget * SKELETON_SHARE) : 0;
    var rankedFill = new RankedFill(ranks, selection);
    rankedFill.run(skeleton + (long) (budget * RESERVE_SHARE));
    for (int document : ranks.documents()) {
      if (selection.tokens(document) >= PROMOTED_SHARE * selection.wholeTokens(document)) {
        selection.promote(document);
      }
    }
    new Padding(table, costs, texts, selection, ranks.code()).pad();
    rankedFill.run(skeleton);
    if (skeleton > 0) {
      look(rankedFill, selection, budget, skeleton);
    }
  }

  /// Shows definition lines, and fills the remaining share with chunks.
  private void look(RankedFill rankedFill, Selection selection, long budget, long tokens) {
    var skeleton = new Skeleton(table, costs, texts, ranks, selection);
    long extension = (long) (budget * EXTENSION_SHARE);
    skeleton.open((int) (budget / TOKENS_A_FILE), tokens - extension);
    rankedFill.run(extension);
    skeleton.extend(extension);
    rankedFill.run(0);
  }
}
