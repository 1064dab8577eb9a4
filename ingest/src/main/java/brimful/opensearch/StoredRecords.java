package brimful.opensearch;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.util.Optional;

/// Small records with names, each of which changes in one step, and only from the state that was
/// read. Safe for many threads and processes.
final class StoredRecords {
  private final OpenSearchClient client;
  private final String index;

  StoredRecords(OpenSearchClient client, String index) {
    this.client = client;
    this.index = index;
  }

  /// Returns the same records for a caller that does not wait for a cluster that is away.
  StoredRecords impatient() {
    return new StoredRecords(client.impatient(), index);
  }

  /// Returns the same records for the caller that decides whether others may read and write.
  StoredRecords ungated() {
    return new StoredRecords(client.ungated(), index);
  }

  /// A record as it was read.
  ///
  /// @param state what a change of it must name; empty if it is to be created
  record Read(JsonNode value, String state) {}

  /// Returns a record; empty if there is none.
  Optional<Read> read(String name) {
    return client
        .find(path(name))
        .filter(found -> found.path("found").asBoolean())
        .map(found -> new Read(found.path("_source"), state(found)));
  }

  private static String state(JsonNode answer) {
    return "if_seq_no=%s&if_primary_term=%s"
        .formatted(answer.path("_seq_no").asLong(), answer.path("_primary_term").asLong());
  }

  /// Writes a record.
  ///
  /// @param before the state that was read; empty if there was none
  /// @return what was written; empty if the record is another by now
  Optional<Read> write(String name, ObjectNode value, Optional<Read> before) {
    String condition = before.map(Read::state).orElse("op_type=create");
    var answer =
        client.answer(
            "PUT",
            path(name) + "?timeout=20s&" + condition,
            value.toString().getBytes(UTF_8),
            "application/json");
    if (answer.status() == 409) {
      // An answer may have been lost, and the request sent again.
      return read(name).filter(now -> now.value().toString().equals(value.toString()));
    }
    if (!answer.isWell()) {
      throw client.failure(answer);
    }
    return Optional.of(new Read(value, state(answer.body())));
  }

  /// Deletes a record, unless it is another by now.
  void delete(String name, Read before) {
    var answer =
        client.answer("DELETE", path(name) + "?" + before.state(), new byte[0], "application/json");
    if (!answer.isWell() && answer.status() != 404 && answer.status() != 409) {
      throw client.failure(answer);
    }
  }

  private String path(String name) {
    return "/" + index + "/_doc/" + URLEncoder.encode(name, UTF_8).replace("+", "%20");
  }
}
