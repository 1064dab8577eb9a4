package brimful.http.openai;

import brimful.ask.Reply;
import brimful.model.Usage;
import brimful.service.AskResult;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/// A reply of the Responses API, whole or as numbered events. Used by one thread at a time.
public final class ResponseReply {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /// What a response repeats of its request, and the value if that says nothing.
  private static final List<String> REPEATED =
      List.of(
          "instructions",
          "max_output_tokens",
          "previous_response_id",
          "reasoning",
          "temperature",
          "text",
          "tool_choice",
          "tools",
          "top_p",
          "user",
          "metadata",
          "parallel_tool_calls");

  private final String id = "resp_" + UUID.randomUUID().toString().replace("-", "");
  private final long created = Instant.now().getEpochSecond();
  private final JsonNode request;
  private final ChatReply chat;
  private final Consumer<ObjectNode> events;
  private final ResponseItems items;
  private int number;

  /// @param request as it came
  /// @param ignored the parameters that were left out
  /// @param events receives each event
  public ResponseReply(JsonNode request, List<String> ignored, Consumer<ObjectNode> events) {
    this.request = request;
    this.events = events;
    chat = new ChatReply(id, request.path("model").asText(), ignored);
    items = new ResponseItems(this::tell);
  }

  public String id() {
    return id;
  }

  private void tell(ObjectNode event) {
    events.accept(event.put("sequence_number", number));
    number++;
  }

  /// Tells that the response has begun.
  public void begin() {
    ObjectNode response = response("in_progress", JSON.arrayNode());
    tell(event("response.created", response));
    tell(event("response.in_progress", response));
  }

  public void text(String delta) {
    items.text(delta);
  }

  public void reasoning(String delta) {
    items.reasoning(delta);
  }

  /// Takes what comes besides text, as the model's server sent it.
  public void besides(JsonNode choice) {
    items.besides(choice);
  }

  /// Ends the response, and returns it.
  public ObjectNode end(AskResult result) {
    ArrayNode output = items.end(result);
    String finish = ChatReply.answered(result).map(Reply.Answered::finish).orElse("stop");
    String cut =
        switch (finish) {
          case "length" -> "max_output_tokens";
          case "content_filter" -> "content_filter";
          default -> "";
        };
    String status = cut.isEmpty() ? "completed" : "incomplete";
    ObjectNode response = response(status, output);
    if (!cut.isEmpty()) {
      response.putObject("incomplete_details").put("reason", cut);
    }
    response.set("usage", usage(ChatReply.used(result)));
    response.set("brimful", chat.extras(result));
    tell(event("response." + status, response));
    return response;
  }

  /// Tells that the response failed.
  ///
  /// @param code of the error
  /// @param message for people
  public void fail(String code, String message) {
    ObjectNode response = response("failed", JSON.arrayNode());
    response.putObject("error").put("code", code).put("message", message);
    tell(event("response.failed", response));
  }

  /// Returns the answer as the message of a conversation.
  public ObjectNode message() {
    return items.message();
  }

  private static ObjectNode event(String type, ObjectNode response) {
    ObjectNode event = JSON.objectNode().put("type", type);
    event.set("response", response.deepCopy());
    return event;
  }

  private ObjectNode response(String status, ArrayNode output) {
    ObjectNode response =
        JSON.objectNode()
            .put("id", id)
            .put("object", "response")
            .put("created_at", created)
            .put("status", status)
            .put("background", false)
            .putNull("error")
            .putNull("incomplete_details")
            .put("model", request.path("model").asText())
            .put("store", request.path("store").asBoolean(true))
            .put("truncation", "disabled");
    for (String name : REPEATED) {
      response.set(name, request.hasNonNull(name) ? request.path(name) : otherwise(name));
    }
    response.set("output", output);
    response.putNull("usage");
    return response;
  }

  private static JsonNode otherwise(String name) {
    return switch (name) {
      case "tools" -> JSON.arrayNode();
      case "tool_choice" -> JSON.textNode("auto");
      case "parallel_tool_calls" -> JSON.booleanNode(true);
      case "metadata" -> JSON.objectNode();
      case "text" -> {
        ObjectNode text = JSON.objectNode();
        text.putObject("format").put("type", "text");
        yield text;
      }
      default -> JSON.nullNode();
    };
  }

  private static ObjectNode usage(Usage used) {
    ObjectNode usage = JSON.objectNode().put("input_tokens", used.prompt());
    usage.putObject("input_tokens_details").put("cached_tokens", used.cached());
    usage.put("output_tokens", used.completion());
    usage.putObject("output_tokens_details").put("reasoning_tokens", used.reasoning());
    return usage.put("total_tokens", used.prompt() + used.completion());
  }
}
