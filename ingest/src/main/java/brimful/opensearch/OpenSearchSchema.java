package brimful.opensearch;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.corpus.UserError;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The indexes of a prefix, which all its collections share; a collection is in one shard of each.
///
/// Every record has its collection, the block that it is of, and the generations that added and
/// removed it. A generation is what one commit adds; a reader sees the records of those that are
/// committed, so that a commit is one write to one record, whatever it adds.
final class OpenSearchSchema {
  /// Raise it with the fields below: other names are other indexes.
  private static final String VERSION = "v3";

  static final String COLLECTION = "collection";
  static final String BLOCK = "block";
  static final String PLACE = "place";
  static final String BORN = "born";
  static final String DEAD = "dead";
  static final String TERMS = "terms";
  static final String DEFINES = "defines";
  static final String RECORD = "record";
  static final String PICTURE = "picture";
  static final String WORDS = "words";

  /// A document may have more terms than Lucene takes in one field of features: it adds up their
  /// stored weights, about 32,000 each, in an `int`, so 60,000 terms are too many. A document's
  /// terms are in this many fields, by hash.
  private static final int DOCUMENT_FIELDS = 64;

  /// The generation that removes what is not removed.
  static final long NEVER = 1L << 62;

  /// How many hits one search returns at most.
  static final int HITS_MAX = 20_000;

  /// Named queries return their scores since then, and lone terms are not in shards' statistics.
  private static final int MAJOR_MIN = 3;

  private static final ObjectMapper JSON = new ObjectMapper();

  /// The commits last: they tell that all are there.
  private static final List<String> KINDS = List.of("chunks", "documents", "items", "commits");

  private static final String COMMON =
      """
      "collection":{"type":"keyword"},"block":{"type":"long"},"place":{"type":"integer"},
      "born":{"type":"long"},"dead":{"type":"long"}\
      """;

  private static final Map<String, String> FIELDS =
      Map.of(
          "chunks",
          COMMON
              + """
              ,"terms":{"type":"rank_features"},"defines":{"type":"keyword","doc_values":false},
              "record":{"type":"binary"},"picture":{"type":"binary"}\
              """,
          "documents",
          COMMON
              + IntStream.range(0, DOCUMENT_FIELDS)
                  .mapToObj("\"%s\":{\"type\":\"rank_features\"}"::formatted)
                  .collect(Collectors.joining(",", ",\"terms\":{\"properties\":{", "}}")),
          "items",
          COMMON + ",\"record\":{\"type\":\"binary\"},\"words\":{\"type\":\"binary\"}",
          "commits",
          "\"collection\":{\"type\":\"keyword\"}");

  private final OpenSearchClient client;

  OpenSearchSchema(OpenSearchClient client) {
    this.client = client;
  }

  String chunks() {
    return name("chunks");
  }

  String documents() {
    return name("documents");
  }

  String items() {
    return name("items");
  }

  String commits() {
    return name("commits");
  }

  /// Returns the indexes of a collection's records.
  List<String> records() {
    return List.of(chunks(), documents(), items());
  }

  /// Returns the field of an index that has a term, within its records' [#TERMS].
  List<String> path(String index, String term) {
    // A dot would make another level.
    String feature = term.replace('.', '\uE000');
    return index.equals(documents())
        ? List.of(Integer.toString(Math.floorMod(term.hashCode(), DOCUMENT_FIELDS)), feature)
        : List.of(feature);
  }

  private String name(String kind) {
    return client.address().prefix() + "-" + kind + "-" + VERSION;
  }

  /// Returns whether the indexes are there.
  ///
  /// @throws UserError if the cluster is none that we can use, or if the indexes are none of ours
  boolean exists() {
    requireVersion();
    JsonNode found =
        client
            .find(
                "/%s?ignore_unavailable=true&filter_path=*.aliases,*.mappings.properties"
                    .formatted(String.join(",", all())))
            .orElse(MissingNode.getInstance());
    if (fields(found, commits()).isMissingNode()) {
      return false;
    }
    for (String kind : KINDS) {
      JsonNode fields = fields(found, name(kind));
      if (fields.isMissingNode()) {
        throw unusable("index %s is missing".formatted(name(kind)));
      }
      requireFields(name(kind), properties(kind), fields);
    }
    return true;
  }

