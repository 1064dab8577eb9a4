package brimful.kafka.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.corpus.Document;
import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Markup;
import brimful.corpus.Sha256;
import brimful.corpus.UserError;
import brimful.token.TokenCounter;
import brimful.token.Tokenizers;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.utils.Utils;

/// [Revision]s as records of `brimful.documents`, their values in CBOR (see [RevisionCbor]), shown
/// here as JSON.
///
/// The key is `collection NUL tokenizer NUL item NUL version NUL part`, the version in 16 hex
/// digits. Every version has keys of its own: in whatever order results arrive, compaction can
/// never replace a new one by an old one. The index worker sweeps overtaken versions.
///
/// Part `m` is the manifest: `{"v":1,"collection","tokenizer","job","item","version","bytes",
/// "unmasked","stamp","markup","outcome","documents","members","secrets"}`, or `"deleted":true`
/// instead of the last six. `unmasked` says whether secrets are kept; without it they may be.
/// `markup` is the version of the markup that the chunks were counted in; readers recount chunks of
/// another version. An item larger than [#RECORD_BYTES_MAX] has `"parts":n,"sha256":…` instead of
/// documents, members and secrets; those are then an object whose bytes, cut into n slices, form
/// the records with the parts `0` to `n-1`, which precede the manifest.
///
/// Part `drop` says that the collection was dropped; its item has no meaning.
///
/// All records of an item are in one partition, in order, chosen by the hash of the item's part of
/// the key.
public final class RevisionCodec {
  static final int RECORD_BYTES_MAX = 480 << 10;

  public static final String MANIFEST = "m";
  public static final String DROP = "drop";

  /// The item of a record that says that a collection was dropped.
  private static final DocumentId NO_ITEM = new DocumentId("drop");

  /// The key of a tombstone that deletes nothing.
  public static final byte[] ROLL =
      new Key(new CollectionKey("roll", "roll"), new DocumentId("roll"), 0, MANIFEST).bytes();

  private RevisionCodec() {}

  /// The content of a record's key.
  public record Key(CollectionKey collection, DocumentId item, long version, String part) {
    public static Key read(byte[] bytes) {
      String[] fields = new String(bytes, UTF_8).split("\0", -1);
      if (fields.length != 5) {
        throw new UnreadableRecord("its key has %s fields".formatted(fields.length));
      }
      try {
        return new Key(
            new CollectionKey(fields[0], fields[1]),
            new DocumentId(fields[2]),
            Long.parseUnsignedLong(fields[3], 16),
            fields[4]);
      } catch (IllegalArgumentException | UserError e) {
        throw new UnreadableRecord("its key: " + e.getMessage());
      }
    }

    public Key part(String other) {
      return new Key(collection, item, version, other);
    }

    public byte[] bytes() {
      return (ClaimCodec.itemKey(collection, item)
              + String.format(Locale.ROOT, "\0%016x\0%s", version, part))
          .getBytes(UTF_8);
    }
  }

  public static int partition(CollectionKey collection, DocumentId item, int partitions) {
    byte[] key = ClaimCodec.itemKey(collection, item).getBytes(UTF_8);
    return Utils.toPositive(Utils.murmur2(key)) % partitions;
  }

  public static Key manifestKey(Revision revision) {
    return new Key(revision.collection(), revision.id(), revision.version(), MANIFEST);
  }

