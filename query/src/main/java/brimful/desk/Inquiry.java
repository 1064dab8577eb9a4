package brimful.desk;

import brimful.corpus.WellFormed;
import brimful.pack.Prompt;
import brimful.rank.Question;
import java.util.List;

/// A question to a collection.
///
/// @param prompt the rules and the question as the model reads them
/// @param query what evidence is looked for; mostly the question itself
/// @param model the model to ask, by name; empty for the server's own
/// @param budget tokens of the whole prompt, as `32k`, `1M` or `auto`; empty for the model's window
/// @param images that go with the question, as data URLs
/// @param turns of the conversation before, the oldest first; what does not fit is packed
public record Inquiry(
    String collection,
    Prompt prompt,
    String query,
    String model,
    String budget,
    List<String> images,
    List<Turn> turns) {
  public Inquiry {
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

  /// A question by itself.
  public static Inquiry of(String collection, String question, String model, String budget) {
    return new Inquiry(
        collection, Prompt.of(question), question, model, budget, List.of(), List.of());
  }

  /// Returns the same with another prompt, and no turns that are still to be put into it.
  Inquiry with(Prompt whole) {
    return new Inquiry(collection, whole, query, model, budget, images, List.of());
  }
}