  private List<String> all() {
    return KINDS.stream().map(this::name).toList();
  }

  /// Returns the fields of an index, which may have the name as an alias.
  private static JsonNode fields(JsonNode indexes, String name) {
    for (Map.Entry<String, JsonNode> index : indexes.properties()) {
      if (index.getKey().equals(name) || index.getValue().path("aliases").has(name)) {
        return index.getValue().path("mappings").path("properties");
      }
    }
    return MissingNode.getInstance();
  }

  private void requireFields(String index, JsonNode wanted, JsonNode there) {
    for (Map.Entry<String, JsonNode> field : wanted.properties()) {
      JsonNode found = there.path(field.getKey());
      JsonNode type = field.getValue().path("type");
      if (!found.path("type").equals(type)) {
        throw unusable(
            "field %s of index %s has type %s"
                .formatted(field.getKey(), index, found.path("type").asText("none")));
      }
      requireFields(index, field.getValue().path("properties"), found.path("properties"));
    }
  }

  private UserError unusable(String why) {
    return new UserError(
        UserError.Kind.CONFLICT,
        "OpenSearch at %s has not what Brimful wrote (%s): delete the indexes %s-*, and start an index worker, which reads the topics again; or name another prefix"
            .formatted(client.address(), why, client.address().prefix()));
  }

  /// Creates the indexes that are missing.
  void create() {
    if (exists()) {
      return;
    }
    requireEmpty();
    for (String kind : KINDS) {
      var answer =
          client.answer(
              "PUT",
              "/" + name(kind),
              settings(kind).toString().getBytes(UTF_8),
              "application/json");
      boolean there =
          answer
              .body()
              .path("error")
              .path("type")
              .asText()
              .equals("resource_already_exists_exception");
      if (!answer.isWell() && !there) {
        throw client.failure(answer);
      }
    }
    boolean _ = exists();
  }

  /// Records without the commits that tell which of them count would take the places of new ones.
  private void requireEmpty() {
    String indexes =
        String.join(",", records()) + "%s?ignore_unavailable=true&allow_no_indices=true";
    JsonNode _ = client.send("POST", "/" + indexes.formatted("/_refresh"));
    JsonNode count = client.send("GET", "/" + indexes.formatted("/_count"));
    if (count.path("count").asLong() > 0 && client.find("/" + commits()).isEmpty()) {
      throw unusable("index %s is missing, and its records are not".formatted(commits()));
    }
  }

  private static JsonNode properties(String kind) {
    try {
      return JSON.readTree("{" + FIELDS.getOrDefault(kind, "") + "}");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode settings(String kind) {
    String index =
        kind.equals("commits")
            ? "{\"number_of_shards\":1,\"auto_expand_replicas\":\"0-1\"}"
            : """
            {"number_of_shards":4,"auto_expand_replicas":"0-1","refresh_interval":-1,
            "max_result_window":%s}\
            """
                .formatted(HITS_MAX);
    try {
      ObjectNode node = JSON.createObjectNode();
      node.putObject("settings").set("index", JSON.readTree(index));
      ObjectNode mappings = node.putObject("mappings");
      mappings.put("dynamic", false);
      mappings.set("properties", properties(kind));
      return node;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void requireVersion() {
    JsonNode root = client.send("GET", "/");
    JsonNode version = root.path("version");
    String number = version.path("number").asText();
    boolean ours = version.path("distribution").asText().equals("opensearch");
    if (!ours || major(number) < MAJOR_MIN) {
      boolean elastic = root.path("tagline").asText().equals("You Know, for Search");
      throw new UserError(
          UserError.Kind.CONFIG,
          "%s is %s %s: Brimful needs OpenSearch %s or later"
              .formatted(
                  client.address(),
                  ours ? "OpenSearch" : elastic ? "Elasticsearch" : "another engine,",
                  number.isEmpty() ? "of an unknown version" : number,
                  MAJOR_MIN));
    }
  }

  private static int major(String number) {
    String digits = number.replaceFirst("\\D.*", "");
    return digits.isEmpty() || digits.length() > 4 ? 0 : Integer.parseInt(digits);
  }
}
