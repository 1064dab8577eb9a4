package brimful.http.conversation;

import brimful.http.edge.HttpJson;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// A question of a conversation and what has come of it.
///
/// @param id counts from 1; a turn that replaces others gets a new one
/// @param request the fields of the request that shape the answer: `collection`, `question`, and
///   `scope`, `model` and `budget` if they were given
/// @param outcome `answer`, `complete`, `citations` and `receipt` as every answer has them, and
///   `problem` if it failed, or if the server was killed meanwhile
public record ConversationTurn(
    int id, Instant asked, ObjectNode request, State state, ObjectNode outcome, Feedback feedback) {
  private static final List<String> KEPT =
      List.of("collection", "question", "scope", "model", "budget");
  private static final Pattern PLUS = Pattern.compile("[+]");

  /// How far a turn is.
  public enum State {
    RUNNING,
    ANSWERED,
    /// No model was asked: the evidence is all there is.
    EVIDENCE,
    /// By its reader, or with the server.
    STOPPED,
    FAILED;

    /// Returns the state as JSON has it.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    private static State of(String word) {
      return Arrays.stream(values())
          .filter(state -> state.word().equals(word))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("state \"%s\"".formatted(word)));
    }
  }

  /// Returns a turn that has just been asked.
  static ConversationTurn asked(int id, Instant now, JsonNode body) {
    ObjectNode request = HttpJson.object();
    KEPT.stream()
        .filter(body::hasNonNull)
        .forEach(field -> request.set(field, body.path(field).deepCopy()));
    return new ConversationTurn(id, now, request, State.RUNNING, HttpJson.object(), Feedback.NONE);
  }

  static ConversationTurn read(JsonNode node) {
    return new ConversationTurn(
        node.path("id").asInt(),
        Instant.parse(node.path("asked").asText()),
        node.path("request").deepCopy(),
        State.of(node.path("state").asText()),
        node.path("outcome").deepCopy(),
        Feedback.of(node.path("feedback")));
  }

  ConversationTurn ended(State end, ObjectNode with) {
    return new ConversationTurn(id, asked, request, end, with, feedback);
  }

  /// Returns the turn as a server that was killed has left it.
  ConversationTurn interrupted(String answer) {
    return ended(
        State.STOPPED, partial(answer).put("problem", "the server ended while it answered"));
  }

  /// Returns the outcome of an answer that is not whole.
  static ObjectNode partial(String answer) {
    return HttpJson.object().put("answer", answer).put("complete", false);
  }

  ConversationTurn with(Feedback thought) {
    return new ConversationTurn(id, asked, request, state, outcome, thought);
  }

  public String question() {
    return request.path("question").asText();
  }

  /// Returns the answer as far as it came; empty if there is none.
  public String answer() {
    return outcome.path("answer").asText("");
  }

  /// Returns the names of the collections that it was asked about.
  public List<String> collections() {
    return PLUS.splitAsStream(request.path("collection").asText("")).toList();
  }

  ObjectNode json() {
    ObjectNode node = HttpJson.object().put("id", id).put("asked", asked.toString());
    node.set("request", request);
    node.put("state", state.word());
    node.set("outcome", outcome);
    node.set("feedback", feedback.json());
    return node;
  }
}
