package brimful.index;

import brimful.corpus.Chunk;
import brimful.corpus.Locator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.store.ByteArrayDataInput;
import org.apache.lucene.store.ByteBuffersDataOutput;
import org.apache.lucene.store.DataOutput;
import org.apache.lucene.util.BytesRef;

/// The stored text of a chunk, and everything else that its [ChunkRef] lacks.
///
/// Each record is compressed separately, with the JDK's native zlib. Lucene's stored fields would
/// share blocks of 80 kB between chunks and decompress them in Java: reading the scattered tenth of
/// an index that a window needs took a fresh process ten times as long.
record ChunkRecord(Locator locator, String heading, List<String> definitions, String text) {
  private static final int BUFFER_BYTES = 8192;

  static ChunkRecord of(Chunk chunk) {
    return new ChunkRecord(chunk.locator(), chunk.heading(), chunk.definitions(), chunk.text());
  }

  Chunk chunk(ChunkRef ref) {
    return new Chunk(
        ref.document(), ref.ordinal(), locator, heading, definitions, text, ref.tokens());
  }

  /// @param deflater is reset
  byte[] bytes(Deflater deflater) throws IOException {
    var out = new ByteBuffersDataOutput();
    write(out, locator);
    out.writeString(heading);
    out.writeVInt(definitions.size());
    for (String definition : definitions) {
      out.writeString(definition);
    }
    out.writeString(text);
    return deflated(out.toArrayCopy(), deflater);
  }

  private static byte[] deflated(byte[] plain, Deflater deflater) throws IOException {
    deflater.reset();
    deflater.setInput(plain);
    deflater.finish();
    var out = new ByteBuffersDataOutput();
    out.writeVInt(plain.length);
    var buffer = new byte[BUFFER_BYTES];
    while (!deflater.finished()) {
      out.writeBytes(buffer, deflater.deflate(buffer));
    }
    return out.toArrayCopy();
  }

  /// @param inflater is reset
  static ChunkRecord of(BytesRef bytes, Inflater inflater) throws IOException {
    ByteArrayDataInput packed = ChecksummedRecord.open(bytes, "a chunk");
    var plain = new byte[packed.readVInt()];
    inflater.reset();
    inflater.setInput(bytes.bytes, packed.getPosition(), packed.length() - packed.getPosition());
    try {
      if (inflater.inflate(plain) != plain.length) {
        throw new CorruptIndexException(
            "a chunk of " + plain.length + " bytes is cut short", "a chunk");
      }
    } catch (DataFormatException e) {
      throw new CorruptIndexException("it cannot be unpacked", "a chunk", e);
    }
    return of(new ByteArrayDataInput(plain));
  }

  private static ChunkRecord of(ByteArrayDataInput in) throws IOException {
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
      default -> throw new CorruptIndexException("locator of kind " + kind, "a chunk");
    };
  }
}
