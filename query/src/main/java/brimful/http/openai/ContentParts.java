package brimful.http.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// The text of a message, whose content is a text or a list of parts.
final class ContentParts {
  /// Stands for an image in an older message: images are taken from the question only.
  private static final String IMAGE = "[image]\n";

  private ContentParts() {}

  static String of(JsonNode message) {
    JsonNode content = message.path("content");
    if (content.isTextual()) {
      return content.asText();
    }
    var text = new StringBuilder(message.path("refusal").asText(""));
    for (JsonNode part : content) {
      String type = part.path("type").asText();
      switch (type) {
        case "text", "input_text", "output_text" ->
            text.append(part.path("text").asText()).append('\n');
        case "refusal" -> text.append(part.path("refusal").asText()).append('\n');
        case "image_url" -> text.append(IMAGE);
        default ->
            throw ChatMessages.error(
                "content of type \"%s\": send text or image_url".formatted(type));
      }
    }
    return text.toString();
  }

  /// Returns the text with the calls of tools, as a later reader understands them.
  static String ofTurn(JsonNode message) {
    var text = new StringBuilder(of(message));
    for (JsonNode call : message.path("tool_calls")) {
      JsonNode function = call.path("function");
      text.append(text.isEmpty() ? "" : "\n")
          .append(
              "called %s(%s)"
                  .formatted(
                      function.path("name").asText(""), function.path("arguments").asText("")));
    }
    return text.toString();
  }

  /// Returns the images of a message, as data URLs.
  static List<String> images(JsonNode message) {
    var images = new ArrayList<String>();
    if (message.path("content").isArray()) {
      for (JsonNode part : message.path("content")) {
        if (part.path("type").asText().equals("image_url")) {
          images.add(part.path("image_url").path("url").asText());
        }
      }
    }
    return images;
  }
}
