package brimful.pack;

import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import java.util.List;

/// What the model is given to read, and the account of it.
///
/// @param instructions the fixed rules, the same bytes for every question; the system message
/// @param prefix documents that stand there whatever is asked of this corpus, rendered: the same
///   bytes for every question; empty but in [Layout.Cacheable]
/// @param documents the evidence, rendered; may be empty
/// @param question the question as rendered, last of all; may be empty
/// @param tokens what [#prompt] costs, counted over the whole of it
/// @param budgetTokens the most that `tokens` may be
/// @param exact whether `tokens` is the model's own count, and not an upper bound
/// @param placed what stands in `prefix` and `documents`, in that order
/// @param leftOut what of the corpus does not, and why, in canonical order
/// @param corpusTokens what the whole corpus would cost
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
  /// @param text what of it stands there, before anything in it is neutralised
  /// @param tokens what its segment costs
  public record Placed(DocumentId document, Locator locator, String text, int tokens) {}

  /// A document, or the part of one, that is not in the window.
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

  /// Returns all of it as one text, as `brimful pack -o` writes it.
  public String prompt() {
    return instructions + prefix + documents + question;
  }
}
