package brimful.queue;

import brimful.corpus.Chunk;
import brimful.corpus.Document;
import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Locator;
import brimful.corpus.Outcome;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// The words that all records share, as JSON.
///
/// Every record is one JSON object in UTF-8 with its schema's version in `v`. Fields that a reader
/// does not know are passed over, so that fields may be added; `v` is raised only when an old
/// reader would get a record wrong, and an old reader then stops and says so instead of guessing.
///
/// | | |
/// |---|---|
/// | outcome | `{"is":"indexed"}`, `{"is":"truncated","kept":1,"of":2,"unit":"pages"}`, `{"is":"skipped","rule":"binary"}`, `{"is":"encrypted"}`, `{"is":"failed","cause":"…"}` |
/// | locator | `{"lines":[1,40]}`, `{"page":3}`, `{"slide":3}`, `{"sheet":"Costs"}` |
/// | chunk | `{"at":locator,"in":heading,"defines":[…],"text":…,"tokens":…}`; its place in the list is its ordinal |
/// | document | `{"id":…,"chunks":[…]}` |
final class Wire {
  static final int VERSION = 1;

  private static final ObjectMapper JSON = new ObjectMapper();

  private Wire() {}

  static ObjectNode object() {
    return JSON.createObjectNode().put("v", VERSION);
  }

  static byte[] bytes(JsonNode node) {
    try {
      return JSON.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Reads a record's value.
  ///
  /// @throws UnreadableRecord if it is no record of ours, or of a version that this one cannot read
  static JsonNode read(byte[] bytes) {
    JsonNode node;
    try {
      node = JSON.readTree(bytes);
    } catch (IOException e) {
      throw new UnreadableRecord("it is not JSON", false);
    }
    if (!node.path("v").isInt()) {
      throw new UnreadableRecord("it has no version \"v\"", false);
    }
    if (node.path("v").intValue() > VERSION) {
      throw new UnreadableRecord(
          "its schema is version %d and this Brimful knows %d: upgrade this one"
              .formatted(node.path("v").intValue(), VERSION),
          true);
    }
    return node;
  }

  static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isTextual()) {
      throw new UnreadableRecord("it has no text \"%s\"".formatted(field), false);
    }
    return value.textValue();
  }

  static long number(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isIntegralNumber()) {
      throw new UnreadableRecord("it has no number \"%s\"".formatted(field), false);
    }
    return value.longValue();
  }

  static ObjectNode of(Outcome outcome) {
    ObjectNode node = JSON.createObjectNode();
    return switch (outcome) {
      case Outcome.Indexed() -> node.put("is", "indexed");
      case Outcome.Truncated(long kept, long of, String unit) ->
          node.put("is", "truncated").put("kept", kept).put("of", of).put("unit", unit);
      case Outcome.Skipped(String rule) -> node.put("is", "skipped").put("rule", rule);
      case Outcome.Encrypted() -> node.put("is", "encrypted");
      case Outcome.Failed(String cause) -> node.put("is", "failed").put("cause", cause);
    };
  }

  static Outcome outcome(JsonNode node) {
    return switch (text(node, "is")) {
      case "indexed" -> new Outcome.Indexed();
      case "truncated" ->
          new Outcome.Truncated(number(node, "kept"), number(node, "of"), text(node, "unit"));
      case "skipped" -> new Outcome.Skipped(text(node, "rule"));
      case "encrypted" -> new Outcome.Encrypted();
      case "failed" -> new Outcome.Failed(text(node, "cause"));
      case String other -> throw new UnreadableRecord("outcome \"%s\"".formatted(other), false);
    };
  }

  static ObjectNode of(CollectionKey collection, ObjectNode into) {
    return into.put("collection", collection.name()).put("tokenizer", collection.tokenizer());
  }

  static CollectionKey collection(JsonNode node) {
    return new CollectionKey(text(node, "collection"), text(node, "tokenizer"));
  }

  /// Writes an item's documents and members into an object.
  static void put(Item item, ObjectNode into) {
    ArrayNode documents = into.putArray("documents");
    for (Document document : item.documents()) {
      ObjectNode one = documents.addObject().put("id", document.id().value());
      ArrayNode chunks = one.putArray("chunks");
      document.chunks().forEach(chunk -> put(chunk, chunks.addObject()));
    }
    ArrayNode members = into.putArray("members");
    for (Item.Member member : item.members()) {
      members.addObject().put("id", member.id().value()).set("outcome", of(member.outcome()));
    }
  }

  private static void put(Chunk chunk, ObjectNode into) {
    into.set("at", of(chunk.locator()));
    if (!chunk.heading().isEmpty()) {
      into.put("in", chunk.heading());
    }
    if (!chunk.definitions().isEmpty()) {
      ArrayNode definitions = into.putArray("defines");
      chunk.definitions().forEach(definitions::add);
    }
    into.put("text", chunk.text()).put("tokens", chunk.tokens());
  }

  static List<Document> documents(JsonNode node) {
    var documents = new ArrayList<Document>();
    for (JsonNode one : node.path("documents")) {
      var id = new DocumentId(text(one, "id"));
      var chunks = new ArrayList<Chunk>();
      for (JsonNode chunk : one.path("chunks")) {
        chunks.add(chunk(id, chunks.size(), chunk));
      }
      documents.add(new Document(id, chunks));
    }
    return documents;
  }

  static List<Item.Member> members(JsonNode node) {
    var members = new ArrayList<Item.Member>();
    for (JsonNode one : node.path("members")) {
      members.add(new Item.Member(new DocumentId(text(one, "id")), outcome(one.path("outcome"))));
    }
    return members;
  }

  private static Chunk chunk(DocumentId document, int ordinal, JsonNode node) {
    var definitions = new ArrayList<String>();
    node.path("defines").forEach(name -> definitions.add(name.asText()));
    return new Chunk(
        document,
        ordinal,
        locator(node.path("at")),
        node.path("in").asText(""),
        definitions,
        text(node, "text"),
        Math.toIntExact(number(node, "tokens")));
  }

  private static ObjectNode of(Locator locator) {
    ObjectNode node = JSON.createObjectNode();
    switch (locator) {
      case Locator.Lines(int first, int last) -> node.putArray("lines").add(first).add(last);
      case Locator.Page(int number) -> node.put("page", number);
      case Locator.Slide(int number) -> node.put("slide", number);
      case Locator.Sheet(String name) -> node.put("sheet", name);
    }
    return node;
  }

  private static Locator locator(JsonNode node) {
    if (node.has("lines")) {
      return new Locator.Lines(
          node.path("lines").path(0).asInt(), node.path("lines").path(1).asInt());
    }
    if (node.has("page")) {
      return new Locator.Page(node.path("page").asInt());
    }
    if (node.has("slide")) {
      return new Locator.Slide(node.path("slide").asInt());
    }
    return new Locator.Sheet(text(node, "sheet"));
  }
}
