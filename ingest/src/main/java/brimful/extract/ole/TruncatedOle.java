package brimful.extract.ole;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;

/// An OLE file (MS-CFB) that ends early, mended as far as possible.
///
/// Mails have their directory and their table of sectors in front: the file is filled up with
/// zeros, and lost parts of the table say that sectors follow each other. Office writes both at the
/// end: then the main stream, which lies in one piece in nearly all files, is found by how it
/// begins. A workbook becomes a file of its own again; of a Word document or a presentation the
/// text alone is read.
///
/// @param whole files that POI may open, the better one first
/// @param parts otherwise the text: of a document, or of each slide
/// @param slides whether the parts are slides
public record TruncatedOle(List<byte[]> whole, List<String> parts, boolean slides) {
  private static final long BYTES_MAX = 64L << 20;
  private static final byte[] MAGIC = {
    (byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0, (byte) 0xa1, (byte) 0xb1, 0x1a, (byte) 0xe1
  };
  private static final int HEADER_BYTES = 512;
  private static final int HEADER_ENTRIES = 109;
  private static final int ENTRY_BYTES = 4;
  private static final int END_OF_CHAIN = -2;

  public TruncatedOle {
    whole = List.copyOf(whole);
    parts = List.copyOf(parts);
  }

  /// Returns what is left of a file; nothing if it is no OLE file, is whole, or too large.
  public static Optional<TruncatedOle> of(Path file) throws IOException {
    long size = Files.size(file);
    if (size < HEADER_BYTES || size > BYTES_MAX) {
      return Optional.empty();
    }
    return of(Files.readAllBytes(file));
  }

  static Optional<TruncatedOle> of(byte[] bytes) throws IOException {
    if (bytes.length < HEADER_BYTES
        || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      return Optional.empty();
    }
    var sectors = new Sectors(bytes);
    return sectors.isCut() ? Optional.of(left(sectors)) : Optional.empty();
  }

  private static TruncatedOle left(Sectors sectors) throws IOException {
    var whole = new ArrayList<byte[]>();
    if (sectors.hasDirectory()) {
      sectors.filled().ifPresent(whole::add);
    }
    for (int at = sectors.size; at + Long.BYTES <= sectors.bytes.length; at += sectors.size) {
      byte[] start = Arrays.copyOfRange(sectors.bytes, at, at + Long.BYTES);
      if (BookRecords.begin(start)) {
        whole.add(book(BookRecords.of(sectors.from(at))));
        return new TruncatedOle(whole, List.of(), false);
      }
      if (WordStream.begins(start)) {
        return new TruncatedOle(whole, WordStream.text(sectors.from(at)).stream().toList(), false);
      }
      if (SlideRecords.begin(start)) {
        return new TruncatedOle(whole, SlideRecords.texts(sectors.from(at)), true);
      }
    }
    return new TruncatedOle(whole, List.of(), false);
  }

  private static byte[] book(byte[] stream) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var files = new POIFSFileSystem()) {
      files.createDocument(
          new ByteArrayInputStream(stream), BookRecords.isOld(stream) ? "Book" : "Workbook");
      files.writeFilesystem(out);
    }
    return out.toByteArray();
  }

  /// The sectors of a file and the table that chains them.
  private static final class Sectors {
    private final byte[] bytes;
    private final ByteBuffer fields;
    private final int size;
    private final List<Integer> tables = new ArrayList<>();

    Sectors(byte[] bytes) {
      this.bytes = bytes;
      fields = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      size = fields.getShort(30) == 12 ? 4_096 : 512;
      int count = Math.clamp(fields.getInt(44), 0, (int) (2 * BYTES_MAX / size / entries() + 1));
      for (int i = 0; i < Math.min(count, HEADER_ENTRIES); i++) {
        tables.add(fields.getInt(76 + ENTRY_BYTES * i));
      }
      int more = fields.getInt(68);
      while (tables.size() < count && isWhole(more)) {
        for (int i = 0; i < entries() - 1 && tables.size() < count; i++) {
          tables.add(fields.getInt(at(more) + ENTRY_BYTES * i));
        }
        more = fields.getInt(at(more) + size - ENTRY_BYTES);
      }
    }

    byte[] from(int at) {
      return Arrays.copyOfRange(bytes, at, bytes.length);
    }

    private int entries() {
      return size / ENTRY_BYTES;
    }

    private int at(int sector) {
      return (sector + 1) * size;
    }

    private boolean isWhole(int sector) {
      return sector >= 0 && (sector + 2L) * size <= bytes.length;
    }

    boolean isCut() {
      return !hasDirectory()
          || !tables.stream().allMatch(this::isWhole)
          || (last() + 1L) * size >= bytes.length;
    }

    /// Tells whether the directory and the part of the table for it are there.
    boolean hasDirectory() {
      int directory = fields.getInt(48);
      int table = directory / entries();
      return isWhole(directory) && table < tables.size() && isWhole(tables.get(table));
    }

    /// Returns the last sector that is in use, as far as the table is there.
    private int last() {
      int last = 0;
      for (int i = 0; i < tables.size(); i++) {
        for (int j = 0; j < entries() && isWhole(tables.get(i)); j++) {
          if (fields.getInt(at(tables.get(i)) + ENTRY_BYTES * j) != -1) {
            last = Math.max(last, i * entries() + j);
          }
        }
      }
      return last;
    }

    Optional<byte[]> filled() {
      boolean all = tables.stream().allMatch(this::isWhole);
      long last = all ? last() : (long) tables.size() * entries() - 1;
      for (int table : tables) {
        last = Math.max(last, table);
      }
      if ((last + 2) * size > 2 * BYTES_MAX) {
        return Optional.empty();
      }
      byte[] filled = Arrays.copyOf(bytes, (int) (last + 2) * size);
      var to = ByteBuffer.wrap(filled).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < tables.size(); i++) {
        for (int j = 0; j < entries() && tables.get(i) >= 0 && !isWhole(tables.get(i)); j++) {
          int sector = i * entries() + j;
          int next = sector >= last ? END_OF_CHAIN : sector + 1;
          to.putInt(at(tables.get(i)) + ENTRY_BYTES * j, next);
        }
      }
      return Optional.of(filled);
    }
  }
}
