package brimful.http.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The fields of messages: each is used, listed as ignored, or refused by name, as the parameters
/// of a request are. A field without a value is none.
final class MessageFields {
  private static final Fields MESSAGE =
      new Fields(
          Set.of("role", "content", "refusal", "tool_calls", "tool_call_id", "reasoning_content"),
          Set.of("name", "annotations", "reasoning", "reasoning_details", "cache_control"));

  private static final Fields PART =
      new Fields(
          Set.of("type", "text", "refusal", "image_url"),
          Set.of("annotations", "logprobs", "cache_control"));

  private static final Fields IMAGE = new Fields(Set.of("url"), Set.of("detail"));

  private static final Fields CALL =
      new Fields(Set.of("id", "type", "index", "function"), Set.of("extra_content"));

  private static final Fields FUNCTION = new Fields(Set.of("name", "arguments"), Set.of());

  private MessageFields() {}

  /// @param used what reaches the model
  /// @param listed what does not affect the answer
  private record Fields(Set<String> used, Set<String> listed) {
    /// @param where the object, such as `messages[2]`
    /// @param kind the same without numbers, so that a list of what was ignored stays short
    void check(JsonNode object, String where, String kind, Set<String> ignored) {
      for (var field : object.properties()) {
        if (isNothing(field.getValue()) || used.contains(field.getKey())) {
          continue;
        }
        if (!listed.contains(field.getKey())) {
          throw Parameters.unknown(where + "." + field.getKey());
        }
        ignored.add(kind + "." + field.getKey());
      }
    }
  }

  private static boolean isNothing(JsonNode value) {
    return value.isNull() || (value.isContainerNode() && value.isEmpty());
  }

  /// Checks all messages.
  ///
  /// @return the names of fields that are left out, such as `messages[].name`
  /// @throws brimful.corpus.UserError that names a field that nobody knows
  static List<String> ignored(JsonNode messages) {
    var ignored = new LinkedHashSet<String>();
    for (int i = 0; i < messages.size(); i++) {
      JsonNode message = messages.get(i);
      String where = "messages[%s]".formatted(i);
      MESSAGE.check(message, where, "messages[]", ignored);
      if (message.path("content").isArray()) {
        parts(message.path("content"), where + ".content", ignored);
      }
      calls(message.path("tool_calls"), where + ".tool_calls", ignored);
    }
    return new ArrayList<>(ignored);
  }

  private static void parts(JsonNode parts, String where, Set<String> ignored) {
    for (int i = 0; i < parts.size(); i++) {
      String part = "%s[%s]".formatted(where, i);
      PART.check(parts.get(i), part, "messages[].content[]", ignored);
      JsonNode image = parts.get(i).path("image_url");
      // This detail is the usual one.
      if (!image.path("detail").asText("").equals("auto")) {
        IMAGE.check(image, part + ".image_url", "messages[].content[].image_url", ignored);
      }
    }
  }

  private static void calls(JsonNode calls, String where, Set<String> ignored) {
    for (int i = 0; i < calls.size(); i++) {
      String call = "%s[%s]".formatted(where, i);
      CALL.check(calls.path(i), call, "messages[].tool_calls[]", ignored);
      FUNCTION.check(
          calls.path(i).path("function"),
          call + ".function",
          "messages[].tool_calls[].function",
          ignored);
    }
  }
}
