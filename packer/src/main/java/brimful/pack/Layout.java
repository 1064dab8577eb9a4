package brimful.pack;

/// In what order documents stand in a window.
///
/// Ordering by relevance gains next to nothing on real retrieval (arXiv 2505.15561), so the order
/// may serve the provider's cache, which keeps the beginnings of prompts.
public sealed interface Layout {
  /// All documents in canonical order, whatever is asked.
  Layout CANONICAL = new Canonical();

  /// All documents in canonical order: prompts begin alike as far as their choice of documents
  /// does.
  record Canonical() implements Layout {}

  /// The documents that matter most to the question first. No two questions begin alike; it is here
  /// to be compared with.
  record ByRelevance() implements Layout {}

  /// First a prefix that is the same bytes for every question, then what this question needs.
  ///
  /// The prefix holds whole documents in canonical order, chosen by path alone: the same corpus,
  /// format and `prefixTokensMax` make the same prefix. A corpus that fits is all prefix.
  ///
  /// @param prefixTokensMax the most that the prefix's documents cost, as counted at ingest
  record Cacheable(int prefixTokensMax) implements Layout {
    public Cacheable {
      if (prefixTokensMax < 1) {
        throw new IllegalArgumentException(
            "prefix of %s tokens: give a positive number, or use the canonical layout"
                .formatted(prefixTokensMax));
      }
    }
  }
}
