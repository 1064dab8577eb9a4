package brimful.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.corpus.DocumentId;
import brimful.corpus.PictureSize;
import brimful.store.ChecksummedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.apache.lucene.store.ByteArrayDataInput;
import org.apache.lucene.store.ByteBuffersDataOutput;
import org.jspecify.annotations.Nullable;

/// The catalog of a large commit as a file beside it: who opens the commit again need not read the
/// record of each item, and what no question touches takes no memory.
///
/// Layout, little-endian: a head, the lines and hashes of each chunk, the columns that scoring
/// reads, the pictures, offsets of the documents' names, the names, the items, and a checksum of
/// all. It is made from the index and can be made again: a file that is absent, damaged, or of
/// another commit or version counts as none.
///
/// Cost of opening: one pass over the bytes for the checksum, and a copy of 20 bytes a chunk.
/// Documents become objects when they are asked for, items all at once. Safe for many threads.
final class CatalogFile {
  static final String NAME = "brimful.catalog";

  /// Raise the last digit whenever the layout changes, or that of [ItemRecord].
  private static final long FORMAT = 0x4252_4d43_4154_0001L;

  private static final int START_BYTES = Long.BYTES + 16;
  private static final int HEAD_BYTES = START_BYTES + 6 * Integer.BYTES + Long.BYTES;
  private static final int CHUNK_BYTES = 3 * Long.BYTES;
  private static final int NONE = -1;
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final MemorySegment file;

  /// Where the next section begins, while it is opened.
  private long next = HEAD_BYTES;

  private final long columns;
  private final int[] tokens;
  private final int[] keys;
  private final int[] firstChunks;

  /// The numbers of the chunks that have pictures, in rising order, and what these measure.
  private final int[] pictured;

  private final int[] pictures;
  private final long nameOffsets;
  private final long names;
  private final OutlineCatalog catalog;

  private CatalogFile(MemorySegment file) {
    this.file = file;
    int documents = head(0);
    int chunks = head(1);
    int keyCount = head(2);
    int pictureCount = head(4);
    columns = next;
    next = columns + (long) CHUNK_BYTES * chunks;
    tokens = ints(chunks);
    keys = ints(chunks);
    firstChunks = ints(documents + 1);
    int[] chunkOfKey = ints(keyCount);
    int[] documentOfKey = ints(keyCount);
    float[] chunkNorms = floats(keyCount);
    float[] documentNorms = floats(documents);
    pictured = ints(pictureCount);
    pictures = ints(3 * pictureCount);
    nameOffsets = next;
    names = nameOffsets + (long) Long.BYTES * documents;
    var outlines = new Outlines(documents);
    catalog =
        new OutlineCatalog(
            new Items(outlines, head(3), names + file.get(LONG, HEAD_BYTES - Long.BYTES)),
            outlines,
            new OutlineCatalog.Columns(
                firstChunks, chunkOfKey, documentOfKey, chunkNorms, documentNorms, head(5) == 1));
  }

  /// Reads the catalog of a commit; empty if there is none that is whole.
  ///
  /// @param commit the commit's id
  static Optional<OutlineCatalog> read(Path path, byte[] commit) {
    Optional<CatalogFile> read = ChecksummedFile.map(path, start(commit)).map(CatalogFile::new);
    // What was copied need not stay in memory.
    read.ifPresent(opened -> opened.file.unload());
    return read.map(opened -> opened.catalog);
  }

  private static byte[] start(byte[] commit) {
    return ByteBuffer.allocate(Long.BYTES + commit.length).putLong(FORMAT).put(commit).array();
  }

  private int head(int place) {
    return file.get(INT, START_BYTES + (long) Integer.BYTES * place);
  }

  private int[] ints(int count) {
    var ints = new int[count];
    MemorySegment.copy(file, INT, next, ints, 0, count);
    next += (long) Integer.BYTES * count;
    return ints;
  }

  private float[] floats(int count) {
    var floats = new float[count];
    MemorySegment.copy(file, FLOAT, next, floats, 0, count);
    next += (long) Float.BYTES * count;
    return floats;
  }

  private String text(long at, int bytes) {
    return bytes == 0
        ? ""
        : new String(file.asSlice(at, bytes).toArray(ValueLayout.JAVA_BYTE), UTF_8);
  }

