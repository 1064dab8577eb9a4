package brimful.service;

import brimful.collection.Corpus;
import brimful.corpus.WellFormed;
import brimful.model.ModelProfile;
import brimful.pack.Layout;
import brimful.pack.Prompt;
import brimful.pack.WindowFormat;
import brimful.rank.Question;
import java.util.List;

/// A question about a corpus.
///
/// @param prompt the rules and the question as the model reads them
/// @param query what evidence is looked for; mostly the question itself
/// @param model the model to ask, by name; empty for the configured one
/// @param budget tokens of the whole prompt, as `32k`, `1M` or `auto`; empty for the model's window
/// @param images that go with the question, as data URLs
/// @param turns of the conversation before, the oldest first; what does not fit is packed
public record AskRequest(
    Corpus corpus,
    Prompt prompt,
    String query,
    String model,
    String budget,
    List<String> images,
    List<Turn> turns,
    Shape shape) {
  public AskRequest {
    query = WellFormed.text(query);
    images = List.copyOf(images);
    turns = List.copyOf(turns);
    query = new Question(query).text();
  }

  /// What somebody said before.
  ///
  /// @param speaker such as "user" or "assistant"
  public record Turn(String speaker, String text) {
    public Turn {
      speaker = WellFormed.text(speaker);
      text = WellFormed.text(text);
    }
  }

  /// How the window is written.
  public record Shape(WindowFormat format, LayoutRule layout) {
    /// As models read it.
    public static final Shape CANONICAL = of(WindowFormat.XML);

    /// The canonical order in a format.
    public static Shape of(WindowFormat format) {
      return new Shape(format, (_, _) -> Layout.CANONICAL);
    }
  }

  /// Chooses the order of a window's parts.
  @FunctionalInterface
  public interface LayoutRule {
    Layout layout(ModelProfile model, int budgetTokens);
  }

  /// A question by itself.
  public static AskRequest of(Corpus corpus, String question, String model, String budget) {
    return new AskRequest(
        corpus,
        Prompt.of(question),
        question,
        model,
        budget,
        List.of(),
        List.of(),
        Shape.CANONICAL);
  }

  /// Returns the same with its window in another shape.
  public AskRequest in(Shape other) {
    return new AskRequest(corpus, prompt, query, model, budget, images, turns, other);
  }

  /// Returns the same with another prompt, and no turns that are still to be put into it.
  AskRequest with(Prompt whole) {
    return new AskRequest(corpus, whole, query, model, budget, images, List.of(), shape);
  }
}
