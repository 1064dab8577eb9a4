package brimful.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.corpus.CellRange;
import brimful.corpus.Chunk;
import brimful.corpus.Locator;
import brimful.corpus.Minutes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.store.ByteArrayDataInput;
import org.apache.lucene.store.ByteArrayDataOutput;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.compress.LZ4;

/// The stored text of a chunk, and everything else that its [ChunkRef] lacks.
///
/// Each record is compressed separately with LZ4: on code it packs three times as fast as zlib's
/// fastest level, unpacks five times as fast, and is 1.4 times as large. Lucene's stored fields
/// would share blocks of 80 kB between chunks: reading the scattered tenth of an index that a
/// window needs took a fresh process ten times as long.
record ChunkRecord(Locator locator, String heading, List<String> definitions, String text) {
  /// LZ4 packs this many bytes into one at best.
  private static final int PACKED_TO_MAX = 255;

  /// A number takes at most this many bytes.
  private static final int NUMBER_BYTES_MAX = 5;

  /// What LZ4 may add to a record, besides one byte in 255.
  private static final int PACKING_BYTES_MAX = 16;

  static ChunkRecord of(Chunk chunk) {
    return new ChunkRecord(chunk.locator(), chunk.heading(), chunk.definitions(), chunk.text());
  }

  Chunk chunk(ChunkRef ref) {
    return new Chunk(
        ref.document(), ref.ordinal(), locator, heading, definitions, text, ref.tokens());
  }

  /// Returns the packed record with its checksum.
  ///
  /// @param table is overwritten
  BytesRef sealed(LZ4.FastCompressionHashTable table) throws IOException {
    byte[] plain = plain();
    int most = plain.length + plain.length / 255 + PACKING_BYTES_MAX + NUMBER_BYTES_MAX;
    byte[] packed = new byte[most + ChecksummedRecord.SUM_BYTES];
    var out = new ByteArrayDataOutput(packed);
    out.writeVInt(plain.length);
    LZ4.compress(plain, 0, plain.length, out, table);
    return ChecksummedRecord.seal(packed, out.getPosition());
  }

  private byte[] plain() throws IOException {
    byte[] textBytes = text.getBytes(UTF_8);
    byte[] headingBytes = heading.getBytes(UTF_8);
    byte[] name = name().getBytes(UTF_8);
    var definitionBytes = new ArrayList<byte[]>(definitions.size());
    int size = textBytes.length + headingBytes.length + name.length;
    for (String definition : definitions) {
      byte[] bytes = definition.getBytes(UTF_8);
      definitionBytes.add(bytes);
      size += bytes.length;
    }
    byte[] plain = new byte[size + (definitions.size() + 10) * NUMBER_BYTES_MAX];
    var out = new ByteArrayDataOutput(plain);
    write(out, locator, name);
    write(out, headingBytes);
    out.writeVInt(definitionBytes.size());
    for (byte[] definition : definitionBytes) {
      write(out, definition);
    }
    write(out, textBytes);
    return Arrays.copyOf(plain, out.getPosition());
  }

  /// Returns what the locator holds beside numbers; names of speakers have no line breaks.
  private String name() {
    return switch (locator) {
      case Locator.Sheet(String name, _) -> name;
      case Locator.Turns turns ->
          turns.time().map(Minutes::display).orElse("")
              + "\n"
              + String.join("\n", turns.speakers());
      default -> "";
    };
  }

  private static void write(ByteArrayDataOutput out, byte[] utf8) throws IOException {
    out.writeVInt(utf8.length);
    out.writeBytes(utf8, 0, utf8.length);
  }

  static ChunkRecord of(BytesRef sealed) throws IOException {
    ByteArrayDataInput packed = ChecksummedRecord.open(sealed, "a chunk");
    try {
      return of(new ByteArrayDataInput(unpacked(packed)));
    } catch (CorruptIndexException e) {
      throw e;
    } catch (IOException | IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new CorruptIndexException("it cannot be unpacked", "a chunk", e);
    }
  }

