package brimful.http.openai;

import brimful.ask.Reply;
import brimful.service.AskResult;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/// The output of a response while it is made: reasoning, messages and calls, in the order in which
/// they come, each told by events. Used by one thread.
final class ResponseItems {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Consumer<ObjectNode> events;
  private final List<Item> items = new ArrayList<>();
  private final Map<Integer, Item> calls = new HashMap<>();
  private ObjectNode pending = JSON.objectNode();

  /// @param events receives each event, without its number
  ResponseItems(Consumer<ObjectNode> events) {
    this.events = events;
  }

  /// What an item is.
  private enum Kind {
    REASONING("rs_", "reasoning_text"),
    TEXT("msg_", "output_text"),
    REFUSAL("msg_", "refusal"),
    CALL("fc_", "function_call_arguments");

    private final String prefix;
    private final String part;

    Kind(String prefix, String part) {
      this.prefix = prefix;
      this.part = part;
    }

    /// Returns the name of the text in a part of this kind.
    private String field() {
      return this == REFUSAL ? "refusal" : "text";
    }
  }

  private static final class Item {
    private final Kind kind;
    private final ObjectNode node;
    private final int index;
    private final StringBuilder text = new StringBuilder();
    private boolean open = true;

    Item(Kind kind, ObjectNode node, int index) {
      this.kind = kind;
      this.node = node;
      this.index = index;
    }
  }

  void text(String delta) {
    delta(current(Kind.TEXT), delta);
  }

  void reasoning(String delta) {
    delta(current(Kind.REASONING), delta);
  }

  /// Takes what comes besides text.
  ///
  /// @param choice as the model's server sent it
  void besides(JsonNode choice) {
    String refusal = choice.path("delta").path("refusal").asText("");
    if (!refusal.isEmpty()) {
      delta(current(Kind.REFUSAL), refusal);
    }
    JsonNode pieces = choice.path("delta").path("tool_calls");
    for (int i = 0; i < pieces.size(); i++) {
      call(pieces.get(i), pieces.get(i).path("index").asInt(i));
    }
  }

  private void call(JsonNode piece, int index) {
    Item item = calls.get(index);
    if (item == null) {
      closeTexts();
      ObjectNode node = node(Kind.CALL, "function_call").put("arguments", "");
      node.put("call_id", piece.path("id").asText(""));
      node.put("name", piece.path("function").path("name").asText(""));
      item = opened(Kind.CALL, node);
      calls.put(index, item);
    }
    String arguments = piece.path("function").path("arguments").asText("");
    if (!arguments.isEmpty()) {
      delta(item, arguments);
    }
  }

  /// Returns the open item of a kind: the last one, or a new one.
  private Item current(Kind kind) {
    if (!items.isEmpty() && items.getLast().kind == kind && items.getLast().open) {
      return items.getLast();
    }
    closeTexts();
    ObjectNode node;
    if (kind == Kind.REASONING) {
      node = node(kind, "reasoning");
      node.putArray("summary");
    } else {
      node = node(kind, "message").put("role", "assistant");
    }
    node.putArray("content");
    Item item = opened(kind, node);
    if (kind != Kind.REASONING) {
      tell("content_part.added", item).put("content_index", 0).set("part", part(item));
      flush();
    }
    return item;
  }

  private static ObjectNode node(Kind kind, String type) {
    return JSON.objectNode()
        .put("id", kind.prefix + UUID.randomUUID().toString().replace("-", ""))
        .put("type", type)
        .put("status", "in_progress");
  }

  private Item opened(Kind kind, ObjectNode node) {
    var item = new Item(kind, node, items.size());
    items.add(item);
    event("output_item.added").put("output_index", item.index).set("item", node.deepCopy());
    flush();
    return item;
  }

  private void delta(Item item, String delta) {
    item.text.append(delta);
    ObjectNode event = tell(item.kind.part + ".delta", item).put("delta", delta);
    if (item.kind != Kind.CALL) {
      event.put("content_index", 0);
    }
    if (item.kind == Kind.TEXT) {
      event.putArray("logprobs");
    }
    flush();
  }

  private void closeTexts() {
    items.stream().filter(item -> item.open && item.kind != Kind.CALL).forEach(this::close);
  }

  private void close(Item item) {
    item.open = false;
    if (item.kind == Kind.CALL) {
      item.node.put("arguments", item.text.toString());
      tell("function_call_arguments.done", item)
          .put("name", item.node.path("name").asText())
          .put("arguments", item.text.toString());
      flush();
    } else {
      ObjectNode done =
          tell(item.kind.part + ".done", item)
              .put("content_index", 0)
              .put(item.kind.field(), item.text.toString());
      if (item.kind == Kind.TEXT) {
        done.putArray("logprobs");
      }
      flush();
      item.node.withArray("content").add(part(item));
      if (item.kind != Kind.REASONING) {
        tell("content_part.done", item).put("content_index", 0).set("part", part(item));
        flush();
      }
    }
    item.node.put("status", "completed");
    event("output_item.done").put("output_index", item.index).set("item", item.node.deepCopy());
    flush();
  }

  private static ObjectNode part(Item item) {
    ObjectNode part =
        JSON.objectNode().put("type", item.kind.part).put(item.kind.field(), item.text.toString());
    if (item.kind == Kind.TEXT) {
      part.putArray("annotations");
      part.putArray("logprobs");
    }
    return part;
  }

  private ObjectNode event(String type) {
    pending = JSON.objectNode().put("type", "response." + type);
    return pending;
  }

  private ObjectNode tell(String type, Item item) {
    return event(type)
        .put("item_id", item.node.path("id").asText())
        .put("output_index", item.index);
  }

  private void flush() {
    events.accept(pending);
  }

  /// Ends all items, and returns them.
  ArrayNode end(AskResult result) {
    if (result instanceof AskResult.Evidence) {
      text(ChatReply.text(result));
    }
    if (items.isEmpty()) {
      // An answer without a word is one, too.
      var _ = current(Kind.TEXT);
    }
    items.stream().filter(item -> item.open).forEach(this::close);
    logprobs(result);
    ArrayNode output = JSON.arrayNode();
    items.forEach(item -> output.add(item.node));
    return output;
  }

  private void logprobs(AskResult result) {
    List<JsonNode> logprobs =
        ChatReply.answered(result)
            .map(Reply.Answered::besides)
            .map(Reply.Besides::logprobs)
            .orElse(List.of());
    items.stream()
        .filter(item -> item.kind == Kind.TEXT)
        .findFirst()
        .ifPresent(item -> {
          ArrayNode all = item.node.withArray("/content/0/logprobs");
          logprobs.forEach(all::add);
        });
  }

  /// Returns the answer as the message of a conversation.
  ObjectNode message() {
    ObjectNode message = JSON.objectNode().put("role", "assistant");
    var text = new StringBuilder();
    var reasoning = new StringBuilder();
    for (Item item : items) {
      switch (item.kind) {
        case TEXT, REFUSAL -> text.append(item.text);
        case REASONING -> reasoning.append(item.text);
        case CALL -> {
          ObjectNode call = message.withArray("tool_calls").addObject();
          call.put("id", item.node.path("call_id").asText()).put("type", "function");
          call.putObject("function")
              .put("name", item.node.path("name").asText())
              .put("arguments", item.text.toString());
        }
      }
    }
    message.put("content", text.toString());
    if (!reasoning.isEmpty()) {
      message.put("reasoning_content", reasoning.toString());
    }
    return message;
  }
}