  /// The documents, each made when it is asked for the first time.
  private final class Outlines extends AbstractList<Outline> implements RandomAccess {
    private final AtomicReferenceArray<@Nullable Outline> made;

    Outlines(int size) {
      made = new AtomicReferenceArray<>(size);
    }

    @Override
    public int size() {
      return made.length();
    }

    @Override
    public Outline get(int number) {
      Outline known = made.get(number);
      if (known != null) {
        return known;
      }
      Outline read = read(number);
      return made.compareAndSet(number, null, read) ? read : get(number);
    }

    private Outline read(int number) {
      long at = names + file.get(LONG, nameOffsets + (long) Long.BYTES * number);
      int idBytes = file.get(INT, at);
      var id = new DocumentId(text(at + 2 * Integer.BYTES, idBytes));
      String title = text(at + 2 * Integer.BYTES + idBytes, file.get(INT, at + Integer.BYTES));
      int first = firstChunks[number];
      return new Outline(id, title, new Refs(id, first, firstChunks[number + 1] - first));
    }
  }

  /// The chunks of a document, each made from its numbers when it is asked for.
  private final class Refs extends AbstractList<ChunkRef> implements RandomAccess, Outline.Stored {
    private final DocumentId document;
    private final int first;
    private final int size;

    Refs(DocumentId document, int first, int size) {
      this.document = document;
      this.first = first;
      this.size = size;
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public ChunkRef get(int index) {
      int chunk = first + Objects.checkIndex(index, size);
      long at = columns + (long) CHUNK_BYTES * chunk;
      return new ChunkRef(
          document,
          index,
          keys[chunk],
          tokens[chunk],
          file.get(INT, at),
          file.get(INT, at + Integer.BYTES),
          file.get(LONG, at + Long.BYTES),
          file.get(LONG, at + 2 * Long.BYTES),
          picture(chunk));
    }

    @Override
    public long tokens() {
      long sum = 0;
      for (int chunk = first; chunk < first + size; chunk++) {
        sum += tokens[chunk];
      }
      return sum;
    }

    @Override
    public void tokens(int[] target, int at) {
      System.arraycopy(tokens, first, target, at, size);
    }

    @Override
    public boolean hasPictures() {
      int found = Arrays.binarySearch(pictured, first);
      int from = found < 0 ? -found - 1 : found;
      return from < pictured.length && pictured[from] < first + size;
    }

    @Override
    public boolean isNumbered() {
      return true;
    }
  }

  private PictureSize picture(int chunk) {
    int found = pictured.length == 0 ? NONE : Arrays.binarySearch(pictured, chunk);
    return found < 0
        ? PictureSize.NONE
        : new PictureSize(pictures[3 * found], pictures[3 * found + 1], pictures[3 * found + 2]);
  }

  /// The items, made when they are asked for, and kept while someone has them: an ingest needs them
  /// once, and a question does not.
  private final class Items implements OutlineCatalog.Items {
    private final List<Outline> outlines;
    private final int count;
    private final long start;
    private WeakReference<SequencedMap<DocumentId, ItemState>> made = new WeakReference<>(null);

    Items(List<Outline> outlines, int count, long start) {
      this.outlines = outlines;
      this.count = count;
      this.start = start;
    }

    @Override
    public synchronized SequencedMap<DocumentId, ItemState> all() {
      SequencedMap<DocumentId, ItemState> known = made.get();
      if (known == null) {
        known = read();
        made = new WeakReference<>(known);
      }
      return known;
    }

    private SequencedMap<DocumentId, ItemState> read() {
      var items = LinkedHashMap.<DocumentId, ItemState>newLinkedHashMap(count);
      long at = start;
      for (int item = 0; item < count; item++) {
        Map.Entry<DocumentId, ItemState> entry = entry(at);
        items.put(entry.getKey(), entry.getValue());
        at = after(at);
      }
      file.unload();
      return Collections.unmodifiableSequencedMap(items);
    }

    /// Passes over the others, but for those that have no document, either.
    @Override
    public Optional<ItemState> one(DocumentId id, int number) {
      long at = start;
      for (int item = 0; item < count; item++) {
        if (file.get(INT, at) == number && entry(at).getKey().equals(id)) {
          return Optional.of(entry(at).getValue());
        }
        at = after(at);
      }
      return Optional.empty();
    }

