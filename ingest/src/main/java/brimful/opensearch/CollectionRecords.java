package brimful.opensearch;

import brimful.corpus.UserError;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Deletes records of a collection, and takes back the marks of removals. Safe for many threads.
///
/// A deletion may take longer than a request, so the cluster does it as a task, which is asked for.
final class CollectionRecords {
  private static final Duration DELETION_MAX = Duration.ofHours(1);
  private static final Duration PAUSE_MIN = Duration.ofMillis(20);
  private static final Duration PAUSE_MAX = Duration.ofSeconds(1);

  /// Each leaves only records that changed while it ran.
  private static final int DELETIONS_MAX = 5;

  private static final int RECORDS_A_PAGE = 500;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final OpenSearchClient client;
  private final OpenSearchSchema schema;
  private final String collection;

  CollectionRecords(OpenSearchClient client, OpenSearchSchema schema, String collection) {
    this.client = client;
    this.schema = schema;
    this.collection = collection;
  }

  /// Makes all that was written visible to searches.
  void refresh() {
    var answer = client.send("POST", "/" + String.join(",", schema.records()) + "/_refresh");
    OpenSearchErrors.requireShards(client.address(), answer.path("_shards"));
  }

  /// Deletes all that generations up to one have added, and waits until it is done.
  void deleteBornUpTo(long generation) {
    ObjectNode born = JSON.createObjectNode();
    born.putObject("range").putObject(OpenSearchSchema.BORN).put("lte", generation);
    delete(List.of(born), List.of());
  }

  /// Deletes what generations have added, and takes back what they have removed.
  void undo(List<Long> generations) {
    delete(List.of(CommitRecord.terms(OpenSearchSchema.BORN, generations)), List.of());
    var marks = new RemovalMarks(client, collection);
    for (String index : schema.records()) {
      ArrayNode after = JSON.createArrayNode();
      do {
        JsonNode hits = removedBy(index, generations, after);
        var some = new ArrayList<RemovalMarks.Place>();
        after = JSON.createArrayNode();
        for (JsonNode hit : hits) {
          after = (ArrayNode) hit.path("sort");
          String id =
              GenerationWriter.id(collection, after.path(0).asLong(), after.path(1).asInt());
          some.add(new RemovalMarks.Place(index, id));
        }
        marks.change(some, dead -> generations.contains(dead) ? OpenSearchSchema.NEVER : dead);
      } while (!after.isEmpty());
    }
  }

  private JsonNode removedBy(String index, List<Long> generations, ArrayNode after) {
    ObjectNode body = JSON.createObjectNode();
    body.put("size", RECORDS_A_PAGE);
    body.put("track_total_hits", false);
    body.put("stored_fields", "_none_");
    body.putArray("sort").add(OpenSearchSchema.BLOCK).add(OpenSearchSchema.PLACE);
    if (!after.isEmpty()) {
      body.set("search_after", after);
    }
    body.setAll(query(List.of(CommitRecord.terms(OpenSearchSchema.DEAD, generations)), List.of()));
    JsonNode answer = client.send("POST", "/" + index + "/_search", body);
    return OpenSearchErrors.whole(client.address(), answer).path("hits").path("hits");
  }

  /// Deletes what generations up to one have removed, some time.
  ///
  /// @param aborted what these have removed is still there for readers
  void sweep(long generation, List<Long> aborted) {
    ObjectNode dead = JSON.createObjectNode();
    dead.putObject("range").putObject(OpenSearchSchema.DEAD).put("lte", generation);
    String _ =
        begin(query(List.of(dead), List.of(CommitRecord.terms(OpenSearchSchema.DEAD, aborted))));
  }

  private void delete(List<ObjectNode> which, List<ObjectNode> not) {
    ObjectNode query = query(which, not);
    for (int times = 0; times < DELETIONS_MAX; times++) {
      refresh();
      JsonNode done = awaited(begin(query));
      JsonNode failure = done.path("failures").path(0);
      if (!failure.isMissingNode()) {
        throw OpenSearchErrors.of(
            client.address(), failure.path("status").asInt(503), failure.path("cause"));
      }
      if (done.has("version_conflicts") && done.path("version_conflicts").asLong() == 0) {
        return;
      }
    }
    throw unfinished("its records change meanwhile");
  }

  private ObjectNode query(List<ObjectNode> which, List<ObjectNode> not) {
    ObjectNode query = JSON.createObjectNode();
    ObjectNode bool = query.putObject("query").putObject("bool");
    ArrayNode filter = bool.putArray("filter");
    filter.addObject().putObject("term").put(OpenSearchSchema.COLLECTION, collection);
    filter.addAll(which);
    bool.putArray("must_not").addAll(not);
    return query;
  }

  /// Returns the task that deletes.
  private String begin(ObjectNode query) {
    String indexes = String.join(",", schema.records());
    return client
        .send(
            "POST",
            "/%s/_delete_by_query?conflicts=proceed&wait_for_completion=false".formatted(indexes),
            query)
        .path("task")
        .asText();
  }

  /// Returns what a task has done; a missing node if its node has ended, and the task with it.
  private JsonNode awaited(String task) {
    long end = System.nanoTime() + DELETION_MAX.toNanos();
    var backoff = new Backoff(PAUSE_MIN, PAUSE_MAX);
    while (System.nanoTime() < end) {
      var answer = client.answer("GET", "/_tasks/" + task, new byte[0], "application/json");
      JsonNode body = answer.body();
      if (answer.status() != 404 && !answer.isWell()) {
        throw client.failure(answer);
      }
      if (answer.status() == 404 || body.path("completed").asBoolean()) {
        if (body.has("error") && answer.isWell()) {
          throw OpenSearchErrors.of(client.address(), 503, body.path("error"));
        }
        return body.path("response");
      }
      backoff.pause();
    }
    throw unfinished("no end after " + DELETION_MAX.toHours() + " h");
  }

  private UserError unfinished(String why) {
    return new UserError(
        UserError.Kind.UNAVAILABLE,
        "OpenSearch at %s has not deleted old records of collection %s (%s): try again later"
            .formatted(client.address(), collection, why));
  }
}
