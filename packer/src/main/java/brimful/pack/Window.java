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
/// @param tokens the cost of [#prompt], counted as a whole, and of the images
/// @param budgetTokens the upper bound of `tokens`
/// @param exact whether `tokens` is the model's own count rather than an upper bound
/// @param images those behind their chunks in `documents`
/// @param placed the spans in `prefix` and `documents`, in that order
/// @param leftOut what is not in the window, and why, in canonical order
/// @param corpusTokens the cost of the whole corpus in this format, see [Receipt]
public record Window(
    String instructions,
    String prefix,
    String documents,
    String question,
    int tokens,
    int budgetTokens,
    boolean exact,
    WindowImages images,
    List<Placed> placed,
    List<LeftOut> leftOut,
    long corpusTokens) {

  /// A span of a document in the window.
  ///
  /// @param text the span's text before neutralisation
  /// @param tokens the cost of its segment, and of its image
  /// @param imageTokens how much of that is its image; 0 if it shows none
  public record Placed(
      DocumentId document, Locator locator, String text, int tokens, int imageTokens) {
    /// Returns a span without an image.
    public Placed(DocumentId document, Locator locator, String text, int tokens) {
      this(document, locator, text, tokens, 0);
    }

    private Placed scaled(double factor) {
      int words = (int) ((tokens - imageTokens) * factor);
      return new Placed(document, locator, text, words + imageTokens, imageTokens);
    }
  }

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

  /// Returns a window without images.
  public Window(
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
    this(
        instructions,
        prefix,
        documents,
        question,
        tokens,
        budgetTokens,
        exact,
        WindowImages.NONE,
        placed,
        leftOut,
        corpusTokens);
  }

  /// Returns the same window as its model counts it.
  ///
  /// @param count the cost of the whole prompt and of the images; parts are taken to share it as
  ///   they shared the estimate
  /// @param budget the upper bound of `count`, in the same tokens
  /// @param own whether this is the model's own count
  public Window measured(int count, int budget, boolean own) {
    double factor =
        Math.max(0.0, count - images.tokens()) / Math.max(1.0, tokens - (double) images.tokens());
    return new Window(
        instructions,
        prefix,
        documents,
        question,
        count,
        budget,
        own && images.exact(),
        images,
        placed.stream().map(part -> part.scaled(factor)).toList(),
        leftOut,
        Math.round(corpusTokens * factor));
  }

  /// Returns the same window, chosen from a part of a corpus.
  ///
  /// @param otherTokens the cost of the corpus's other chunks
  public Window amid(long otherTokens) {
    return otherTokens == 0
        ? this
        : new Window(
            instructions,
            prefix,
            documents,
            question,
            tokens,
            budgetTokens,
            exact,
            images,
            placed,
            leftOut,
            corpusTokens + otherTokens);
  }

  /// Returns the whole prompt as one text, without its images.
  public String prompt() {
    return String.join("", parts());
  }

  /// Returns the parts of the prompt in order, as `brimful pack -o` writes them: a copy of the
  /// whole may take as much memory as the corpus.
  public List<String> parts() {
    return List.of(instructions, prefix, documents, question);
  }
}
