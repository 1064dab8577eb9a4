package brimful.opensearch;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.corpus.UserError;
import brimful.index.EngineCatalog.Address;
import brimful.index.term.FrozenWeights;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What is asked about the records of one commit. Safe for many threads.
///
/// A term is a feature of a record, whose weight the engine saturates as BM25 does: this needs no
/// statistics of shards, which count removed records and other collections. A query is named by its
/// number, so that its score comes back for each hit, and with it the term's frequency.
final class CommitQueries {
  /// So many searches in one request.
  private static final int SEARCHES_MAX = 200;

  /// Records of items have 32 bytes a chunk, so a page has as many as are about so large: a source
  /// file's record is some hundred bytes, an archive's a quarter of a megabyte.
  private static final long PAGE_BYTES = 8 << 20;

  static final int RECORDS_MIN = 50;
  static final int RECORDS_MAX = 5_000;

  private static final int RECORDS_A_READ = 500;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final OpenSearchClient client;
  private final OpenSearchSchema schema;
  private final String collection;
  private final CommitRecord commit;

  CommitQueries(
      OpenSearchClient client, OpenSearchSchema schema, String collection, CommitRecord commit) {
    this.client = client;
    this.schema = schema;
    this.collection = collection;
    this.commit = commit;
  }

  OpenSearchSchema schema() {
    return schema;
  }

  /// Returns what to tell people of a record that cannot be read.
  UserError damaged(IOException e) {
    return new UserError(
        UserError.Kind.IO,
        "collection %s in OpenSearch at %s is damaged (%s): drop it and submit it again"
            .formatted(collection, client.address(), e.getMessage()),
        e);
  }

  /// A term, and the most that it adds to a score.
  ///
  /// @param word the number of the word that it is a form of
  record Clause(int word, String term, float boost) {}

  /// @param pivot of the term's saturation, which does not matter where scores do not
  private ObjectNode feature(String index, String term, float pivot) {
    List<String> path = schema.path(index, term);
    ObjectNode feature = JSON.createObjectNode();
    feature.put("field", OpenSearchSchema.TERMS + "." + String.join(".", path));
    feature.putObject("saturation").put("pivot", pivot);
    return feature;
  }

  /// A search for the records with the best of some terms.
  ///
  /// @param filters that they pass
  record Search(
      String index,
      List<Clause> clauses,
      FrozenWeights.Saturation saturation,
      List<ObjectNode> filters) {
    /// Passes on which of the terms a record has.
    void terms(SearchAnswer.Found found, EngineShortlist.Taker taker) {
      for (int at = 0; at < found.clauses().length; at++) {
        Clause clause = clauses.get(found.clauses()[at]);
        double weight = saturation.weightOf(found.scores()[at], clause.boost());
        taker.take(clause.word(), clause.term(), found.address(), weight);
      }
    }

    Search with(List<ObjectNode> others) {
      return new Search(index, clauses, saturation, others);
    }
  }

  /// A request for a page of what a search finds, best first.
  ///
  /// @param after the last one of the page before; empty for the first page
  /// @param scoreMin what each must have
  record Page(Search search, int limit, Optional<SearchAnswer.Found> after, double scoreMin) {}

  /// Asks for several pages at once, and returns what is on them in their order.
  ///
  /// Not as one `_msearch`, whose answer has no scores of named queries.
  List<List<SearchAnswer.Found>> search(List<Page> pages) {
    return RequestsAtOnce.results(pages, this::search);
  }

  private List<SearchAnswer.Found> search(Page page) {
    Search search = page.search();
    ObjectNode body = body(page.limit());
    body.put("track_total_hits", false);
    body.set("query", query(search));
    // Else copies of a shard would break ties in an order of their own. It also says where a record
    // is, so that no field of it need be read.
    body.putArray("sort").add("_score").add(OpenSearchSchema.BLOCK).add(OpenSearchSchema.PLACE);
    page.after()
        .ifPresent(last ->
            body.putArray("search_after")
                .add(last.score())
                .add(last.address().block())
                .add(last.address().place()));
    if (page.scoreMin() > 0) {
      body.put("min_score", page.scoreMin());
    }
    SearchAnswer answer =
        client.search(
            "/%s/_search?include_named_queries_score=true&routing=%s&filter_path=%s,hits.hits.sort,hits.hits.matched_queries"
                .formatted(
                    search.index(), URLEncoder.encode(collection, UTF_8), OpenSearchErrors.WHOLE),
            body,
            search.clauses().size());
    JsonNode _ = whole(answer.rest());
    if (!answer.hits().isEmpty()) {
      Address last = answer.hits().getLast().address();
      if (page.after().filter(before -> before.address().equals(last)).isPresent()) {
        throw OpenSearchErrors.strange(
            client.address(), new IOException("a page of hits comes twice"));
      }
    }
    return answer.hits();
  }

