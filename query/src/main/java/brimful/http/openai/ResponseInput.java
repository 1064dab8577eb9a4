package brimful.http.openai;

import brimful.corpus.UserError;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// The input of the Responses API: a text, or items, as messages of chat completions.
final class ResponseInput {
  private ResponseInput() {}

  /// Adds the messages of an input.
  static void add(JsonNode input, ArrayNode messages) {
    if (input.isTextual()) {
      messages.addObject().put("role", "user").put("content", input.textValue());
      return;
    }
    if (!input.isArray()) {
      throw error("no \"input\": send a text, or items");
    }
    var reasoning = new StringBuilder();
    for (JsonNode item : input) {
      add(item, messages, reasoning);
    }
  }

  private static void add(JsonNode item, ArrayNode messages, StringBuilder reasoning) {
    String type = item.path("type").asText("message");
    switch (type) {
      case "message" -> message(item, messages, reasoning);
      case "reasoning" ->
          item.path("content").forEach(part -> reasoning.append(part.path("text").asText("")));
      case "function_call" -> {
        ObjectNode call = caller(messages, reasoning).withArray("tool_calls").addObject();
        call.put("id", item.path("call_id").asText("")).put("type", "function");
        call.putObject("function")
            .put("name", item.path("name").asText(""))
            .put("arguments", item.path("arguments").asText(""));
      }
      case "function_call_output" -> {
        ObjectNode result = messages.addObject().put("role", "tool");
        result.put("tool_call_id", item.path("call_id").asText(""));
        result.set("content", content(item.path("output")));
      }
      default ->
          throw error(
              "item of type \"%s\": send messages, reasoning, function_call and function_call_output"
                  .formatted(type));
    }
  }

  private static void message(JsonNode item, ArrayNode messages, StringBuilder reasoning) {
    String role = item.path("role").asText("");
    ObjectNode message = messages.addObject().put("role", role);
    message.set("content", content(item.path("content")));
    if (role.equals("assistant")) {
      think(message, reasoning);
    }
  }

  /// Returns the model's message that calls: the last one, or a new one.
  private static ObjectNode caller(ArrayNode messages, StringBuilder reasoning) {
    if (!messages.isEmpty()
        && messages.get(messages.size() - 1) instanceof ObjectNode last
        && last.path("role").asText("").equals("assistant")
        && reasoning.isEmpty()) {
      return last;
    }
    ObjectNode message = messages.addObject().put("role", "assistant").put("content", "");
    think(message, reasoning);
    return message;
  }

  private static void think(ObjectNode message, StringBuilder reasoning) {
    if (!reasoning.isEmpty()) {
      message.put("reasoning_content", reasoning.toString());
      reasoning.setLength(0);
    }
  }

  private static JsonNode content(JsonNode content) {
    if (!content.isArray()) {
      return content;
    }
    ArrayNode parts = content.deepCopy();
    for (JsonNode part : parts) {
      if (part instanceof ObjectNode image && part.path("type").asText("").equals("input_image")) {
        JsonNode url = image.path("image_url");
        if (!url.isTextual()) {
          throw error("an image without \"image_url\": send it as a data URL");
        }
        image.removeAll();
        image.put("type", "image_url").putObject("image_url").set("url", url);
      }
    }
    return parts;
  }

  private static UserError error(String line) {
    return new UserError(UserError.Kind.USAGE, line, new UserError.Field("input", "invalid_value"));
  }
}
