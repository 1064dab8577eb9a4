package brimful.kafka.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/// A dead letter: why one version of an item failed permanently, with everything needed to find the
/// cause and to redrive it.
///
/// As a record of `brimful.dead-letters` its key is `hash NUL collection NUL tokenizer NUL item`,
/// its value `{"v":1,"cause","detail","stage","parser","sha256","worker","at","claim":{…}}`.
///
/// @param claim the claim that failed
/// @param cause the kind of failure
/// @param detail what happened, in one line
/// @param stage where: "extract", "read" or "deliver"
/// @param parser the parser and its version: another may succeed
/// @param sha256 of the file's bytes, in hex; empty if they could not be read
/// @param worker the worker that gave up
/// @param at when
public record DeadLetter(
    Claim claim,
    Cause cause,
    String detail,
    String stage,
    String parser,
    String sha256,
    String worker,
    Instant at) {

  /// Kinds of failure.
  public enum Cause {
    /// The document itself is broken.
    DOCUMENT,
    /// Its parser took longer than its budget.
    TIMEOUT,
    /// Its parser made no progress.
    STALLED,
    /// Its parser took all of its memory.
    OUT_OF_MEMORY,
    /// Its parser's process crashed.
    CRASH,
    /// It unpacks to more than is allowed.
    BOMB,
    /// It could not be opened, repeatedly, for reasons that are usually temporary.
    UNREACHABLE,
    /// Its deliveries ended without acknowledgement: each worker was stopped or killed.
    LOST,
    /// The record itself cannot be read.
    UNREADABLE;

    /// Returns whether the same bytes would break the same parser again.
    public boolean isPoison() {
      return switch (this) {
        case TIMEOUT, STALLED, OUT_OF_MEMORY, CRASH, BOMB -> true;
        case DOCUMENT, UNREACHABLE, LOST, UNREADABLE -> false;
      };
    }

    /// Returns it as people write it: `out-of-memory`.
    public String title() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public byte[] key() {
    return key(sha256, claim);
  }

  public static byte[] key(String sha256, Claim claim) {
    return (sha256 + '\0' + ClaimCodec.itemKey(claim.collection(), claim.item())).getBytes(UTF_8);
  }

  /// Returns the complete dead letter as a JSON object in one line.
  public String json() {
    return new String(value(), UTF_8);
  }

  public byte[] value() {
    ObjectNode node =
        RecordJson.object()
            .put("cause", cause.title())
            .put("detail", detail)
            .put("stage", stage)
            .put("parser", parser)
            .put("sha256", sha256)
            .put("worker", worker)
            .put("at", at.toString());
    node.set("claim", RecordJson.read(ClaimCodec.value(claim)));
    return RecordJson.bytes(node);
  }

  public static DeadLetter read(byte[] value) {
    JsonNode node = RecordJson.read(value);
    return new DeadLetter(
        ClaimCodec.of(node.path("claim")),
        cause(RecordJson.text(node, "cause")),
        RecordJson.text(node, "detail"),
        RecordJson.text(node, "stage"),
        RecordJson.text(node, "parser"),
        RecordJson.text(node, "sha256"),
        RecordJson.text(node, "worker"),
        time(RecordJson.text(node, "at")));
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new UnreadableRecord("its time is \"%s\"".formatted(text));
    }
  }

  private static Cause cause(String title) {
    for (Cause cause : Cause.values()) {
      if (cause.title().equals(title)) {
        return cause;
      }
    }
    throw new UnreadableRecord("its cause is \"%s\"".formatted(title));
  }
}
