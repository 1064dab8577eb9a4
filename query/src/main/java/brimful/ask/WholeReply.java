package brimful.ask;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/// The two forms of a reply: from a server that does not stream, and with content in parts.
final class WholeReply {
  private WholeReply() {}

  /// Returns a whole reply as the one event of a stream.
  ///
  /// @return empty if it is no reply
  static Optional<JsonNode> asEvent(JsonNode whole) {
    JsonNode choice = whole.path("choices").path(0);
    if (!choice.path("message").isObject()) {
      return Optional.empty();
    }
    ObjectNode event = whole.deepCopy();
    ObjectNode streamed = choice.deepCopy();
    JsonNode message = streamed.remove("message");
    streamed.set("delta", message);
    if (!streamed.hasNonNull("finish_reason")) {
      streamed.put("finish_reason", "stop");
    }
    event.putArray("choices").add(streamed);
    return Optional.of(event);
  }

  /// Returns an event with the text and the reasoning of its delta alone, each as one text.
  ///
  /// @return empty if it has neither
  static Optional<JsonNode> textOnly(JsonNode event) {
    JsonNode delta = event.path("choices").path(0).path("delta");
    var text = new StringBuilder();
    var reasoning = new StringBuilder();
    add(delta.path("content"), text, reasoning);
    JsonNode thought =
        delta.hasNonNull("reasoning_content")
            ? delta.path("reasoning_content")
            : delta.path("reasoning");
    add(thought, reasoning, reasoning);
    if (text.isEmpty() && reasoning.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode plain = JsonNodeFactory.instance.objectNode();
    plain.put("id", event.path("id").asText("")).put("model", event.path("model").asText(""));
    ObjectNode kept = plain.putArray("choices").addObject().put("index", 0).putObject("delta");
    if (!text.isEmpty()) {
      kept.put("content", text.toString());
    }
    if (!reasoning.isEmpty()) {
      kept.put("reasoning_content", reasoning.toString());
    }
    return Optional.of(plain);
  }

  /// Adds a text, or the texts of a list of parts; parts of type `thinking` are reasoning.
  private static void add(JsonNode content, StringBuilder text, StringBuilder reasoning) {
    if (content.isTextual()) {
      text.append(content.textValue());
      return;
    }
    if (!content.isArray()) {
      return;
    }
    for (JsonNode part : content) {
      if (part.isTextual()) {
        text.append(part.textValue());
      } else if (part.has("thinking")) {
        add(part.path("thinking"), reasoning, reasoning);
      } else {
        add(part.path("text"), text, reasoning);
      }
    }
  }
}
