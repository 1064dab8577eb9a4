package brimful.pack;

import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import java.util.List;

/// What the model reads, and the account of it.
///
/// @param instructions the fixed rules, the same bytes for every question; the system message
/// @param prefix rendered documents that do not depend on the question, the same bytes each time;
///   empty except in [Layout.Cacheable]
/// @param documents the rendered evidence; may be empty
/// @param question the rendered question, last of all; may be empty
/// @param tokens the cost of [#prompt], counted as a whole
/// @param budgetTokens the upper bound of `tokens`
/// @param exact whether `tokens` is the model's own count rather than an upper bound
/// @param placed the spans in `prefix` and `documents`, in that order
/// @param leftOut what is not in the window, and why, in canonical order
/// @param corpusTokens the cost of the whole corpus
public record Window(
    String instructions,
    String prefix,
    String documents,
    String question,
    int tokens,
    int budgetTokens,
    boolean exact,
    List<Placed> placed,
    List<LeftOut> leftOut,
    long corpusTokens) {

  /// A span of a document in the window.
  ///
  /// @param text the span's text before neutralisation
  /// @param tokens the cost of its segment
  public record Placed(DocumentId document, Locator locator, String text, int tokens) {}

  /// A document, or a part of one, that is not in the window.
  public record LeftOut(DocumentId document, String reason) {}

  public Window {
    placed = List.copyOf(placed);
    leftOut = List.copyOf(leftOut);
    if (tokens > budgetTokens) {
      throw new IllegalArgumentException(
          "window of %s tokens is over its budget of %s: the packer overfilled it"
              .formatted(tokens, budgetTokens));
    }
  }

  /// Returns the whole prompt as one text.
  public String prompt() {
    return String.join("", parts());
  }

  /// Returns the parts of the prompt in order, as `brimful pack -o` writes them: a copy of the
  /// whole may take as much memory as the corpus.
  public List<String> parts() {
    return List.of(instructions, prefix, documents, question);
  }
}