  private static byte[] unpacked(ByteArrayDataInput packed) throws IOException {
    int length = packed.readVInt();
    if (length < 0 || length > PACKED_TO_MAX * (long) packed.length()) {
      throw new CorruptIndexException("it claims to have " + length + " bytes", "a chunk");
    }
    var plain = new byte[length];
    int end = LZ4.decompress(packed, length, plain, 0);
    if (end != length) {
      throw new CorruptIndexException("a chunk of " + length + " bytes is cut short", "a chunk");
    }
    return plain;
  }

  private static ChunkRecord of(ByteArrayDataInput in) throws IOException {
    Locator locator = locator(in);
    String heading = string(in);
    int count = in.readVInt();
    var definitions = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      definitions.add(string(in));
    }
    return new ChunkRecord(locator, heading, definitions, string(in));
  }

  private static String string(ByteArrayDataInput in) throws IOException {
    int length = in.readVInt();
    if (length < 0 || length > in.length() - in.getPosition()) {
      throw new CorruptIndexException("a string of " + length + " bytes is cut short", "a chunk");
    }
    var utf8 = new byte[length];
    in.readBytes(utf8, 0, length);
    return new String(utf8, UTF_8);
  }

  private static void write(ByteArrayDataOutput out, Locator locator, byte[] name)
      throws IOException {
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
      case Locator.Sheet(_, Optional<CellRange> cells) -> {
        out.writeByte((byte) (cells.isPresent() ? 4 : 3));
        write(out, name);
        if (cells.isPresent()) {
          out.writeVInt(cells.get().firstColumn());
          out.writeVInt(cells.get().firstRow());
          out.writeVInt(cells.get().lastColumn());
          out.writeVInt(cells.get().lastRow());
        }
      }
      case Locator.Cell(int number) -> {
        out.writeByte((byte) 5);
        out.writeVInt(number);
      }
      case Locator.Time(int first, int last) -> {
        out.writeByte((byte) 6);
        out.writeVInt(first);
        out.writeVInt(last);
      }
      case Locator.Turns(int first, int last, _, _) -> {
        out.writeByte((byte) 7);
        out.writeVInt(first);
        out.writeVInt(last);
        write(out, name);
      }
      case Locator.Figure(int page, int number) -> {
        out.writeByte((byte) 8);
        out.writeVInt(page);
        out.writeVInt(number);
      }
    }
  }

  private static Locator locator(ByteArrayDataInput in) throws IOException {
    byte kind = in.readByte();
    return switch (kind) {
      case 0 -> new Locator.Lines(in.readVInt(), in.readVInt());
      case 1 -> new Locator.Page(in.readVInt());
      case 2 -> new Locator.Slide(in.readVInt());
      case 3 -> new Locator.Sheet(string(in));
      case 4 -> new Locator.Sheet(string(in), Optional.of(cells(in)));
      case 5 -> new Locator.Cell(in.readVInt());
      case 6 -> new Locator.Time(in.readVInt(), in.readVInt());
      case 7 -> turns(in.readVInt(), in.readVInt(), string(in));
      case 8 -> new Locator.Figure(in.readVInt(), in.readVInt());
      default -> throw new CorruptIndexException("locator of kind " + kind, "a chunk");
    };
  }

  private static Locator turns(int first, int last, String name) {
    List<String> parts = List.of(name.split("\n", -1));
    List<String> speakers =
        parts.subList(1, parts.size()).stream().filter(part -> !part.isEmpty()).toList();
    return new Locator.Turns(first, last, Minutes.parse(parts.getFirst()), speakers);
  }

  private static CellRange cells(ByteArrayDataInput in) {
    return new CellRange(in.readVInt(), in.readVInt(), in.readVInt(), in.readVInt());
  }
}
