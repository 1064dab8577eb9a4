package brimful.kafka.record;

import brimful.corpus.Outcome;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/// The JSON vocabulary that all records share.
///
/// Every record is one JSON object in UTF-8 (in `brimful.documents`, CBOR) with its schema's
/// version in `v`. Readers ignore unknown fields, so fields may be added; `v` is raised only when
/// an old reader would misread a record, and then an old reader stops with a message instead of
/// guessing.
///
/// | | |
/// |---|---|
/// | outcome | `{"is":"indexed"}`, `{"is":"truncated","kept":1,"of":2,"unit":"pages"}`, `{"is":"skipped","rule":"binary"}`, `{"is":"encrypted"}`, `{"is":"failed","cause":"…"}` |
public final class RecordJson {
  static final int VERSION = 1;

  private static final ObjectMapper JSON = new ObjectMapper();

  private RecordJson() {}

  public static ObjectNode object() {
    return JSON.createObjectNode().put("v", VERSION);
  }

  public static byte[] bytes(JsonNode node) {
    try {
      return JSON.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Reads a record's value.
  ///
  /// @throws UnreadableRecord if it is not one of our records, or of an unknown version
  public static JsonNode read(byte[] bytes) {
    return checked(tree(bytes));
  }

  /// Reads a record's value, of whatever version.
  ///
  /// @throws UnreadableRecord if it is not JSON
  public static JsonNode tree(byte[] bytes) {
    try {
      return JSON.readTree(bytes);
    } catch (IOException e) {
      throw new UnreadableRecord("it is not JSON");
    }
  }

  /// Returns an object whose schema this version can read.
  static JsonNode checked(JsonNode node) {
    if (!node.path("v").isInt()) {
      throw new UnreadableRecord("it has no version \"v\"");
    }
    if (node.path("v").intValue() > VERSION) {
      throw UnreadableRecord.ofLaterVersion(
          "its schema is version %s and this Brimful knows %s: upgrade this one"
              .formatted(node.path("v").intValue(), VERSION));
    }
    return node;
  }

  public static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isTextual()) {
      throw new UnreadableRecord("it has no text \"%s\"".formatted(field));
    }
    return value.textValue();
  }

  public static long number(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isIntegralNumber()) {
      throw new UnreadableRecord("it has no number \"%s\"".formatted(field));
    }
    return value.longValue();
  }

  static ObjectNode of(Outcome outcome) {
    ObjectNode node = JSON.createObjectNode();
    return switch (outcome) {
      case Outcome.Indexed(String detail) -> {
        node.put("is", "indexed");
        yield detail.isEmpty() ? node : node.put("detail", detail);
      }
      case Outcome.Truncated(long kept, long of, String unit, String detail) -> {
        node.put("is", "truncated").put("kept", kept).put("of", of).put("unit", unit);
        yield detail.isEmpty() ? node : node.put("detail", detail);
      }
      case Outcome.Skipped(String rule) -> node.put("is", "skipped").put("rule", rule);
      case Outcome.Encrypted() -> node.put("is", "encrypted");
      case Outcome.Failed(String cause) -> node.put("is", "failed").put("cause", cause);
    };
  }

  static Outcome outcome(JsonNode node) {
    return switch (text(node, "is")) {
      case "indexed" -> new Outcome.Indexed(node.path("detail").asText(""));
      case "truncated" ->
          new Outcome.Truncated(
              number(node, "kept"),
              number(node, "of"),
              text(node, "unit"),
              node.path("detail").asText(""));
      case "skipped" -> new Outcome.Skipped(text(node, "rule"));
      case "encrypted" -> new Outcome.Encrypted();
      case "failed" -> new Outcome.Failed(text(node, "cause"));
      case String other -> throw new UnreadableRecord("outcome \"%s\"".formatted(other));
    };
  }

  static ObjectNode of(CollectionKey collection, ObjectNode into) {
    return into.put("collection", collection.name()).put("tokenizer", collection.tokenizer());
  }

  static CollectionKey collection(JsonNode node) {
    return new CollectionKey(text(node, "collection"), text(node, "tokenizer"));
  }
}