  private static ObjectNode body(int limit) {
    ObjectNode body = JSON.createObjectNode();
    body.put("size", limit);
    // Reading an id would unpack the record's text.
    body.put("stored_fields", "_none_");
    return body;
  }

  private ObjectNode query(Search search) {
    ObjectNode query = JSON.createObjectNode();
    ObjectNode bool = query.putObject("bool");
    bool.set("filter", commit.filter(collection).addAll(search.filters()));
    ArrayNode should = bool.putArray("should");
    for (int number = 0; number < search.clauses().size(); number++) {
      Clause clause = search.clauses().get(number);
      ObjectNode feature = feature(search.index(), clause.term(), search.saturation().pivot());
      feature.put("boost", clause.boost()).put("_name", Integer.toString(number));
      should.addObject().set("rank_feature", feature);
    }
    bool.put("minimum_should_match", 1);
    return query;
  }

  /// Returns the filter for a commit's records that have any of some terms.
  private ArrayNode having(String index, List<String> terms) {
    ArrayNode filter = commit.filter(collection);
    ArrayNode should = filter.addObject().putObject("bool").putArray("should");
    terms.forEach(term -> should.addObject().set("rank_feature", feature(index, term, 1)));
    return filter;
  }

  /// How many records of an index have any of some terms.
  record Count(String index, List<String> terms) {}

  /// Returns counts in their order, in as few rounds as possible.
  List<Long> counts(List<Count> counts) {
    List<ObjectNode> bodies =
        counts.stream()
            .map(count -> {
              ObjectNode body = JSON.createObjectNode();
              body.put("size", 0);
              body.put("track_total_hits", true);
              body.putObject("query")
                  .putObject("bool")
                  .set("filter", having(count.index(), count.terms()));
              return body;
            })
            .toList();
    return multiple(counts.stream().map(Count::index).toList(), bodies).stream()
        .map(answer -> answer.path("hits").path("total").path("value").asLong())
        .toList();
  }

  private List<JsonNode> multiple(List<String> indexes, List<ObjectNode> bodies) {
    var answers = new ArrayList<JsonNode>();
    for (int from = 0; from < bodies.size(); from += SEARCHES_MAX) {
      int to = Math.min(bodies.size(), from + SEARCHES_MAX);
      var lines = new StringBuilder();
      for (int at = from; at < to; at++) {
        ObjectNode head = JSON.createObjectNode();
        head.put("index", indexes.get(at)).put("routing", collection);
        lines.append(head).append('\n').append(bodies.get(at)).append('\n');
      }
      JsonNode answer =
          client.lines(
              "/_msearch?filter_path=responses.hits,responses."
                  + OpenSearchErrors.WHOLE.replace(",", ",responses."),
              lines.toString().getBytes(UTF_8));
      answer.path("responses").forEach(one -> answers.add(whole(one)));
    }
    if (answers.size() != bodies.size()) {
      throw new IllegalStateException(
          "%s searches have %s answers".formatted(bodies.size(), answers.size()));
    }
    return answers;
  }

  private JsonNode whole(JsonNode answer) {
    return OpenSearchErrors.whole(client.address(), answer);
  }

  /// Returns where the chunks are that define a name.
  List<Address> defining(String name) {
    ArrayNode filter = commit.filter(collection);
    filter.addObject().putObject("term").put(OpenSearchSchema.DEFINES, name);
    return all(schema.chunks(), filter);
  }

  /// Returns where all records with any of a search's terms are, in no order of relevance.
  List<Address> all(Search search) {
    List<String> terms = search.clauses().stream().map(Clause::term).toList();
    return all(search.index(), having(search.index(), terms).addAll(search.filters()));
  }

  /// Returns the filters that records of a part of the collection pass, and perhaps some others.
  List<ObjectNode> filters(Optional<EnginePart.Records> part, RecordFilter filter) {
    return part.map(records -> filter.of(collection, records)).orElse(List.of());
  }

  private List<Address> all(String index, ArrayNode filter) {
    var found = new ArrayList<Address>();
    Optional<JsonNode> after = Optional.empty();
    while (true) {
      ObjectNode body = body(OpenSearchSchema.HITS_MAX);
      body.put("track_total_hits", false);
      body.putArray("sort").add(OpenSearchSchema.BLOCK).add(OpenSearchSchema.PLACE);
      after.ifPresent(place -> body.set("search_after", place));
      body.putObject("query").putObject("bool").set("filter", filter);
      JsonNode hits = multiple(List.of(index), List.of(body)).getFirst().path("hits").path("hits");
      for (JsonNode hit : hits) {
        JsonNode sort = hit.path("sort");
        found.add(new Address(sort.path(0).asLong(), sort.path(1).asInt()));
      }
      if (hits.size() < OpenSearchSchema.HITS_MAX) {
        return found;
      }
      after = Optional.of(hits.get(hits.size() - 1).path("sort"));
    }
  }