  /// Returns the records of a revision in the order in which they must be written.
  ///
  /// @param partitions how many the topic has
  public static List<ProducerRecord<byte[], byte[]>> records(
      Revision revision, String topic, int partitions) {
    Key key = manifestKey(revision);
    ObjectNode manifest =
        RecordJson.of(revision.collection(), RecordJson.object())
            .put("job", revision.job())
            .put("item", revision.id().value())
            .put("version", revision.version())
            .put("bytes", revision.bytes())
            .put("unmasked", revision.unmasked());
    List<byte[]> slices = List.of();
    byte[] value =
        switch (revision.change()) {
          case Revision.Change.Delete _ -> header(manifest.put("deleted", true));
          case Revision.Change.Put(Item item) -> {
            manifest
                .put("stamp", item.stamp())
                .put("markup", Markup.VERSION)
                .set("outcome", RecordJson.of(item.outcome()));
            yield RevisionCbor.bytes(manifest, item);
          }
        };
    if (value.length > RECORD_BYTES_MAX
        && revision.change() instanceof Revision.Change.Put(Item item)) {
      byte[] body = RevisionCbor.bytes(RecordJson.object(), item);
      slices = slices(body);
      manifest.put("parts", slices.size()).put("sha256", Sha256.hex(body));
      value = header(manifest);
    }
    int partition = partition(key.collection(), key.item(), partitions);
    var records = new ArrayList<ProducerRecord<byte[], byte[]>>();
    for (int part = 0; part < slices.size(); part++) {
      byte[] partKey = key.part(Integer.toString(part)).bytes();
      records.add(new ProducerRecord<>(topic, partition, partKey, slices.get(part)));
    }
    records.add(new ProducerRecord<>(topic, partition, key.bytes(), value));
    return records;
  }

  /// Returns the record that says that a collection was dropped.
  ///
  /// @param version results of this version or an older one do not bring it back
  public static ProducerRecord<byte[], byte[]> drop(
      CollectionKey collection, long version, String topic, int partitions) {
    return new ProducerRecord<>(
        topic,
        partition(collection, NO_ITEM, partitions),
        new Key(collection, NO_ITEM, version, DROP).bytes(),
        header(RecordJson.of(collection, RecordJson.object())));
  }

  private static byte[] header(ObjectNode manifest) {
    return RevisionCbor.bytes(manifest);
  }

  private static List<byte[]> slices(byte[] bytes) {
    var slices = new ArrayList<byte[]>();
    for (int from = 0; from < bytes.length; from += RECORD_BYTES_MAX) {
      slices.add(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + RECORD_BYTES_MAX)));
    }
    return slices;
  }

  /// Returns how many slices a manifest needs; 0 if it is complete.
  public static int parts(RevisionCbor.Fields manifest) {
    return manifest.scalars().path("parts").asInt(0);
  }

  /// Reassembles a revision.
  ///
  /// @param body the slices, joined; empty if there are none
  /// @throws UnreadableRecord also if the slices are not those of the manifest
  public static Revision revision(RevisionCbor.Fields manifest, byte[] body) {
    JsonNode said = manifest.scalars();
    try {
      var id = new DocumentId(RecordJson.text(said, "item"));
      return new Revision(
          RecordJson.collection(said),
          RecordJson.text(said, "job"),
          RecordJson.number(said, "version"),
          said.path("bytes").asLong(),
          said.path("unmasked").asBoolean(true),
          said.path("deleted").asBoolean()
              ? new Revision.Change.Delete(id)
              : new Revision.Change.Put(item(id, manifest, body)));
    } catch (IllegalArgumentException | UserError e) {
      throw new UnreadableRecord(String.valueOf(e.getMessage()));
    }
  }

  private static Item item(DocumentId id, RevisionCbor.Fields manifest, byte[] body) {
    JsonNode said = manifest.scalars();
    RevisionCbor.Fields texts = manifest;
    if (parts(manifest) > 0) {
      if (!Sha256.hex(body).equals(RecordJson.text(said, "sha256"))) {
        throw new UnreadableRecord("its slices are not those of its manifest");
      }
      texts = RevisionCbor.read(body);
    }
    boolean counted = said.path("markup").asInt() == Markup.VERSION;
    return new Item(
        id,
        RecordJson.text(said, "stamp"),
        RecordJson.outcome(said.path("outcome")),
        counted ? texts.documents() : recounted(texts.documents(), RecordJson.collection(said)),
        texts.members(),
        texts.secrets());
  }

  /// Recounts the chunks of a worker with another markup version: a window whose sum differs from
  /// its count is a bug and must not occur.
  private static List<Document> recounted(List<Document> documents, CollectionKey collection) {
    TokenCounter counter = Tokenizers.named(collection.tokenizer());
    var markup = new Markup(counter.specials());
    return documents.stream()
        .map(document ->
            new Document(
                document.id(),
                document.title(),
                document.chunks().stream()
                    .map(chunk -> chunk.counted(counter.count(markup.segment(chunk))))
                    .toList()))
        .toList();
  }
}
