package brimful.service;

import brimful.index.DocumentNumbers;
import brimful.index.Outline;
import brimful.index.Snapshot;
import brimful.pack.Layout;
import brimful.rank.Ranking;
import java.util.BitSet;
import java.util.List;

/// The documents that a window is chosen from: all of a corpus that is not large, the best of a
/// large one, so that packing costs what the candidates cost.
///
/// @param documents in canonical order
/// @param beyond how many others the corpus has
/// @param beyondTokens the cost of all their chunks
record Shortlist(List<Outline> documents, int beyond, long beyondTokens) {
  /// Filling needs more than fits: some chunks repeat others, some are too large for the last gap.
  private static final int BUDGETS = 4;

  /// Returns the documents that a question is answered from.
  ///
  /// It is everything if the ranking has all documents or none, if the ranked documents could not
  /// fill the window, or if the layout names documents that the ranking may lack.
  static Shortlist of(Snapshot snapshot, Ranking ranking, Layout layout, int budgetTokens) {
    List<Outline> all = snapshot.outlines();
    boolean free = layout instanceof Layout.Canonical || layout instanceof Layout.ByRelevance;
    if (!free || ranking.documents().isEmpty() || ranking.documents().size() >= all.size()) {
      return new Shortlist(all, 0, 0);
    }
    DocumentNumbers numbers = DocumentNumbers.of(snapshot);
    var ranked = new BitSet(all.size());
    ranking.documents().forEach(document -> ranked.set(document.number()));
    ranking.chunks().forEach(chunk -> ranked.set(numbers.of(chunk.chunk().document())));
    List<Outline> documents = ranked.stream().mapToObj(all::get).toList();
    long tokens = documents.stream().mapToLong(Outline::tokens).sum();
    return tokens < (long) BUDGETS * budgetTokens
        ? new Shortlist(all, 0, 0)
        : new Shortlist(documents, all.size() - documents.size(), total(snapshot) - tokens);
  }

  private static long total(Snapshot snapshot) {
    return snapshot
        .derived(
            Total.class, outlines -> new Total(outlines.stream().mapToLong(Outline::tokens).sum()))
        .tokens();
  }

  /// The cost of all chunks of a corpus.
  private record Total(long tokens) {}
}
