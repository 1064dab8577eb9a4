package brimful.kafka.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.corpus.DocumentId;
import brimful.corpus.UserError;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// [Claim]s as records of `brimful.jobs.*`.
///
/// The key is `collection NUL tokenizer NUL item`, so compaction keeps the last claim of each item:
/// together they are the ledger of what was submitted. A resubmitted claim has a key of its own,
/// with the suffix `NUL retry NUL version NUL waits`, because it must not replace a newer one.
///
/// The value: `{"v":1,"collection","tokenizer","job","item","version","do":"read|note|delete",
/// "location","path","stamp","bytes","unmasked","outcome","lost","transients","waits","redrives"}`.
public final class ClaimCodec {
  private static final String RETRY = "\0retry\0";

  private ClaimCodec() {}

  public static byte[] key(Claim claim) {
    String key = itemKey(claim.collection(), claim.item());
    if (claim.attempts().isNone()) {
      return key.getBytes(UTF_8);
    }
    return (key + RETRY + claim.version() + '\0' + claim.attempts().waits()).getBytes(UTF_8);
  }

  /// Returns what the keys of all claims of a collection begin with; the item follows.
  public static byte[] prefix(CollectionKey collection) {
    return (collection.name() + '\0' + collection.tokenizer() + '\0').getBytes(UTF_8);
  }

  /// Returns the item in the key of a claim that is not a resubmitted one.
  ///
  /// @throws UnreadableRecord if it is not our key
  public static DocumentId item(byte[] key) {
    String text = new String(key, UTF_8);
    try {
      return new DocumentId(text.substring(text.lastIndexOf('\0') + 1));
    } catch (IllegalArgumentException | UserError e) {
      throw new UnreadableRecord(String.valueOf(e.getMessage()));
    }
  }

  /// Returns whether a key is that of a resubmitted claim.
  public static boolean isRetry(byte[] key) {
    // Collection, tokenizer and item have no NUL; all that follows is a retry's.
    int nuls = 0;
    for (byte b : key) {
      nuls += b == 0 ? 1 : 0;
    }
    return nuls > 2;
  }

  public static String itemKey(CollectionKey collection, DocumentId item) {
    return collection.name() + '\0' + collection.tokenizer() + '\0' + item.value();
  }

  public static byte[] value(Claim claim) {
    ObjectNode node = RecordJson.of(claim.collection(), RecordJson.object());
    node.put("job", claim.job())
        .put("item", claim.item().value())
        .put("version", claim.version())
        .put("lost", claim.attempts().lost())
        .put("transients", claim.attempts().transients())
        .put("waits", claim.attempts().waits());
    if (!claim.redrives().isEmpty()) {
      node.put("redrives", claim.redrives());
    }
    switch (claim.work()) {
      case Claim.Work.Read(String location, DocumentId path, String stamp, long bytes, _) ->
          node.put("do", "read")
              .put("location", location)
              .put("path", path.value())
              .put("stamp", stamp)
              .put("bytes", bytes);
      case Claim.Work.Note(var outcome, _) ->
          node.put("do", "note").set("outcome", RecordJson.of(outcome));
      case Claim.Work.Delete() -> node.put("do", "delete");
    }
    if (claim.work().unmasked()) {
      node.put("unmasked", true);
    }
    return RecordJson.bytes(node);
  }

  public static Claim read(byte[] value) {
    return of(RecordJson.read(value));
  }

  /// @throws UnreadableRecord also for values that no claim may have
  public static Claim of(JsonNode found) {
    JsonNode node = RecordJson.checked(found);
    try {
      return new Claim(
          RecordJson.collection(node),
          RecordJson.text(node, "job"),
          new DocumentId(RecordJson.text(node, "item")),
          RecordJson.number(node, "version"),
          work(node),
          new Claim.Attempts(
              node.path("lost").asInt(),
              node.path("transients").asInt(),
              node.path("waits").asInt()),
          node.path("redrives").asText(""));
    } catch (IllegalArgumentException | UserError e) {
      throw new UnreadableRecord(String.valueOf(e.getMessage()));
    }
  }

  private static Claim.Work work(JsonNode node) {
    return switch (RecordJson.text(node, "do")) {
      case "read" ->
          new Claim.Work.Read(
              RecordJson.text(node, "location"),
              new DocumentId(RecordJson.text(node, "path")),
              RecordJson.text(node, "stamp"),
              RecordJson.number(node, "bytes"),
              node.path("unmasked").asBoolean());
      case "note" ->
          new Claim.Work.Note(
              RecordJson.outcome(node.path("outcome")), node.path("unmasked").asBoolean());
      case "delete" -> new Claim.Work.Delete();
      case String other -> throw new UnreadableRecord("it wants \"%s\"".formatted(other));
    };
  }
}
