package brimful.ask;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;

/// Assembles calls of tools, which arrive in pieces. A piece names the call by its index; the id
/// and the name come once, the arguments bit by bit.
final class ToolCalls {
  /// More than any model calls at once.
  private static final int CALLS_MAX = 1_000;

  private final SequencedMap<Integer, Call> calls = new TreeMap<>();
  private long chars;

  private static final class Call {
    private final StringBuilder name = new StringBuilder();
    private final StringBuilder arguments = new StringBuilder();
    private String id = "";
    private String type = "function";
  }

  /// Takes the pieces of a delta.
  void add(JsonNode pieces) {
    for (int i = 0; i < pieces.size(); i++) {
      JsonNode piece = pieces.get(i);
      int index = piece.path("index").asInt(i);
      if (calls.size() >= CALLS_MAX && !calls.containsKey(index)) {
        continue;
      }
      Call call = calls.computeIfAbsent(index, _ -> new Call());
      call.id = piece.path("id").asText(call.id);
      call.type = piece.path("type").asText(call.type);
      JsonNode function = piece.path("function");
      String name = function.path("name").asText("");
      // Some servers repeat the name in every piece.
      if (!call.name.toString().equals(name)) {
        call.name.append(name);
      }
      String arguments =
          function.path("arguments").isContainerNode()
              ? function.path("arguments").toString()
              : function.path("arguments").asText("");
      call.arguments.append(arguments);
      chars += name.length() + arguments.length();
    }
  }

  long chars() {
    return chars;
  }

  /// Returns the calls in the form of a whole message.
  List<JsonNode> whole() {
    return calls.values().stream().map(ToolCalls::whole).toList();
  }

  private static JsonNode whole(Call call) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("id", call.id).put("type", call.type);
    node.putObject("function")
        .put("name", call.name.toString())
        .put("arguments", call.arguments.toString());
    return node;
  }
}
