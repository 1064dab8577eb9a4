package brimful.ask;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// Translates between OpenAI's protocol and Ollama's own.
///
/// Only its own takes the length of the context, `num_ctx`. Without it, Ollama may load the model
/// with another than the window was planned for, and then drops the oldest text in silence.
final class OllamaChat {
  private static final List<String> OPTIONS =
      List.of("temperature", "top_p", "seed", "stop", "presence_penalty", "frequency_penalty");
  private static final List<String> TRANSLATED =
      List.of("model", "messages", "stream", "stream_options", "max_tokens", "response_format");
  private static final ObjectMapper JSON = new ObjectMapper();

  private OllamaChat() {}

  /// Returns the address of Ollama's own chat beside that of OpenAI's.
  static String url(String url) {
    return url.replaceAll("/v1/chat/completions$", "/api/chat");
  }

  /// Returns whether Ollama's own protocol can say all that a request does: nothing is dropped.
  static boolean isSimple(JsonNode body) {
    return body.properties().stream()
        .allMatch(field ->
            TRANSLATED.contains(field.getKey())
                || OPTIONS.contains(field.getKey())
                || field.getKey().equals("n") && field.getValue().asInt() == 1);
  }

  /// Returns a request in Ollama's protocol.
  static ObjectNode request(JsonNode body, int contextTokens) {
    ObjectNode own = JSON.createObjectNode().put("model", body.path("model").asText());
    own.put("stream", true);
    ArrayNode messages = own.putArray("messages");
    body.path("messages").forEach(message -> messages.add(message(message)));
    ObjectNode options = own.putObject("options").put("num_ctx", contextTokens);
    if (body.has("max_tokens")) {
      options.set("num_predict", body.get("max_tokens"));
    }
    for (String option : OPTIONS) {
      if (body.hasNonNull(option)) {
        options.set(option, body.get(option));
      }
    }
    JsonNode format = body.path("response_format");
    switch (format.path("type").asText("")) {
      case "json_schema" -> own.set("format", format.at("/json_schema/schema"));
      case "json_object" -> own.put("format", "json");
      default -> {}
    }
    return own;
  }

  private static ObjectNode message(JsonNode message) {
    ObjectNode own = JSON.createObjectNode().put("role", message.path("role").asText());
    JsonNode content = message.path("content");
    if (!content.isArray()) {
      return own.put("content", content.asText(""));
    }
    var text = new StringBuilder();
    for (JsonNode part : content) {
      String url = part.at("/image_url/url").asText("");
      if (url.isEmpty()) {
        text.append(part.path("text").asText(""));
      } else {
        own.withArray("/images").add(url.substring(url.indexOf(',') + 1));
      }
    }
    return own.put("content", text.toString());
  }

  /// Returns a line of Ollama's reply as an event of OpenAI's stream.
  static JsonNode event(String line) throws JsonProcessingException {
    JsonNode own = JSON.readTree(line);
    ObjectNode event = JSON.createObjectNode().put("model", own.path("model").asText(""));
    if (own.hasNonNull("error")) {
      event.set("error", JSON.createObjectNode().set("message", own.get("error")));
      return event;
    }
    ObjectNode choice = event.putArray("choices").addObject().put("index", 0);
    ObjectNode delta = choice.putObject("delta");
    if (!own.at("/message/content").asText("").isEmpty()) {
      delta.put("content", own.at("/message/content").asText());
    }
    if (!own.at("/message/thinking").asText("").isEmpty()) {
      delta.put("reasoning_content", own.at("/message/thinking").asText());
    }
    if (own.path("done").asBoolean()) {
      choice.put("finish_reason", own.path("done_reason").asText("stop"));
      event
          .putObject("usage")
          .put("prompt_tokens", own.path("prompt_eval_count").asLong(0))
          .put("completion_tokens", own.path("eval_count").asLong(0));
    }
    return event;
  }
}