  /// A record of an item or of words.
  ///
  /// @param record of an item; empty if it is none
  record Stored(long block, long born, long dead, byte[] record, byte[] words) {}

  /// Passes on the records of items and words that commits have added or removed since one.
  ///
  /// @param since its generation
  void items(long since, Consumer<Stored> taker) {
    Optional<JsonNode> after = Optional.empty();
    int limit = RECORDS_MIN;
    while (true) {
      ObjectNode body = JSON.createObjectNode();
      body.put("size", limit);
      body.put("track_total_hits", false);
      body.putArray("sort").add(OpenSearchSchema.BLOCK);
      ObjectNode bool = body.putObject("query").putObject("bool");
      bool.putArray("filter")
          .addObject()
          .putObject("term")
          .put(OpenSearchSchema.COLLECTION, collection);
      ArrayNode should = bool.putArray("should");
      for (String field : List.of(OpenSearchSchema.BORN, OpenSearchSchema.DEAD)) {
        should
            .addObject()
            .putObject("range")
            .putObject(field)
            .put("gt", since)
            .put("lte", commit.committed());
      }
      bool.put("minimum_should_match", 1);
      after.ifPresent(place -> body.set("search_after", place));
      JsonNode hits =
          multiple(List.of(schema.items()), List.of(body)).getFirst().path("hits").path("hits");
      long bytes = 0;
      for (JsonNode hit : hits) {
        Stored stored = stored(hit.path("_source"));
        bytes += stored.record().length + stored.words().length;
        taker.accept(stored);
      }
      if (hits.size() < limit) {
        return;
      }
      limit = nextLimit(limit, bytes);
      after = Optional.of(hits.get(hits.size() - 1).path("sort"));
    }
  }

  /// Returns how many records to ask for next: a page is held as a whole.
  ///
  /// @param bytes of the records of a page
  static int nextLimit(int records, long bytes) {
    long fit = PAGE_BYTES * records / Math.max(1, bytes);
    return (int) Math.clamp(Math.min(fit, 2L * records), RECORDS_MIN, RECORDS_MAX);
  }

  private static Stored stored(JsonNode source) {
    return new Stored(
        source.path(OpenSearchSchema.BLOCK).asLong(),
        source.path(OpenSearchSchema.BORN).asLong(),
        source.path(OpenSearchSchema.DEAD).asLong(),
        bytes(source.path(OpenSearchSchema.RECORD)),
        bytes(source.path(OpenSearchSchema.WORDS)));
  }

  private static byte[] bytes(JsonNode base64) {
    return Base64.getDecoder().decode(base64.asText());
  }

  /// Returns a field of chunks, in their order.
  ///
  /// @param field [OpenSearchSchema#RECORD] or [OpenSearchSchema#PICTURE]
  List<byte[]> read(List<Address> chunks, String field) {
    var parts = new ArrayList<List<Address>>();
    for (int from = 0; from < chunks.size(); from += RECORDS_A_READ) {
      parts.add(chunks.subList(from, Math.min(chunks.size(), from + RECORDS_A_READ)));
    }
    return RequestsAtOnce.results(parts, part -> readSome(part, field)).stream()
        .flatMap(List::stream)
        .toList();
  }

  private List<byte[]> readSome(List<Address> chunks, String field) {
    ObjectNode body = JSON.createObjectNode();
    ArrayNode docs = body.putArray("docs");
    for (Address chunk : chunks) {
      docs.addObject()
          .put("_id", GenerationWriter.id(collection, chunk.block(), chunk.place()))
          .put("routing", collection);
    }
    JsonNode answer =
        client.send(
            "POST",
            "/%s/_mget?_source_includes=%s&filter_path=docs.found,docs.error,docs._source"
                .formatted(schema.chunks(), field),
            body);
    var read = new ArrayList<byte[]>();
    for (JsonNode doc : answer.path("docs")) {
      if (doc.has("error")) {
        throw OpenSearchErrors.of(client.address(), 503, doc.path("error"));
      }
      if (!doc.path("found").asBoolean()) {
        throw CommitView.outdated(collection);
      }
      read.add(bytes(doc.path("_source").path(field)));
    }
    return read;
  }
}
