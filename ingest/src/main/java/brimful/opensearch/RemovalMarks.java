package brimful.opensearch;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Marks records with the generation that removed them. Safe for many threads.
///
/// A writer that does not know yet that another took over may still send marks. So each mark is
/// written only over the one that was read, and never over a later generation's: what a commit has
/// removed stays removed. Each may arrive twice.
final class RemovalMarks {
  private static final Logger LOG = LoggerFactory.getLogger(RemovalMarks.class);
  private static final int RECORDS_A_BATCH = 500;
  private static final Duration PAUSE_MIN = Duration.ofMillis(50);
  private static final Duration PAUSE_MAX = Duration.ofSeconds(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final OpenSearchClient client;
  private final String collection;
  private List<Place> waiting = new ArrayList<>();

  RemovalMarks(OpenSearchClient client, String collection) {
    this.client = client;
    this.collection = collection;
  }

  /// Where a record is.
  record Place(String index, String id) {}

  /// A mark that was not taken, and why.
  private record Refused(Place place, int status, JsonNode error) {}

  /// Marks a record, now or with the next [#flush], as removed by a generation.
  void add(Place place, long generation) {
    List<Place> full = List.of();
    synchronized (this) {
      waiting.add(place);
      if (waiting.size() >= RECORDS_A_BATCH) {
        full = take();
      }
    }
    mark(full, generation);
  }

  void flush(long generation) {
    mark(take(), generation);
  }

  private synchronized List<Place> take() {
    List<Place> taken = waiting;
    waiting = new ArrayList<>();
    return taken;
  }

  private void mark(List<Place> places, long generation) {
    change(
        places, dead -> dead == OpenSearchSchema.NEVER ? generation : Math.max(dead, generation));
  }

  /// Changes marks; those of records that are gone are left out.
  ///
  /// @param next the new mark for the one that is there, perhaps the same
  void change(List<Place> places, LongUnaryOperator next) {
    client.together(() -> changeUntilTaken(places, next));
  }

  private void changeUntilTaken(List<Place> places, LongUnaryOperator next) {
    List<Place> left = places;
    long end = client.endNanos();
    var backoff = new Backoff(PAUSE_MIN, PAUSE_MAX);
    while (!left.isEmpty()) {
      List<Refused> refused = tryAll(left, next);
      if (refused.isEmpty()) {
        return;
      }
      Refused one = refused.getFirst();
      if (System.nanoTime() - end >= 0) {
        throw OpenSearchErrors.of(client.address(), one.status(), one.error());
      }
      LOG.info("marks not taken count={} status={}", refused.size(), one.status());
      left = refused.stream().map(Refused::place).toList();
      backoff.pause();
    }
  }

  private List<Refused> tryAll(List<Place> places, LongUnaryOperator next) {
    var refused = new ArrayList<Refused>();
    var sent = new ArrayList<Place>();
    var lines = new StringBuilder();
    List<JsonNode> docs = read(places);
    for (int at = 0; at < places.size(); at++) {
      JsonNode doc = docs.get(at);
      long dead = doc.path("_source").path(OpenSearchSchema.DEAD).asLong();
      long now = next.applyAsLong(dead);
      if (doc.has("error")) {
        refused.add(new Refused(places.get(at), 503, doc.path("error")));
      } else if (doc.path("found").asBoolean() && now != dead) {
        sent.add(places.get(at));
        lines.append(update(places.get(at), doc, now));
      }
    }
    if (!sent.isEmpty()) {
      refused.addAll(send(sent, lines.toString()));
    }
    return refused;
  }

  /// Returns the records as they are at this moment, in the order of their places.
  private List<JsonNode> read(List<Place> places) {
    ObjectNode body = JSON.createObjectNode();
    var docs = body.putArray("docs");
    for (Place place : places) {
      head(docs.addObject(), place).putArray("_source").add(OpenSearchSchema.DEAD);
    }
    var read = new ArrayList<JsonNode>(places.size());
    JsonNode answer = client.send("POST", "/_mget", body).path("docs");
    for (int at = 0; at < places.size(); at++) {
      read.add(answer.path(at));
    }
    return read;
  }

  private String update(Place place, JsonNode read, long dead) {
    ObjectNode action = JSON.createObjectNode();
    head(action.putObject("update"), place)
        .put("if_seq_no", read.path("_seq_no").asLong())
        .put("if_primary_term", read.path("_primary_term").asLong());
    ObjectNode update = JSON.createObjectNode();
    update.putObject("doc").put(OpenSearchSchema.DEAD, dead);
    return action + "\n" + update + "\n";
  }

  private ObjectNode head(ObjectNode node, Place place) {
    return node.put("_index", place.index()).put("_id", place.id()).put("routing", collection);
  }

  private List<Refused> send(List<Place> places, String lines) {
    JsonNode answer = client.lines(OpenSearchErrors.BULK, lines.getBytes(UTF_8));
    var refused = new ArrayList<Refused>();
    for (int at = 0; at < places.size(); at++) {
      JsonNode item = answer.path("items").path(at);
      JsonNode one =
          item.isEmpty()
              ? MissingNode.getInstance()
              : item.properties().iterator().next().getValue();
      int status = one.path("status").asInt();
      JsonNode error = one.path("error");
      switch (status) {
        case 200, 201, 404 -> {}
        // Changed since it was read.
        case 409 -> refused.add(new Refused(places.get(at), status, error));
        default -> {
          OpenSearchErrors.requireBusy(client.address(), status, error);
          refused.add(new Refused(places.get(at), status, error));
        }
      }
    }
    return refused;
  }
}
