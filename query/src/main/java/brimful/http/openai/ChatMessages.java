package brimful.http.openai;

import brimful.ask.LaterMessage;
import brimful.corpus.UserError;
import brimful.rank.Question;
import brimful.service.AskRequest;
import brimful.service.FollowUp;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// A conversation. The last message of the user is the question. What is before it goes along as
/// text: all of it or, if it is long, the parts that matter. What is after it, such as calls of
/// tools and their results, reaches the model as messages.
///
/// @param instructions of the system and the developer; may be empty
/// @param images of the question, as data URLs
/// @param ignored fields that do not affect the answer and were left out
public record ChatMessages(
    String instructions,
    String question,
    List<String> images,
    List<AskRequest.Turn> turns,
    List<LaterMessage> later,
    List<String> ignored) {
  public ChatMessages {
    images = List.copyOf(images);
    turns = List.copyOf(turns);
    later = List.copyOf(later);
    ignored = List.copyOf(ignored);
  }

  /// Reads the messages of a request.
  public static ChatMessages of(JsonNode messages) {
    if (!messages.isArray() || messages.isEmpty()) {
      throw error("no \"messages\": send at least the question");
    }
    List<String> ignored = MessageFields.ignored(messages);
    int asked = lastOfUser(messages);
    var instructions = new StringBuilder();
    var turns = new ArrayList<AskRequest.Turn>();
    var later = new ArrayList<LaterMessage>();
    for (int i = 0; i < messages.size(); i++) {
      JsonNode message = messages.get(i);
      String role = message.path("role").asText();
      switch (role) {
        case "system", "developer" ->
            instructions.append(ContentParts.of(message).strip()).append('\n');
        case "user", "assistant", "tool", "function" -> {
          if (i < asked) {
            turns.add(new AskRequest.Turn(role, ContentParts.ofTurn(message)));
          } else if (i > asked) {
            later.add(later(message, role));
          }
        }
        default -> throw error("role \"%s\": say system, user or assistant".formatted(role));
      }
    }
    JsonNode last = messages.get(asked);
    String question = Question.checked(ContentParts.of(last));
    if (question.isBlank()) {
      throw error("the question is empty: ask something");
    }
    return new ChatMessages(
        instructions.toString(), question, ContentParts.images(last), turns, later, ignored);
  }

  private static int lastOfUser(JsonNode messages) {
    for (int i = messages.size() - 1; i >= 0; i--) {
      if (messages.get(i).path("role").asText().equals("user")) {
        return i;
      }
    }
    throw error("the last message is not the user's, nor is any other: send at least the question");
  }

  private static LaterMessage later(JsonNode message, String role) {
    if (!role.equals("assistant")) {
      return new LaterMessage.OfTool(
          message.path("tool_call_id").asText(""), ContentParts.of(message));
    }
    var calls = new ArrayList<LaterMessage.ToolCall>();
    for (JsonNode call : message.path("tool_calls")) {
      JsonNode function = call.path("function");
      calls.add(
          new LaterMessage.ToolCall(
              call.path("id").asText(""),
              function.path("name").asText(""),
              function.path("arguments").asText("")));
    }
    return new LaterMessage.OfModel(
        ContentParts.of(message), message.path("reasoning_content").asText(""), calls);
  }

  /// Returns what to search for.
  public String query() {
    return FollowUp.query(question, turns);
  }

  static UserError error(String line) {
    return new UserError(UserError.Kind.USAGE, line, new UserError.Field("messages", ""));
  }
}