    private long after(long at) {
      return at + 2 * Integer.BYTES + file.get(INT, at + Integer.BYTES);
    }

    private Map.Entry<DocumentId, ItemState> entry(long at) {
      int number = file.get(INT, at);
      MemorySegment own = file.asSlice(at + 2 * Integer.BYTES, file.get(INT, at + Integer.BYTES));
      var in = new ByteArrayDataInput(own.toArray(ValueLayout.JAVA_BYTE));
      try {
        DocumentId id =
            number < 0 ? new DocumentId(in.readString()) : outlines.get(number).document();
        return Map.entry(id, ItemRecord.state(in));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// Writes the catalog of a commit.
  ///
  /// @throws IOException also if a document's chunks are not numbered from 0, which no file holds
  static void write(Path path, byte[] commit, OutlineCatalog catalog) throws IOException {
    if (!catalog.outlines().stream().allMatch(Outline::isNumbered)) {
      throw new IOException("chunks that are not numbered from 0");
    }
    ChecksummedFile.write(path, start(commit), out -> write(out, catalog));
  }

  private static void write(ChecksummedFile.Out out, OutlineCatalog catalog) throws IOException {
    List<Outline> outlines = catalog.outlines();
    OutlineCatalog.Columns columns = catalog.columns();
    List<byte[]> names = outlines.stream().map(CatalogFile::name).toList();
    List<ChunkRef> pictured =
        outlines.stream()
            .filter(Outline::hasPictures)
            .flatMap(outline -> outline.chunks().stream())
            .filter(ref -> !ref.picture().isNone())
            .toList();
    out.ints(outlines.size(), catalog.chunks(), columns.chunkOfKey().length);
    out.ints(catalog.items().size(), pictured.size(), columns.contiguous() ? 1 : 0);
    out.longs(names.stream().mapToLong(name -> name.length).sum());
    for (Outline outline : outlines) {
      for (ChunkRef ref : outline.chunks()) {
        out.ints(ref.firstLine(), ref.lastLine());
        out.longs(ref.hash(), ref.simHash());
      }
    }
    for (Outline outline : outlines) {
      var tokens = new int[outline.chunks().size()];
      outline.tokens(tokens, 0);
      out.ints(tokens);
    }
    for (Outline outline : outlines) {
      for (ChunkRef ref : outline.chunks()) {
        out.ints(ref.key());
      }
    }
    out.ints(Arrays.copyOf(columns.firstChunks(), outlines.size() + 1));
    out.ints(columns.chunkOfKey());
    out.ints(columns.documentOfKey());
    out.floats(columns.chunkNorms(), columns.chunkNorms().length);
    out.floats(columns.documentNorms(), outlines.size());
    for (ChunkRef ref : pictured) {
      out.ints(catalog.chunk(ref.key()));
    }
    for (ChunkRef ref : pictured) {
      out.ints(ref.picture().width(), ref.picture().height(), ref.picture().bytes());
    }
    long offset = 0;
    for (byte[] name : names) {
      out.longs(offset);
      offset += name.length;
    }
    for (byte[] name : names) {
      out.bytes(name);
    }
    items(out, catalog.items(), new DocumentNumbers(outlines));
  }

  private static byte[] name(Outline outline) {
    byte[] id = outline.document().value().getBytes(UTF_8);
    byte[] title = outline.title().getBytes(UTF_8);
    return ByteBuffer.allocate(2 * Integer.BYTES + id.length + title.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(id.length)
        .putInt(title.length)
        .put(id)
        .put(title)
        .array();
  }

  private static void items(
      ChecksummedFile.Out out, Map<DocumentId, ItemState> items, DocumentNumbers numbers)
      throws IOException {
    for (Map.Entry<DocumentId, ItemState> item : items.entrySet()) {
      var state = new ByteBuffersDataOutput();
      int number = numbers.of(item.getKey());
      if (number < 0) {
        state.writeString(item.getKey().value());
      }
      ItemRecord.write(state, item.getValue());
      byte[] bytes = state.toArrayCopy();
      out.ints(number, bytes.length);
      out.bytes(bytes);
    }
  }
}
