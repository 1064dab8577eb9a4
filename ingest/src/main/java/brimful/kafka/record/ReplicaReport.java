package brimful.kafka.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.corpus.UserError;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What an index worker reports of its folder.
///
/// As a record of `brimful.progress` its key is `index-worker NUL group NUL replica`, its value
/// `{"v":1,"at","parked":[{"collection","tokenizer","at","cause"}]}`.
///
/// @param group its consumer group
/// @param replica the name of its folder
/// @param at when it started, or something changed
/// @param parked the collections that wait
public record ReplicaReport(String group, String replica, Instant at, List<Parked> parked) {
  private static final String KIND = "index-worker";

  public ReplicaReport {
    parked = List.copyOf(parked);
  }

  /// A collection that waits at a record that only a newer version can read.
  ///
  /// @param at `TOPIC-PARTITION@OFFSET`
  public record Parked(CollectionKey collection, String at, String cause) {}

  public static byte[] key(String group, String replica) {
    return String.join("\0", KIND, group, replica).getBytes(UTF_8);
  }

  public byte[] value() {
    ObjectNode node = RecordJson.object().put("at", at.toString());
    ArrayNode array = node.putArray("parked");
    for (Parked one : parked) {
      RecordJson.of(one.collection(), array.addObject())
          .put("at", one.at())
          .put("cause", one.cause());
    }
    return RecordJson.bytes(node);
  }

  /// Reads a record; empty if it is another kind.
  ///
  /// @throws UnreadableRecord as [RecordJson#read]
  public static Optional<ReplicaReport> read(String key, byte[] value) {
    String[] words = key.split("\0", -1);
    if (words.length != 3 || !words[0].equals(KIND)) {
      return Optional.empty();
    }
    JsonNode node = RecordJson.read(value);
    try {
      var parked = new ArrayList<Parked>();
      for (JsonNode one : node.path("parked")) {
        parked.add(
            new Parked(
                RecordJson.collection(one),
                RecordJson.text(one, "at"),
                RecordJson.text(one, "cause")));
      }
      Instant at = Instant.parse(RecordJson.text(node, "at"));
      return Optional.of(new ReplicaReport(words[1], words[2], at, parked));
    } catch (DateTimeParseException | UserError e) {
      throw new UnreadableRecord(String.valueOf(e.getMessage()));
    }
  }
}
