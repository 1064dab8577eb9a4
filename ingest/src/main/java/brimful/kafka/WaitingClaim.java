package brimful.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.kafka.record.Claim;
import brimful.kafka.record.ClaimCodec;
import brimful.kafka.record.RecordJson;
import brimful.kafka.record.UnreadableRecord;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/// A claim that was set aside, because its source cannot be opened or its file cannot be read at
/// present: a record of `brimful.jobs.waiting`.
///
/// Its key is `collection NUL tokenizer NUL item NUL version NUL waits`. A claim that is set aside
/// again has another key, so that a late delete of the former record cannot remove it. The value:
/// `{"v":1,"lane","cause","worker","since","notBefore","claim":{…}}`.
///
/// @param claim with its attempts, this time included
/// @param lane where it returns to
/// @param cause what is wrong with the source or the file
/// @param worker who found that
/// @param since when it was set aside
/// @param notBefore the earliest time of its return
public record WaitingClaim(
    Claim claim, Lane lane, String cause, String worker, Instant since, Instant notBefore) {

  /// Returns the key of its record.
  public String key() {
    return "%s\0%s\0%s"
        .formatted(
            ClaimCodec.itemKey(claim.collection(), claim.item()),
            claim.version(),
            claim.attempts().waits());
  }

  /// Returns the item in a key, as text.
  static String item(String key) {
    return key.split("\0", -1)[2];
  }

  byte[] value() {
    return value(ClaimCodec.value(claim), lane, cause, worker, since, notBefore);
  }

  /// Returns the record of a claim of a later version, which a worker of that version returns.
  ///
  /// @param claim the value of the claim's record
  public static byte[] ofLaterVersion(
      byte[] claim, Lane lane, String cause, String worker, Instant now) {
    return value(claim, lane, cause, worker, now, now);
  }

  private static byte[] value(
      byte[] claim, Lane lane, String cause, String worker, Instant since, Instant notBefore) {
    ObjectNode node =
        RecordJson.object()
            .put("lane", lane.name())
            .put("cause", cause)
            .put("worker", worker)
            .put("since", since.toString())
            .put("notBefore", notBefore.toString());
    node.set("claim", RecordJson.tree(claim));
    return RecordJson.bytes(node);
  }

  byte[] keyBytes() {
    return key().getBytes(UTF_8);
  }

  /// @throws UnreadableRecord also for values that no waiting claim may have
  public static WaitingClaim read(byte[] value) {
    JsonNode node = RecordJson.read(value);
    return new WaitingClaim(
        ClaimCodec.of(node.path("claim")),
        lane(RecordJson.text(node, "lane")),
        RecordJson.text(node, "cause"),
        RecordJson.text(node, "worker"),
        time(RecordJson.text(node, "since")),
        time(RecordJson.text(node, "notBefore")));
  }

  private static Lane lane(String name) {
    for (Lane lane : Lane.values()) {
      if (lane.name().equals(name)) {
        return lane;
      }
    }
    throw new UnreadableRecord("it has no lane \"%s\"".formatted(name));
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new UnreadableRecord("its time is \"%s\"".formatted(text));
    }
  }

  /// Returns the location that it waits for; empty if it has none.
  public String location() {
    return claim.work() instanceof Claim.Work.Read read ? read.location() : "";
  }
}
