package brimful.http.openai;

import brimful.collection.Corpus;
import brimful.corpus.UserError;
import brimful.model.ModelChoice;
import brimful.model.ModelProfile;
import brimful.pack.Prompt;
import brimful.service.AskRequest;
import brimful.service.Budget;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;

/// A request that is read: what is asked, of which model, and how large its window may be.
///
/// A request that documents cannot help with gets none: see [Housekeeping]. Otherwise the budget is
/// that of the request's field `budget`, else of the model's name, else the server's.
///
/// @param budget of the window
public record ChatRequest(
    ModelName name, ChatMessages messages, Parameters parameters, String budget) {
  private static final String WITH_TOOLS =
      "- Call the tools that you are given whenever they help. What they return counts as a document, cited by the tool's name.\n";

  private static final String WITH_FORMAT =
      "- Answer in JSON, in the form that is asked for, and nothing else. Cite only where that form has room for it.\n";

  /// Reads a request of chat completions.
  ///
  /// @param model the model behind
  /// @param budgetOtherwise the server's
  public static ChatRequest of(
      ModelName name, JsonNode body, ModelProfile model, String budgetOtherwise) {
    return of(
        name.within(Parameters.budget(body)),
        ChatMessages.of(body.path("messages")),
        Parameters.of(body, model),
        model,
        body.hasNonNull("budget") ? "" : budgetOtherwise);
  }

  /// @param budgetOtherwise the server's; empty if the request sets its own, which then holds
  private static ChatRequest of(
      ModelName name,
      ChatMessages messages,
      Parameters parameters,
      ModelProfile model,
      String budgetOtherwise) {
    return !budgetOtherwise.isEmpty() && Housekeeping.is(messages)
        ? new ChatRequest(name, messages, parameters.thoughtless(model), Budget.NONE)
        : new ChatRequest(name, messages, parameters, name.budgetOr(budgetOtherwise));
  }

  /// Refuses what only a model can do, if none is connected.
  ///
  /// @throws UserError that names the field
  public ChatRequest checked(ModelChoice choice) {
    if (choice.key().isEmpty() && parameters.fields().containsKey("response_format")) {
      throw Parameters.refused(
          "response_format",
          "\"response_format\" asks for JSON, and no model is connected, so that the answer is a list of evidence: connect a model, or leave it out");
    }
    return this;
  }

  /// Returns what does not affect the answer and was left out.
  public List<String> ignored() {
    return Stream.concat(parameters.ignored().stream(), messages.ignored().stream()).toList();
  }

  /// Returns the question about a corpus.
  public AskRequest about(Corpus corpus) {
    return new AskRequest(
        corpus,
        new Prompt(instructions(), messages.question()),
        messages.query(),
        name.model(),
        budget,
        messages.turns(),
        AskRequest.Shape.CANONICAL,
        parameters.options(messages.images(), messages.later()));
  }

  private String instructions() {
    String own = messages.instructions();
    if (Budget.isNone(budget)) {
      return own.isEmpty() ? "\n" : own;
    }
    return Prompt.INSTRUCTIONS
        + (parameters.fields().containsKey("tools") ? WITH_TOOLS : "")
        + (parameters.fields().containsKey("response_format") ? WITH_FORMAT : "")
        + own;
  }
}
