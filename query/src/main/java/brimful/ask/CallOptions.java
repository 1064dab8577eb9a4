package brimful.ask;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a request says besides its window.
///
/// @param replyTokens the most tokens of the reply; 0 for the configured number
/// @param fields fields of the request's body, sent as they are
/// @param images as data URLs; they go with the question, before its text
/// @param later the conversation after the question, such as calls of tools and their results
public record CallOptions(
    int replyTokens, Map<String, JsonNode> fields, List<String> images, List<LaterMessage> later) {
  /// Nothing but the window.
  public static final CallOptions NONE = new CallOptions(0, Map.of(), List.of(), List.of());

  public CallOptions {
    fields = Collections.unmodifiableMap(new TreeMap<>(fields));
    images = List.copyOf(images);
    later = List.copyOf(later);
    if (replyTokens < 0) {
      throw new IllegalArgumentException("reply of %s tokens".formatted(replyTokens));
    }
  }

  /// Returns options with nothing but images.
  public static CallOptions of(List<String> images) {
    return new CallOptions(0, Map.of(), images, List.of());
  }

  /// Returns the text that these options add to what the model reads: definitions of tools, a
  /// schema, and the later messages.
  public String read() {
    var text = new StringBuilder();
    fields.forEach((name, value) -> {
      if (value.isContainerNode()) {
        text.append(name).append(value).append('\n');
      }
    });
    later.forEach(message -> text.append(message.read()).append('\n'));
    return text.toString();
  }
}
