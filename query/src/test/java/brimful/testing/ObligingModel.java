package brimful.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// A model that does what a request asks for, for clients that test more than text: it calls the
/// first tool once, answers in the form of a schema, and says nothing more if it is asked slowly.
public final class ObligingModel {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ObligingModel() {}

  /// Returns the reply to a request.
  public static Script answer(FakeDeepSeek.Request request) {
    try {
      return answer(JSON.readTree(request.body()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Script answer(JsonNode body) {
    JsonNode messages = body.path("messages");
    JsonNode last = messages.path(messages.size() - 1);
    if (last.path("content").asText().contains("slowly")) {
      return Script.stream(List.of(Script.text("In "))).ending(Script.End.STALL);
    }
    if (last.path("role").asText().equals("tool")) {
      return Script.answer("It says ", last.path("content").asText(), ".");
    }
    JsonNode function = body.at("/tools/0/function");
    if (function.isObject() && !body.path("tool_choice").asText("").equals("none")) {
      return calling(function);
    }
    JsonNode schema = body.at("/response_format/json_schema/schema");
    return schema.isObject()
        ? Script.answer(instance(schema, schema).toString())
        : Script.answer("In ", "rivers.");
  }

  private static Script calling(JsonNode function) {
    String arguments =
        instance(function.path("parameters"), function.path("parameters")).toString();
    int half = arguments.length() / 2;
    return Script.stream(
        List.of(
            Script.delta("{\"role\":\"assistant\",\"content\":null}"),
            call(
                ",\"id\":\"call_1\",\"type\":\"function\"",
                function.path("name").asText(),
                arguments.substring(0, half)),
            call("", "", arguments.substring(half)),
            Script.finish("tool_calls"),
            Script.usage(900, 0, 20, 0),
            "data: [DONE]"));
  }

  private static String call(String more, String name, String arguments) {
    ObjectNode function = JSON.createObjectNode();
    if (!name.isEmpty()) {
      function.put("name", name);
    }
    function.put("arguments", arguments);
    return Script.delta(
        "{\"tool_calls\":[{\"index\":0%s,\"function\":%s}]}".formatted(more, function));
  }

  /// Returns a value that a schema allows.
  private static JsonNode instance(JsonNode schema, JsonNode root) {
    if (schema.has("$ref")) {
      return instance(root.at(schema.path("$ref").asText().substring(1)), root);
    }
    if (schema.has("enum")) {
      return schema.path("enum").get(0);
    }
    return switch (schema.path("type").asText("string")) {
      case "object" -> {
        ObjectNode object = JSON.createObjectNode();
        schema
            .path("properties")
            .properties()
            .forEach(field -> object.set(field.getKey(), instance(field.getValue(), root)));
        yield object;
      }
      case "array" -> {
        ArrayNode array = JSON.createArrayNode();
        yield array.add(instance(schema.path("items"), root));
      }
      case "integer", "number" -> JSON.getNodeFactory().numberNode(3);
      case "boolean" -> JSON.getNodeFactory().booleanNode(true);
      default -> JSON.getNodeFactory().textNode("rivers");
    };
  }
}
