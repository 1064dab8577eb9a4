package brimful.pack;

/// Takes ranked chunks, best first.
///
/// Not by score per token, as a knapsack solver would: on six question sets that admits many small,
/// empty chunks and finds less evidence at every budget (RATIONALE.md, "Best first, not densest
/// first").
final class RankedFill {
  private final Ranks ranks;
  private final Selection selection;
  private int next = 0;

  RankedFill(Ranks ranks, Selection selection) {
    this.ranks = ranks;
    this.selection = selection;
  }

  /// Takes chunks until at most `reserve` tokens are free or no chunk is left.
  void run(long reserve) {
    while (next < ranks.chunks() && selection.free() > reserve) {
      selection.take(ranks.chunk(next++));
    }
  }
}
