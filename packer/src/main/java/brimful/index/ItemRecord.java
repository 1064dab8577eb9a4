package brimful.index;

import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Outcome;
import brimful.corpus.PictureSize;
import brimful.corpus.Secrets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.store.ByteBuffersDataOutput;
import org.apache.lucene.store.DataInput;
import org.apache.lucene.store.DataOutput;

/// The compact form of an item, or of a part of one, without its text.
///
/// @param id the item's id
/// @param part its place among the item's parts, from 0
/// @param state what the index remembers of the item; only the last part has it
/// @param documents its documents, in their order
record ItemRecord(DocumentId id, int part, Optional<ItemState> state, List<Entry> documents) {
  /// Most items share it.
  private static final Outcome INDEXED = new Outcome.Indexed();

  /// A document's chunks, as far as this part has them, four numbers each, in document order.
  ///
  /// They are copied in and out as one block: a loop over each chunk's numbers would be most of
  /// what a fresh process does before its first search.
  static final class Entry {
    private static final int WIDTH = 4;

    private final DocumentId id;
    private final String title;
    private final int first;
    private final long[] columns;

    /// By place: few chunks have a picture.
    private Map<Integer, PictureSize> pictures = Map.of();

    private Entry(DocumentId id, String title, int first, int chunks) {
      this.id = id;
      this.title = title;
      this.first = first;
      columns = new long[WIDTH * chunks];
    }

    /// @param first the ordinal of the first chunk
    static Entry sized(DocumentId id, String title, int first, int chunks) {
      return new Entry(id, title, first, chunks);
    }

    DocumentId id() {
      return id;
    }

    String title() {
      return title;
    }

    /// Returns the ordinal of the first chunk: not 0 if it goes on with a document of the part
    /// before.
    int first() {
      return first;
    }

    int chunks() {
      return columns.length / WIDTH;
    }

    /// Takes in a chunk's reference, and its length as [IndexSchema] weighs it; the key is not
    /// kept.
    void set(ChunkRef ref, int length) {
      int at = WIDTH * (ref.ordinal() - first);
      columns[at] = ((long) length << 32) | ref.tokens();
      columns[at + 1] = ((long) ref.lastLine() << 32) | ref.firstLine();
      columns[at + 2] = ref.hash();
      columns[at + 3] = ref.simHash();
      if (!ref.picture().isNone()) {
        put(ref.ordinal() - first, ref.picture());
      }
    }

    private void put(int place, PictureSize picture) {
      if (pictures.isEmpty()) {
        pictures = new TreeMap<>();
      }
      pictures.put(place, picture);
    }

    /// Takes in what a chunk costs by another tokenizer.
    ///
    /// @param place the chunk's place in this entry, from 0
    void recount(int place, int tokens) {
      int at = WIDTH * place;
      columns[at] = (columns[at] >>> 32 << 32) | tokens;
    }

    ChunkRef ref(int place, int key) {
      int at = WIDTH * place;
      return new ChunkRef(
          id,
          first + place,
          key,
          (int) columns[at],
          (int) columns[at + 1],
          (int) (columns[at + 1] >>> 32),
          columns[at + 2],
          columns[at + 3],
          pictures.isEmpty() ? PictureSize.NONE : pictures.getOrDefault(place, PictureSize.NONE));
    }

    int tokens(int place) {
      return (int) columns[WIDTH * place];
    }

    boolean hasPictures() {
      return !pictures.isEmpty();
    }

    int length(int place) {
      return (int) (columns[WIDTH * place] >>> 32);
    }
  }

  byte[] bytes() throws IOException {
    var out = new ByteBuffersDataOutput();
    out.writeString(id.value());
    out.writeVInt(part);
    out.writeByte((byte) (state.isPresent() ? 1 : 0));
    if (state.isPresent()) {
      write(out, state.get());
    }
    out.writeVInt(documents.size());
    for (Entry entry : documents) {
      out.writeString(entry.id.equals(id) ? "" : entry.id.value());
      out.writeString(entry.title);
      out.writeVInt(entry.first);
      out.writeVInt(entry.chunks());
      var block = new byte[Long.BYTES * entry.columns.length];
      longs(block).put(entry.columns);
      out.writeBytes(block, block.length);
      out.writeVInt(entry.pictures.size());
      for (Map.Entry<Integer, PictureSize> picture : entry.pictures.entrySet()) {
        out.writeVInt(picture.getKey());
        out.writeVInt(picture.getValue().width());
        out.writeVInt(picture.getValue().height());
        out.writeVInt(picture.getValue().bytes());
      }
    }
    return out.toArrayCopy();
  }

