package brimful.service;

import brimful.ask.CallOptions;
import brimful.collection.Corpus;
import brimful.corpus.WellFormed;
import brimful.model.ModelProfile;
import brimful.pack.Layout;
import brimful.pack.Prompt;
import brimful.pack.format.WindowFormat;
import brimful.rank.Question;
import java.util.List;

/// A question about a corpus.
///
/// @param prompt the rules and the question as the model reads them
/// @param query the search for evidence; usually the question itself
/// @param model the model's name; empty for the configured one
/// @param budget tokens of the whole prompt, as `32k`, `1M`, `auto` or `none`; empty for the
///   model's window
/// @param turns the conversation before it, the oldest turn first; what does not fit is packed
/// @param options what the model is sent besides, such as images
public record AskRequest(
    Corpus corpus,
    Prompt prompt,
    String query,
    String model,
    String budget,
    List<Turn> turns,
    Shape shape,
    CallOptions options) {
  public AskRequest {
    query = WellFormed.text(query);
    turns = List.copyOf(turns);
    query = new Question(query).text();
  }

  /// One message of the conversation.
  ///
  /// @param speaker such as "user" or "assistant"
  public record Turn(String speaker, String text) {
    public Turn {
      speaker = WellFormed.text(speaker);
      text = WellFormed.text(text);
    }
  }

  /// The format and order of a window.
  public record Shape(WindowFormat format, LayoutRule layout) {
    /// The form that models read.
    public static final Shape CANONICAL = of(WindowFormat.XML);

    /// Returns the canonical order in a format.
    public static Shape of(WindowFormat format) {
      return new Shape(format, (_, _) -> Layout.CANONICAL);
    }
  }

  /// Chooses the order of a window's parts.
  @FunctionalInterface
  public interface LayoutRule {
    Layout layout(ModelProfile model, int budgetTokens);
  }

  /// Returns a question without a conversation.
  public static AskRequest of(Corpus corpus, String question, String model, String budget) {
    return new AskRequest(
        corpus,
        Prompt.of(question),
        question,
        model,
        budget,
        List.of(),
        Shape.CANONICAL,
        CallOptions.NONE);
  }

  /// Returns the same question with other words for the model.
  public AskRequest by(Prompt other) {
    return new AskRequest(corpus, other, query, model, budget, turns, shape, options);
  }

  /// Returns the same question after a conversation.
  ///
  /// @param search what to search for
  AskRequest after(List<Turn> before, String search) {
    return new AskRequest(corpus, prompt, search, model, budget, before, shape, options);
  }

  /// Returns the same question with another shape of its window.
  public AskRequest in(Shape other) {
    return new AskRequest(corpus, prompt, query, model, budget, turns, other, options);
  }

  /// Returns the same question with another budget.
  AskRequest within(String tokens) {
    return new AskRequest(corpus, prompt, query, model, tokens, turns, shape, options);
  }

  /// Returns the same question with another prompt, which includes all turns.
  AskRequest with(Prompt whole) {
    return new AskRequest(corpus, whole, query, model, budget, List.of(), shape, options);
  }
}
