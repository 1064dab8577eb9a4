package brimful.pack;

/// Takes ranked chunks, best first.
///
/// Not by worth for each token, which is what a knapsack wants: measured on six sets of questions,
/// that lets in many small chunks that say nothing, and finds less at every budget (RATIONALE.md,
/// "Best first, not densest first").
final class Depth {
  private final Ranks ranks;
  private final Selection selection;
  private int next = 0;

  Depth(Ranks ranks, Selection selection) {
    this.ranks = ranks;
    this.selection = selection;
  }

  /// Takes chunks until no more than `reserve` tokens are free or none is left.
  void run(long reserve) {
    while (next < ranks.chunks() && selection.free() > reserve) {
      selection.take(ranks.chunk(next++));
    }
  }
}
