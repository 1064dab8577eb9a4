package brimful.extract.chat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Reader;
import java.util.Set;

/// Walks through the JSON of an export, and gives each entry as a tree of limited size.
final class JsonExport {
  static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(64 << 20)
                  .maxNestingDepth(200)
                  .build())
          .build();

  /// The most that one entry may hold: a conversation is far smaller.
  private static final long ENTRY_CHARS_MAX = 64L << 20;

  /// What a node costs beside its characters.
  private static final int NODE_CHARS = 32;

  /// Deeper containers of chats are no export.
  private static final int DEPTH_MAX = 6;

  private final JsonParser in;
  private long left;
  private boolean cut;

  private JsonExport(JsonParser in) {
    this.in = in;
  }

  /// Takes the entries of one kind of export.
  interface Entries {
    /// Takes an entry.
    ///
    /// @param header what stands around the entries and before them
    /// @param first whether it is the first of its list
    void entry(ObjectNode header, boolean first, JsonNode entry) throws IOException;

    /// Takes what stands behind the entries, in the object around them.
    default void after(ObjectNode footer) {}

    /// Takes an entry that is larger than any.
    void tooLarge();
  }

  /// Reads all of an export.
  ///
  /// @param lists the fields whose arrays hold entries
  /// @param containers the fields that hold objects with such fields
  static void read(Reader json, Set<String> lists, Set<String> containers, Entries entries)
      throws IOException {
    try (JsonParser in = JSON.createParser(json)) {
      in.disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
      var export = new JsonExport(in);
      JsonToken start = in.nextToken();
      if (start == JsonToken.START_ARRAY) {
        export.list(JsonNodeFactory.instance.objectNode(), entries);
      } else if (start == JsonToken.START_OBJECT) {
        export.object(lists, containers, entries, 0);
      }
    }
  }

  /// Returns one JSON value as a tree; missing if it is none or too large.
  static JsonNode tree(String json) {
    try (JsonParser in = JSON.createParser(json)) {
      in.nextToken();
      var export = new JsonExport(in);
      export.left = ENTRY_CHARS_MAX;
      JsonNode tree = in.currentToken() == null ? MissingNode.getInstance() : export.value();
      return export.cut || in.nextToken() != null ? MissingNode.getInstance() : tree;
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  private void object(Set<String> lists, Set<String> containers, Entries entries, int depth)
      throws IOException {
    ObjectNode header = JsonNodeFactory.instance.objectNode();
    ObjectNode footer = JsonNodeFactory.instance.objectNode();
    boolean listed = false;
    for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
      JsonToken token = in.nextToken();
      if (token == JsonToken.START_ARRAY && lists.contains(name)) {
        list(header, entries);
        listed = true;
      } else if (containers.contains(name) && token.isStructStart() && depth < DEPTH_MAX) {
        contained(lists, containers, entries, depth + 1);
      } else {
        left = ENTRY_CHARS_MAX;
        (listed ? footer : header).set(name, value());
      }
    }
    if (!footer.isEmpty()) {
      entries.after(footer);
    }
  }

  private void contained(Set<String> lists, Set<String> containers, Entries entries, int depth)
      throws IOException {
    if (in.currentToken() == JsonToken.START_OBJECT) {
      object(lists, containers, entries, depth);
      return;
    }
    for (JsonToken token = in.nextToken();
        token != null && token != JsonToken.END_ARRAY;
        token = in.nextToken()) {
      if (token == JsonToken.START_OBJECT) {
        object(lists, containers, entries, depth);
      } else {
        in.skipChildren();
      }
    }
  }

  private void list(ObjectNode header, Entries entries) throws IOException {
    boolean first = true;
    for (JsonToken token = in.nextToken();
        token != null && token != JsonToken.END_ARRAY;
        token = in.nextToken()) {
      left = ENTRY_CHARS_MAX;
      cut = false;
      JsonNode entry = value();
      if (cut) {
        entries.tooLarge();
      } else {
        entries.entry(header, first, entry);
        first = false;
      }
    }
  }

  /// Reads a value and everything in it; what is beyond the limit is passed over.
  private JsonNode value() throws IOException {
    left -= NODE_CHARS;
    if (left < 0) {
      cut = true;
      in.skipChildren();
      return MissingNode.getInstance();
    }
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (in.currentToken()) {
      case START_OBJECT -> {
        ObjectNode object = nodes.objectNode();
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
          left -= name.length();
          in.nextToken();
          JsonNode value = value();
          if (!value.isMissingNode()) {
            object.set(name, value);
          }
        }
        yield object;
      }
      case START_ARRAY -> {
        ArrayNode array = nodes.arrayNode();
        while (in.nextToken() != JsonToken.END_ARRAY) {
          JsonNode value = value();
          if (!value.isMissingNode()) {
            array.add(value);
          }
        }
        yield array;
      }
      case VALUE_STRING -> {
        left -= in.getTextLength();
        yield nodes.textNode(in.getText());
      }
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          in.getTextLength() < 30
              ? nodes.numberNode(in.getDecimalValue())
              : nodes.textNode(in.getText());
      case VALUE_TRUE -> nodes.booleanNode(true);
      case VALUE_FALSE -> nodes.booleanNode(false);
      default -> nodes.nullNode();
    };
  }
}
