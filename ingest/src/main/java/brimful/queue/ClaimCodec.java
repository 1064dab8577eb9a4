package brimful.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.corpus.DocumentId;
import brimful.corpus.UserError;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// [Claim]s as records of `brimful.jobs.*`.
///
/// The key is `collection NUL tokenizer NUL item`, so compaction keeps the last claim of each item:
/// together they are the ledger of what was submitted. A resubmitted claim has a key of its own,
/// with the suffix `NUL retry NUL version`, because it must not replace a newer one.
///
/// The value: `{"v":1,"collection","tokenizer","job","item","version","do":"read|note|delete",
/// "location","path","stamp","bytes","outcome","lost","transients","redrives"}`.
final class ClaimCodec {
  private static final String RETRY = "\0retry\0";

  private ClaimCodec() {}

  static byte[] key(Claim claim) {
    String key = itemKey(claim.collection(), claim.item());
    return (claim.attempts().total() == 0 ? key : key + RETRY + claim.version()).getBytes(UTF_8);
  }

  static String itemKey(CollectionKey collection, DocumentId item) {
    return collection.name() + '\0' + collection.tokenizer() + '\0' + item.value();
  }

  static byte[] value(Claim claim) {
    ObjectNode node = Wire.of(claim.collection(), Wire.object());
    node.put("job", claim.job())
        .put("item", claim.item().value())
        .put("version", claim.version())
        .put("lost", claim.attempts().lost())
        .put("transients", claim.attempts().transients());
    if (!claim.redrives().isEmpty()) {
      node.put("redrives", claim.redrives());
    }
    switch (claim.work()) {
      case Claim.Work.Read(String location, DocumentId path, String stamp, long bytes) ->
          node.put("do", "read")
              .put("location", location)
              .put("path", path.value())
              .put("stamp", stamp)
              .put("bytes", bytes);
      case Claim.Work.Note(var outcome) -> node.put("do", "note").set("outcome", Wire.of(outcome));
      case Claim.Work.Delete() -> node.put("do", "delete");
    }
    return Wire.bytes(node);
  }

  static Claim read(byte[] value) {
    return of(Wire.read(value));
  }

  /// @throws UnreadableRecord also for values that no claim may have
  static Claim of(JsonNode node) {
    try {
      return new Claim(
          Wire.collection(node),
          Wire.text(node, "job"),
          new DocumentId(Wire.text(node, "item")),
          Wire.number(node, "version"),
          work(node),
          new Claim.Attempts(node.path("lost").asInt(), node.path("transients").asInt()),
          node.path("redrives").asText(""));
    } catch (IllegalArgumentException | UserError e) {
      throw new UnreadableRecord(String.valueOf(e.getMessage()), false);
    }
  }

  private static Claim.Work work(JsonNode node) {
    return switch (Wire.text(node, "do")) {
      case "read" ->
          new Claim.Work.Read(
              Wire.text(node, "location"),
              new DocumentId(Wire.text(node, "path")),
              Wire.text(node, "stamp"),
              Wire.number(node, "bytes"));
      case "note" -> new Claim.Work.Note(Wire.outcome(node.path("outcome")));
      case "delete" -> new Claim.Work.Delete();
      case String other -> throw new UnreadableRecord("it wants \"%s\"".formatted(other), false);
    };
  }
}
