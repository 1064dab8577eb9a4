package brimful.pack;

/// The order of documents in a window.
///
/// Ordering by relevance gains almost nothing on real retrieval (arXiv 2505.15561), so the order
/// may serve the provider's cache, which keeps the beginnings of prompts.
public sealed interface Layout {
  /// All documents in canonical order, whatever the question is.
  Layout CANONICAL = new Canonical();

  /// All documents in canonical order: prompts share a beginning as long as they share documents.
  record Canonical() implements Layout {}

  /// The most relevant documents first. No two questions share a beginning; this layout exists for
  /// comparison.
  record ByRelevance() implements Layout {}

  /// First a prefix with the same bytes for every question, then what this question needs.
  ///
  /// The prefix holds whole documents in canonical order, chosen by path alone: the same corpus,
  /// format and `prefixTokensMax` give the same prefix. A corpus that fits is all prefix.
  ///
  /// @param prefixTokensMax the most that the prefix's documents may cost, as counted at ingest
  record Cacheable(int prefixTokensMax) implements Layout {
    public Cacheable {
      if (prefixTokensMax < 1) {
        throw new IllegalArgumentException(
            "prefix of %s tokens: give a positive number, or use the canonical layout"
                .formatted(prefixTokensMax));
      }
    }
  }

  /// Returns the layout with a prefix of so many tokens; the canonical one for none.
  static Layout withPrefix(int tokens) {
    return tokens > 0 ? new Cacheable(tokens) : CANONICAL;
  }
}
