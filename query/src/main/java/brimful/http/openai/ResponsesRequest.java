package brimful.http.openai;

import brimful.corpus.UserError;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// A request of the Responses API as one of chat completions, which has the same parts under other
/// names.
///
/// @param chat the request of chat completions
/// @param said the conversation without instructions, which the reply continues
/// @param ignored the parameters that were left out here
public record ResponsesRequest(ObjectNode chat, ArrayNode said, List<String> ignored) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /// What this class translates.
  private static final Set<String> TRANSLATED =
      Set.of(
          "input",
          "instructions",
          "previous_response_id",
          "store",
          "text",
          "reasoning",
          "tools",
          "tool_choice",
          "max_output_tokens",
          "metadata");

  /// What changes nothing: windows are packed so that nothing is cut, and nothing runs apart.
  private static final Set<String> WITHOUT_EFFECT = Set.of("truncation", "include", "background");

  /// Parts of chat completions that the Responses API does not have.
  private static final Set<String> FOREIGN =
      Set.of(
          "messages",
          "n",
          "max_tokens",
          "max_completion_tokens",
          "response_format",
          "reasoning_effort",
          "verbosity");

  /// What a field is called here that chat completions call otherwise.
  private static final Map<String, String> OWN_NAMES =
      Map.of(
          "messages", "input",
          "max_completion_tokens", "max_output_tokens",
          "response_format", "text.format",
          "reasoning_effort", "reasoning.effort",
          "verbosity", "text.verbosity");

  public ResponsesRequest {
    ignored = List.copyOf(ignored);
  }

  /// Reads a request.
  ///
  /// @param before the conversation that it continues; empty for none
  public static ResponsesRequest of(JsonNode body, ArrayNode before) {
    ObjectNode chat = JSON.objectNode();
    var ignored = new ArrayList<String>();
    body.fieldNames()
        .forEachRemaining(name -> {
          JsonNode value = body.path(name);
          if (FOREIGN.contains(name)) {
            throw Parameters.unknown(name);
          }
          if (WITHOUT_EFFECT.contains(name)) {
            withoutEffect(name, value, ignored);
          } else if (!TRANSLATED.contains(name)) {
            chat.set(name, value);
          }
        });
    ArrayNode said = before.deepCopy();
    ResponseInput.add(body.path("input"), said);
    chat.set("messages", messages(body.path("instructions"), said));
    copy(body, "max_output_tokens", chat, "max_completion_tokens");
    text(body.path("text"), chat);
    reasoning(body.path("reasoning"), chat, ignored);
    tools(body, chat);
    return new ResponsesRequest(chat, said, ignored);
  }

  private static void withoutEffect(String name, JsonNode value, List<String> ignored) {
    if (name.equals("background") && value.asBoolean(false)) {
      throw Parameters.refused(name, "\"background\" is true: ask again without, and wait");
    }
    if (name.equals("include") && !value.isEmpty()) {
      ignored.add(name);
    }
  }

  private static ArrayNode messages(JsonNode instructions, ArrayNode said) {
    ArrayNode messages = JSON.arrayNode();
    if (instructions.isTextual() && !instructions.textValue().isBlank()) {
      messages.addObject().put("role", "system").put("content", instructions.textValue());
    } else if (!instructions.isMissingNode()
        && !instructions.isNull()
        && !instructions.isTextual()) {
      throw Parameters.wrong("instructions", instructions, "give a text");
    }
    return messages.addAll(said);
  }

  private static void copy(JsonNode from, String name, ObjectNode to, String other) {
    if (from.hasNonNull(name)) {
      to.set(other, from.path(name));
    }
  }

  private static void text(JsonNode text, ObjectNode chat) {
    copy(text, "verbosity", chat, "verbosity");
    JsonNode format = text.path("format");
    if (!format.path("type").asText("").equals("json_schema")) {
      copy(text, "format", chat, "response_format");
      return;
    }
    ObjectNode schema = JSON.objectNode();
    for (String name : List.of("name", "description", "schema", "strict")) {
      copy(format, name, schema, name);
    }
    chat.putObject("response_format").put("type", "json_schema").set("json_schema", schema);
  }

  private static void reasoning(JsonNode reasoning, ObjectNode chat, List<String> ignored) {
    copy(reasoning, "effort", chat, "reasoning_effort");
    for (String name : List.of("summary", "generate_summary")) {
      if (reasoning.hasNonNull(name)) {
        ignored.add("reasoning." + name);
      }
    }
  }

  private static void tools(JsonNode body, ObjectNode chat) {
    ArrayNode tools = JSON.arrayNode();
    for (JsonNode tool : body.path("tools")) {
      String type = tool.path("type").asText("");
      if (!type.equals("function")) {
        throw Parameters.refused(
            "tools", "tool of type \"%s\": only functions are passed on".formatted(type));
      }
      ObjectNode function = JSON.objectNode();
      for (String name : List.of("name", "description", "parameters", "strict")) {
        copy(tool, name, function, name);
      }
      tools.addObject().put("type", type).set("function", function);
    }
    if (!tools.isEmpty()) {
      chat.set("tools", tools);
    }
    JsonNode choice = body.path("tool_choice");
    if (choice.path("type").asText("").equals("function")) {
      chat.putObject("tool_choice")
          .put("type", "function")
          .putObject("function")
          .put("name", choice.path("name").asText(""));
    } else if (choice.isTextual()) {
      chat.set("tool_choice", choice);
    } else if (!choice.isMissingNode() && !choice.isNull()) {
      throw Parameters.refused(
          "tool_choice",
          "\"tool_choice\" is of a kind that is not passed on: name a function, or say auto, none or required");
    }
  }

  /// Does some work, whose errors then name fields as the Responses API calls them.
  public static <T> T renamed(Supplier<T> work) {
    try {
      return work.get();
    } catch (UserError e) {
      String name = e.field().name();
      // What is unknown is called as the client called it.
      String own =
          e.field().code().equals(Parameters.UNKNOWN) ? name : OWN_NAMES.getOrDefault(name, name);
      throw own.equals(name)
          ? e
          : new UserError(
              e.kind(),
              e.line().replace("\"" + name + "\"", "\"" + own + "\""),
              new UserError.Field(own, e.field().code()));
    }
  }
}
