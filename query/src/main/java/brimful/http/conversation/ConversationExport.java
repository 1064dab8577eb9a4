package brimful.http.conversation;

import brimful.http.edge.HttpJson;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/// Conversations in the forms that others read.
public final class ConversationExport {
  private static final List<String> WINDOW =
      List.of(
          "model",
          "tokenizer",
          "exact",
          "budget_tokens",
          "prompt_tokens",
          "frame_tokens",
          "corpus_tokens",
          "stop");

  private ConversationExport() {}

  /// Returns a conversation as Markdown: questions as headings, answers as they were written, and
  /// what they cite.
  public static String markdown(SavedConversation conversation) {
    var text = new StringBuilder("# ").append(conversation.title()).append('\n');
    for (ConversationTurn turn : conversation.turns()) {
      text.append("\n## ").append(turn.question().strip().replaceAll("\\s*\\R\\s*", " "));
      text.append("\n\n_").append(about(turn)).append("_\n");
      if (!turn.answer().isBlank()) {
        text.append('\n').append(turn.answer().strip()).append('\n');
      }
      String problem = turn.outcome().path("problem").asText("");
      if (!problem.isEmpty()) {
        text.append("\nNot complete: ").append(problem).append('\n');
      }
      String cited = citations(turn);
      if (!cited.isEmpty()) {
        text.append("\nSources:\n\n").append(cited);
      }
    }
    return text.toString();
  }

  private static String about(ConversationTurn turn) {
    String model = turn.outcome().at("/receipt/model").asText("");
    return "%s, asked %s, %s"
        .formatted(
            String.join(" + ", turn.collections()),
            turn.asked(),
            model.isEmpty() || model.equals("null")
                ? turn.state().word()
                : turn.state().word() + " by " + model);
  }

  private static String citations(ConversationTurn turn) {
    var text = new StringBuilder();
    for (JsonNode one : turn.outcome().path("citations")) {
      text.append("- ")
          .append(one.path("written").asText())
          .append(one.path("verified").asBoolean() ? "" : " (not verified)")
          .append('\n');
    }
    return text.toString();
  }

  /// Returns all feedback, a JSON object a line: what was asked, answered and cited, what the
  /// window was, and what the person thought. The documents of a window are counted: its evidence
  /// names them.
  public static String feedback(List<SavedConversation> conversations, ConversationStore store) {
    return lines(
        conversations,
        (conversation, turn) -> {
          ObjectNode node = common(conversation, turn);
          node.put("answer", turn.answer());
          node.set("citations", turn.outcome().path("citations"));
          node.set("receipt", turn.outcome().path("receipt"));
          node.set(
              "window",
              store
                  .evidence(conversation, turn.id())
                  .map(evidence -> window(evidence.path("receipt")))
                  .orElseGet(HttpJson::object));
          return node;
        });
  }

  private static ObjectNode window(JsonNode receipt) {
    ObjectNode node = HttpJson.object();
    WINDOW.forEach(field -> node.set(field, receipt.path(field)));
    return node.put("documents", receipt.path("documents").size())
        .put("left_out", receipt.path("left_out").size());
  }

  /// Returns the questions whose answers people liked as questions of `brimful eval`: gold is what
  /// the answer cites and the window has.
  public static String questions(List<SavedConversation> conversations) {
    return lines(
        conversations,
        (conversation, turn) -> {
          ObjectNode node = common(conversation, turn);
          var gold = new TreeSet<String>();
          for (JsonNode one : turn.outcome().path("citations")) {
            if (one.path("verified").asBoolean()) {
              gold.add(one.path("document").asText());
            }
          }
          gold.forEach(node.putArray("gold")::add);
          return gold.isEmpty() || !turn.feedback().thumb().equals("up") ? HttpJson.object() : node;
        });
  }

  private static ObjectNode common(SavedConversation conversation, ConversationTurn turn) {
    return HttpJson.object()
        .put("id", conversation.id() + "-" + turn.id())
        .put("query", turn.question())
        .put("collection", String.join("+", turn.collections()))
        .put("thumb", turn.feedback().thumb())
        .put("note", turn.feedback().note());
  }

  private static String lines(
      List<SavedConversation> conversations,
      BiFunction<SavedConversation, ConversationTurn, ObjectNode> view) {
    return conversations.stream()
        .flatMap(conversation ->
            conversation.turns().stream()
                .filter(turn -> !turn.feedback().isNone())
                .map(turn -> view.apply(conversation, turn)))
        .filter(node -> !node.isEmpty())
        .map(node -> node + "\n")
        .collect(Collectors.joining());
  }
}
