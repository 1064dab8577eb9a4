package brimful.opensearch;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Collects writes and sends them together; whoever makes a batch full sends it, and waits.
///
/// Every write may arrive twice, and a deletion before the write that it follows: versions decide,
/// not the order. Safe for many threads.
final class BulkWriter {
  private static final Logger LOG = LoggerFactory.getLogger(BulkWriter.class);
  private static final int BATCH_BYTES = 4 << 20;

  /// A cluster that is busy gets this much time before a batch is sent again, and twice as much
  /// each time after that.
  private static final Duration PAUSE_MIN = Duration.ofMillis(200);

  private static final Duration PAUSE_MAX = Duration.ofSeconds(5);

  /// Written once, and deleted once.
  private static final int WRITTEN = 1;

  private static final int DELETED = 2;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final OpenSearchClient client;
  private final String routing;
  private ByteArrayOutputStream batch = new ByteArrayOutputStream();

  /// @param routing what decides the shard
  BulkWriter(OpenSearchClient client, String routing) {
    this.client = client;
    this.routing = routing;
  }

  void index(String index, String id, ObjectNode record) {
    add(versioned(index, id, "index", WRITTEN), Optional.of(record));
  }

  void delete(String index, String id) {
    add(versioned(index, id, "delete", DELETED), Optional.empty());
  }

  private ObjectNode versioned(String index, String id, String verb, int version) {
    ObjectNode action = JSON.createObjectNode();
    action
        .putObject(verb)
        .put("_index", index)
        .put("_id", id)
        .put("routing", routing)
        .put("version", version)
        .put("version_type", "external");
    return action;
  }

  private void add(ObjectNode action, Optional<ObjectNode> source) {
    byte[] head = (action + "\n").getBytes(UTF_8);
    byte[] body = source.map(node -> (node + "\n").getBytes(UTF_8)).orElse(new byte[0]);
    byte[] full = new byte[0];
    synchronized (this) {
      batch.writeBytes(head);
      batch.writeBytes(body);
      if (batch.size() >= BATCH_BYTES) {
        full = take();
      }
    }
    send(full);
  }

  /// Sends what is left; the caller knows that no other thread is sending.
  void flush() {
    send(take());
  }

  private synchronized byte[] take() {
    byte[] taken = batch.toByteArray();
    batch = new ByteArrayOutputStream();
    return taken;
  }

  private void send(byte[] lines) {
    if (lines.length > 0) {
      client.together(() -> sendUntilTaken(lines));
    }
  }

  private void sendUntilTaken(byte[] lines) {
    long end = client.endNanos();
    var backoff = new Backoff(PAUSE_MIN, PAUSE_MAX);
    while (true) {
      Optional<Refused> busy = refused(client.lines(OpenSearchErrors.BULK, lines));
      if (busy.isEmpty()) {
        return;
      }
      Refused one = busy.get();
      if (System.nanoTime() - end >= 0) {
        throw OpenSearchErrors.of(client.address(), one.status(), one.error());
      }
      LOG.info(
          "writes not taken status={} cause={}",
          one.status(),
          OpenSearchErrors.reason(one.error()));
      backoff.pause();
    }
  }

  /// A write that is to be sent again, and why.
  private record Refused(int status, JsonNode error) {}

  /// Returns one of the writes that are to be sent again; empty if all were taken.
  private Optional<Refused> refused(JsonNode answer) {
    Optional<Refused> busy = Optional.empty();
    if (!answer.path("errors").asBoolean()) {
      return busy;
    }
    for (JsonNode item : answer.path("items")) {
      JsonNode one = item.properties().iterator().next().getValue();
      int status = one.path("status").asInt();
      JsonNode error = one.path("error");
      switch (status) {
        // Taken before, or gone.
        case 200, 201, 404, 409 -> {}
        default -> {
          OpenSearchErrors.requireBusy(client.address(), status, error);
          busy = Optional.of(new Refused(status, error));
        }
      }
    }
    return busy;
  }
}
