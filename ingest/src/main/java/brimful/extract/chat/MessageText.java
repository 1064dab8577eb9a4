package brimful.extract.chat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The text of a message to or from a model, in the forms that OpenAI, Anthropic and their tools
/// write: a string, or a list of parts such as text, calls of tools, their results and pictures.
///
/// Reasoning that the person did not see is left out. The result of a tool is shown up to a limit,
/// and says how much more there was.
final class MessageText {
  private static final int RESULT_CHARS_MAX = 4_000;

  private static final Map<String, String> ROLES =
      Map.of(
          "human", "User",
          "gpt", "Assistant",
          "model", "Assistant",
          "bot", "Assistant",
          "ai", "Assistant");

  /// Marks of citations within ChatGPT's answers, in characters for private use.
  private static final Pattern CITATION = Pattern.compile("\ue200[^\ue201]{0,2000}\ue201");

  private MessageText() {}

  /// Returns how a role is called: `User`, `Assistant`, `System`.
  static String role(String role) {
    String known = ROLES.get(role.toLowerCase(Locale.ROOT));
    if (known != null) {
      return known;
    }
    return role.isEmpty() ? "" : role.substring(0, 1).toUpperCase(Locale.ROOT) + role.substring(1);
  }

  /// Returns what a message says; empty if it says nothing.
  static String of(JsonNode content) {
    return ChatTurn.clean(CITATION.matcher(text(content)).replaceAll(""));
  }

  private static String text(JsonNode content) {
    if (content.isTextual()) {
      return content.asText();
    }
    if (content.isObject()) {
      return part(content);
    }
    List<String> parts = new ArrayList<>();
    for (JsonNode part : content) {
      String text = part.isTextual() ? part.asText() : part(part);
      if (!text.isBlank()) {
        parts.add(text);
      }
    }
    return String.join("\n", parts);
  }

  private static String part(JsonNode part) {
    String type = part.path("type").asText(part.path("content_type").asText());
    return switch (type) {
      case "thinking", "redacted_thinking", "reasoning", "thoughts", "reasoning_recap" -> "";
      case "tool_use", "function_call", "custom_tool_call", "local_shell_call" -> call(part);
      case "tool_result" -> result(text(part.path("content")));
      case "function_call_output", "custom_tool_call_output" -> result(output(part.path("output")));
      case "image", "image_url", "input_image", "image_asset_pointer" -> "[image]";
      case "audio", "input_audio", "audio_asset_pointer" -> "[audio]";
      case "document", "file", "input_file" ->
          "[file" + named(part, "title", "name", "filename") + "]";
      default -> text(first(part, "text", "parts", "content", "result"));
    };
  }

  private static JsonNode first(JsonNode node, String... fields) {
    for (String field : fields) {
      if (node.hasNonNull(field)) {
        return node.path(field);
      }
    }
    return node.path("text");
  }

  private static String named(JsonNode part, String... fields) {
    for (String field : fields) {
      if (!part.path(field).asText().isBlank()) {
        return " " + part.path(field).asText().strip();
      }
    }
    return "";
  }

  /// Returns a call of a tool: `[Bash] ls -l`.
  static String call(JsonNode call) {
    JsonNode function = call.has("function") ? call.path("function") : call;
    JsonNode given = first(function, "input", "arguments", "action");
    JsonNode input =
        given.isTextual() && given.asText().startsWith("{")
            ? JsonExport.tree(given.asText())
            : given;
    List<String> values = new ArrayList<>();
    if (input.isObject()) {
      input
          .properties()
          .forEach(field -> {
            String value = output(field.getValue());
            values.add(input.size() == 1 ? value : field.getKey() + "=" + value);
          });
    } else if (!given.isMissingNode()) {
      values.add(given.asText());
    }
    return "[" + function.path("name").asText("tool") + "] " + limited(String.join(" ", values));
  }

  private static String output(JsonNode output) {
    return output.isTextual()
        ? output.asText()
        : output.isArray() ? text(output) : output.toString();
  }

  private static String result(String text) {
    return text.isBlank() ? "" : "[result] " + limited(text.strip());
  }

  private static String limited(String text) {
    if (text.length() <= RESULT_CHARS_MAX) {
      return text;
    }
    int end =
        Character.isHighSurrogate(text.charAt(RESULT_CHARS_MAX - 1))
            ? RESULT_CHARS_MAX - 1
            : RESULT_CHARS_MAX;
    return String.format(
        Locale.ROOT, "%s\n[%,d more characters]", text.substring(0, end), text.length() - end);
  }

  /// Returns a turn, unless it says nothing.
  static Optional<ChatTurn> turn(
      String speaker, Optional<LocalDateTime> time, String replyTo, String text) {
    String clean = ChatTurn.clean(text);
    return clean.isEmpty()
        ? Optional.empty()
        : Optional.of(new ChatTurn(speaker, time, replyTo, clean));
  }
}
