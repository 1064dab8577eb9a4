package brimful.pack;

import brimful.corpus.UserError;
import brimful.index.Outline;
import brimful.pack.format.WindowFormat;
import brimful.rank.Ranking;
import java.util.List;

/// What to pack, and the budget for it.
///
/// @param budgetTokens the most that the whole prompt may cost
/// @param corpus all documents, in canonical order
/// @param ranking the relevant part of the corpus, by score; empty without a question or a match
/// @param layout the order of documents
public record PackRequest(
    Prompt prompt,
    int budgetTokens,
    List<Outline> corpus,
    Ranking ranking,
    WindowFormat format,
    Layout layout) {
  public PackRequest {
    corpus = List.copyOf(corpus);
    if (budgetTokens < 1) {
      throw new UserError(
          UserError.Kind.USAGE, "budget of %s tokens: give a positive one".formatted(budgetTokens));
    }
  }

  /// Returns a request for a window in canonical order.
  public PackRequest(
      Prompt prompt, int budgetTokens, List<Outline> corpus, Ranking ranking, WindowFormat format) {
    this(prompt, budgetTokens, corpus, ranking, format, Layout.CANONICAL);
  }

  /// Returns the same request with another layout.
  public PackRequest in(Layout other) {
    return new PackRequest(prompt, budgetTokens, corpus, ranking, format, other);
  }

  /// Returns the same request for other documents, without a ranking.
  PackRequest of(List<Outline> documents) {
    var none = new Ranking(List.of(), List.of());
    return new PackRequest(prompt, budgetTokens, documents, none, format, layout);
  }

  /// Returns whether all documents are shown by their outlines.
  boolean outlines() {
    return layout instanceof Layout.Composed composed && composed.outlines();
  }

  /// Returns the same request with another prompt.
  PackRequest with(Prompt other) {
    return new PackRequest(other, budgetTokens, corpus, ranking, format, layout);
  }

  /// Returns a request without a question.
  public static PackRequest whole(int budgetTokens, List<Outline> corpus, WindowFormat format) {
    return new PackRequest(
        Prompt.withoutQuestion(), budgetTokens, corpus, new Ranking(List.of(), List.of()), format);
  }
}
