package brimful.index;

import brimful.corpus.Chunk;
import brimful.corpus.Locator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.store.ByteArrayDataInput;
import org.apache.lucene.store.ByteBuffersDataOutput;
import org.apache.lucene.store.DataOutput;

/// The part of a chunk that only reading it needs: all that is not in its [ChunkRef].
record ChunkRecord(Locator locator, String heading, List<String> definitions, String text) {

  static ChunkRecord of(Chunk chunk) {
    return new ChunkRecord(chunk.locator(), chunk.heading(), chunk.definitions(), chunk.text());
  }

  Chunk chunk(ChunkRef ref) {
    return new Chunk(
        ref.document(), ref.ordinal(), locator, heading, definitions, text, ref.tokens());
  }

  byte[] bytes() throws IOException {
    var out = new ByteBuffersDataOutput();
    write(out, locator);
    out.writeString(heading);
    out.writeVInt(definitions.size());
    for (String definition : definitions) {
      out.writeString(definition);
    }
    out.writeString(text);
    return out.toArrayCopy();
  }

  static ChunkRecord of(byte[] bytes) throws IOException {
    var in = new ByteArrayDataInput(bytes);
    Locator locator = locator(in);
    String heading = in.readString();
    int count = in.readVInt();
    var definitions = new ArrayList<String>(count);
    for (int i = 0; i < count; i++) {
      definitions.add(in.readString());
    }
    return new ChunkRecord(locator, heading, definitions, in.readString());
  }

  private static void write(DataOutput out, Locator locator) throws IOException {
    switch (locator) {
      case Locator.Lines(int first, int last) -> {
        out.writeByte((byte) 0);
        out.writeVInt(first);
        out.writeVInt(last);
      }
      case Locator.Page(int number) -> {
        out.writeByte((byte) 1);
        out.writeVInt(number);
      }
      case Locator.Slide(int number) -> {
        out.writeByte((byte) 2);
        out.writeVInt(number);
      }
      case Locator.Sheet(String name) -> {
        out.writeByte((byte) 3);
        out.writeString(name);
      }
    }
  }

  private static Locator locator(ByteArrayDataInput in) throws IOException {
    byte kind = in.readByte();
    return switch (kind) {
      case 0 -> new Locator.Lines(in.readVInt(), in.readVInt());
      case 1 -> new Locator.Page(in.readVInt());
      case 2 -> new Locator.Slide(in.readVInt());
      case 3 -> new Locator.Sheet(in.readString());
      default -> throw new IOException("locator of kind " + kind + ": the index is corrupt");
    };
  }
}