  static ItemRecord of(DataInput in) throws IOException {
    var id = new DocumentId(in.readString());
    int part = in.readVInt();
    Optional<ItemState> state = in.readByte() == 1 ? Optional.of(state(in)) : Optional.empty();
    int documentCount = in.readVInt();
    var documents = new ArrayList<Entry>(documentCount);
    for (int i = 0; i < documentCount; i++) {
      documents.add(entry(id, in));
    }
    return new ItemRecord(id, part, state, documents);
  }

  static void write(DataOutput out, ItemState state) throws IOException {
    out.writeString(state.stamp());
    write(out, state.outcome());
    out.writeVInt(state.members().size());
    for (Item.Member member : state.members()) {
      out.writeString(member.id().value());
      write(out, member.outcome());
    }
    write(out, state.secrets());
  }

  private static void write(DataOutput out, Secrets secrets) throws IOException {
    out.writeVLong(secrets.count());
    out.writeVInt(secrets.found().size());
    for (Secrets.Found found : secrets.found()) {
      out.writeString(found.document().value());
      out.writeString(found.locator());
      out.writeString(found.rule());
    }
  }

  private static Secrets secrets(DataInput in) throws IOException {
    long count = in.readVLong();
    int listed = in.readVInt();
    var found = new ArrayList<Secrets.Found>();
    for (int i = 0; i < listed; i++) {
      found.add(
          new Secrets.Found(new DocumentId(in.readString()), in.readString(), in.readString()));
    }
    return count == 0 ? Secrets.NONE : new Secrets(count, found);
  }

  static ItemState state(DataInput in) throws IOException {
    String stamp = in.readString();
    Outcome outcome = outcome(in);
    int memberCount = in.readVInt();
    var members = new ArrayList<Item.Member>(memberCount);
    for (int i = 0; i < memberCount; i++) {
      members.add(new Item.Member(new DocumentId(in.readString()), outcome(in)));
    }
    return new ItemState(stamp, outcome, members, secrets(in));
  }

  private static Entry entry(DocumentId item, DataInput in) throws IOException {
    String own = in.readString();
    DocumentId id = own.isEmpty() ? item : new DocumentId(own);
    String title = in.readString();
    // Most have none, and share it.
    Entry entry = Entry.sized(id, title.isEmpty() ? "" : title, in.readVInt(), in.readVInt());
    var block = new byte[Long.BYTES * entry.columns.length];
    in.readBytes(block, 0, block.length);
    longs(block).get(entry.columns);
    for (int left = in.readVInt(); left > 0; left--) {
      entry.put(in.readVInt(), new PictureSize(in.readVInt(), in.readVInt(), in.readVInt()));
    }
    return entry;
  }

  private static LongBuffer longs(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
  }

  private static void write(DataOutput out, Outcome outcome) throws IOException {
    switch (outcome) {
      case Outcome.Indexed(String detail) when detail.isEmpty() -> out.writeByte((byte) 0);
      case Outcome.Indexed(String detail) -> {
        out.writeByte((byte) 5);
        out.writeString(detail);
      }
      case Outcome.Truncated(long kept, long of, String unit, String detail) -> {
        out.writeByte((byte) 1);
        out.writeVLong(kept);
        out.writeVLong(of);
        out.writeString(unit);
        out.writeString(detail);
      }
      case Outcome.Skipped(String rule) -> {
        out.writeByte((byte) 2);
        out.writeString(rule);
      }
      case Outcome.Encrypted() -> out.writeByte((byte) 3);
      case Outcome.Failed(String cause) -> {
        out.writeByte((byte) 4);
        out.writeString(cause);
      }
    }
  }

  private static Outcome outcome(DataInput in) throws IOException {
    byte kind = in.readByte();
    return switch (kind) {
      case 0 -> INDEXED;
      case 1 ->
          new Outcome.Truncated(in.readVLong(), in.readVLong(), in.readString(), in.readString());
      case 2 -> new Outcome.Skipped(in.readString());
      case 3 -> new Outcome.Encrypted();
      case 4 -> new Outcome.Failed(in.readString());
      case 5 -> new Outcome.Indexed(in.readString());
      default -> throw new CorruptIndexException("outcome of kind " + kind, "an item");
    };
  }
}
