package brimful.pack;

import brimful.corpus.Document;
import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import java.util.List;
import java.util.Map;

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

  /// First documents that are not of the corpus, such as a diff; then the corpus in canonical
  /// order.
  ///
  /// @param leads in the order in which they stand
  /// @param around lines of the corpus that go in before others, by document
  /// @param outlines whether all documents of the corpus are shown by the lines of their
  ///   definitions and headings
  record Composed(List<Lead> leads, Map<DocumentId, List<Locator.Lines>> around, boolean outlines)
      implements Layout {
    public Composed {
      leads = List.copyOf(leads);
      around = Map.copyOf(around);
    }

    /// Returns the documents of all leads.
    public List<Document> documents() {
      return leads.stream().flatMap(lead -> lead.documents().stream()).toList();
    }
  }

  /// Documents that come first.
  ///
  /// @param name what they are, such as `diff`
  /// @param unit what one of their chunks is called, such as `hunk`
  /// @param documents with ids that no document of the corpus has
  /// @param tokensMax the most that they may cost; whole chunks are left out
  record Lead(String name, String unit, List<Document> documents, int tokensMax) {
    public Lead {
      documents = List.copyOf(documents);
    }
  }

  /// Returns at most what the documents cost that are not of the corpus.
  default long leadTokens() {
    return this instanceof Composed composed
        ? composed.leads().stream()
            .mapToLong(lead ->
                Math.min(
                    lead.tokensMax(),
                    lead.documents().stream().mapToLong(it -> it.tokens() + FRAME_TOKENS).sum()))
            .sum()
        : 0;
  }

  /// About what the opening and closing lines of a document cost.
  int FRAME_TOKENS = 32;

  /// Returns the layout with a prefix of so many tokens; the canonical one for none.
  static Layout withPrefix(int tokens) {
    return tokens > 0 ? new Cacheable(tokens) : CANONICAL;
  }
}
