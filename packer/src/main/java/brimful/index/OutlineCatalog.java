package brimful.index;

import brimful.corpus.DocumentId;
import brimful.index.score.ScoreSums;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;

/// The outlines of a snapshot in memory: everything about its chunks except text and terms.
///
/// Documents are numbered in canonical order, and so are chunks across them: a smaller number comes
/// first, whatever Lucene's order is. What scoring reads for each posting is by key instead, which
/// is Lucene's order: postings come in it, and memory is then read forwards. References are made
/// when they are asked for, from the numbers as they were stored: so it takes about 44 bytes a
/// chunk, and opening it makes no object for a chunk.
final class OutlineCatalog {
  private static final int NONE = -1;

  private final Items items;
  private final List<Outline> outlines;
  private final Columns columns;
  private final Map<Class<?>, Object> derived = new ConcurrentHashMap<>();

  /// What scoring reads for each posting.
  ///
  /// @param firstChunks the number of each document's first chunk, followed by the number of chunks
  /// @param chunkOfKey the number of the chunk with each key, or -1
  /// @param documentOfKey the number of the document of the chunk with each key, or -1
  /// @param chunkNorms by key
  /// @param documentNorms by number
  /// @param contiguous whether the chunks of each document have neighbouring keys
  record Columns(
      int[] firstChunks,
      int[] chunkOfKey,
      int[] documentOfKey,
      float[] chunkNorms,
      float[] documentNorms,
      boolean contiguous) {}

  /// The states of the items; the same each time.
  @FunctionalInterface
  interface Items {
    SequencedMap<DocumentId, ItemState> all();

    /// Returns the state of one item.
    ///
    /// @param number that of the document of the same id; -1 if there is none
    default Optional<ItemState> one(DocumentId id, int number) {
      return Optional.ofNullable(all().get(id));
    }
  }

  OutlineCatalog(Items items, List<Outline> outlines, Columns columns) {
    this.items = items;
    this.outlines = outlines;
    this.columns = columns;
  }

  private static OutlineCatalog of(
      SequencedMap<DocumentId, ItemState> items, List<Located> documents, int keys) {
    var drafts = new ArrayList<Outline>(documents.size());
    var firstChunks = new int[documents.size() + 1];
    var chunkOfKey = new int[keys];
    var documentOfKey = new int[keys];
    Arrays.fill(chunkOfKey, NONE);
    Arrays.fill(documentOfKey, NONE);
    var chunkNorms = new float[keys];
    var documentNorms = new float[documents.size()];
    int chunk = 0;
    double sum = 0;
    boolean whole = true;
    for (int at = 0; at < documents.size(); ) {
      ItemRecord.Entry first = documents.get(at).entry;
      int number = drafts.size();
      int end = end(documents, at);
      whole &= end == at + 1;
      var refs = new Refs(documents.subList(at, end));
      for (; at < end; at++) {
        Located located = documents.get(at);
        for (int place = 0; place < located.entry.chunks(); place++) {
          int key = located.key + place;
          float length = located.entry.length(place) / ScoreSums.FREQUENCY_SCALE;
          chunkOfKey[key] = chunk++;
          documentOfKey[key] = number;
          chunkNorms[key] = length;
          documentNorms[number] += length;
          sum += length;
        }
      }
      drafts.add(new Outline(first.id(), first.title(), refs));
      firstChunks[drafts.size()] = chunk;
    }
    turnToNorms(chunkNorms, sum, chunk);
    double documentSum = 0;
    for (float length : documentNorms) {
      documentSum += length;
    }
    turnToNorms(documentNorms, documentSum, drafts.size());
    var columns =
        new Columns(firstChunks, chunkOfKey, documentOfKey, chunkNorms, documentNorms, whole);
    return new OutlineCatalog(() -> items, Collections.unmodifiableList(drafts), columns);
  }

  /// Returns where the pieces of a document end that begins at a place: behind those that go on
  /// with it.
  private static int end(List<Located> documents, int start) {
    int end = start + 1;
    while (end < documents.size() && documents.get(end).entry.first() > 0) {
      end++;
    }
    return end;
  }

  /// A document, or a piece of one, and the key of its first chunk.
  private record Located(ItemRecord.Entry entry, int key) {}

  /// The chunks of a document, each made from the numbers of its piece when it is asked for.
  private static final class Refs extends AbstractList<ChunkRef>
      implements RandomAccess, Outline.Stored {
    private final Located[] pieces;

    /// The place of each piece's first chunk, followed by the number of chunks.
    private final int[] starts;

    Refs(List<Located> located) {
      pieces = located.toArray(Located[]::new);
      starts = new int[pieces.length + 1];
      for (int piece = 0; piece < pieces.length; piece++) {
        starts[piece + 1] = starts[piece] + pieces[piece].entry.chunks();
      }
    }

    @Override
    public int size() {
      return starts[pieces.length];
    }

    @Override
    public ChunkRef get(int index) {
      int piece = piece(index);
      Located located = pieces[piece];
      int place = index - starts[piece];
      return located.entry.ref(place, located.key + place);
    }

    @Override
    public long tokens() {
      long tokens = 0;
      for (Located piece : pieces) {
        for (int place = 0; place < piece.entry.chunks(); place++) {
          tokens += piece.entry.tokens(place);
        }
      }
      return tokens;
    }

    @Override
    public void tokens(int[] target, int at) {
      int next = at;
      for (Located piece : pieces) {
        for (int place = 0; place < piece.entry.chunks(); place++) {
          target[next++] = piece.entry.tokens(place);
        }
      }
    }

    private int piece(int index) {
      int at = Objects.checkIndex(index, size());
      if (pieces.length == 1) {
        return 0;
      }
      int found = Arrays.binarySearch(starts, at);
      int piece = found < 0 ? -found - 2 : found;
      // Of several pieces that start at one place, all but the last are empty.
      while (starts[piece + 1] == at) {
        piece++;
      }
      return piece;
    }

    @Override
    public boolean hasPictures() {
      boolean any = false;
      for (Located piece : pieces) {
        any |= piece.entry.hasPictures();
      }
      return any;
    }

    @Override
    public boolean isNumbered() {
      boolean all = true;
      for (int piece = 0; piece < pieces.length; piece++) {
        all &= pieces[piece].entry.first() == starts[piece];
      }
      return all;
    }
  }

  /// An item or a part of one, the key of its Lucene document, and its sort key.
  static final class Found {
    private final ItemRecord item;
    private final int key;
    private final byte[] order;

    /// @param key follows those of its chunks
    Found(ItemRecord item, int key) {
      this.item = item;
      this.key = key;
      // UTF-8 sorts by code point, as ids do, and bytes are compared eight at a time.
      order = item.id().value().getBytes(StandardCharsets.UTF_8);
    }
  }

  static OutlineCatalog read(IndexReader reader) throws IOException {
    var found = new ArrayList<Found>();
    for (LeafReaderContext leaf : reader.leaves()) {
      read(leaf, found);
    }
    return of(found, reader.maxDoc());
  }

  /// Returns the catalog of items, whole or in parts.
  ///
  /// @param found is reordered
  /// @param keys is higher than any key
  static OutlineCatalog of(List<Found> found, int keys) throws CorruptIndexException {
    found.sort(OutlineCatalog::order);
    var items = LinkedHashMap.<DocumentId, ItemState>newLinkedHashMap(found.size());
    var documents = new ArrayList<Located>(found.size());
    boolean plain = true;
    int part = 0;
    for (Found one : found) {
      ItemRecord item = one.item;
      if (item.part() != part) {
        throw new CorruptIndexException(
            "a part of it or of the one before is missing", "item " + item.id());
      }
      part = item.state().isPresent() ? 0 : part + 1;
      item.state().ifPresent(state -> items.put(item.id(), state));
      // The chunks directly precede their item.
      int key = one.key;
      for (ItemRecord.Entry entry : item.documents()) {
        key -= entry.chunks();
        plain &= entry.id().equals(item.id());
      }
      for (ItemRecord.Entry entry : item.documents()) {
        documents.add(new Located(entry, key));
        key += entry.chunks();
      }
    }
    if (part > 0) {
      throw new CorruptIndexException("its last part is missing", "the last item");
    }
    if (!plain) {
      // Pieces of one document stay in order: the sort is stable.
      documents.sort(Comparator.comparing(located -> located.entry.id()));
    }
    return of(Collections.unmodifiableSequencedMap(items), documents, keys);
  }

  private static int order(Found a, Found b) {
    int order = Arrays.compareUnsigned(a.order, b.order);
    return order != 0 ? order : Integer.compare(a.item.part(), b.item.part());
  }

  private static void read(LeafReaderContext context, List<Found> found) throws IOException {
    LeafReader leaf = context.reader();
    BinaryDocValues values = leaf.getBinaryDocValues(IndexSchema.ITEM);
    if (values == null) {
      return;
    }
    Bits live = leaf.getLiveDocs();
    for (int at = values.nextDoc(); at != DocIdSetIterator.NO_MORE_DOCS; at = values.nextDoc()) {
      if (live == null || live.get(at)) {
        ItemRecord item = ItemRecord.of(ChecksummedRecord.open(values.binaryValue(), "an item"));
        found.add(new Found(item, context.docBase + at));
      }
    }
  }

  SequencedMap<DocumentId, ItemState> items() {
    return items.all();
  }

  /// Returns the state of one item; makes none of the others.
  Optional<ItemState> item(DocumentId id) {
    return items.one(id, derived(DocumentNumbers.class, DocumentNumbers::new).of(id));
  }

  List<Outline> outlines() {
    return outlines;
  }

  /// Returns what is derived from the outlines, computed once.
  <T> T derived(Class<T> type, Function<List<Outline>, T> derive) {
    Object known = derived.get(type);
    if (known == null) {
      known = derive.apply(outlines);
      derived.put(type, known);
    }
    return type.cast(known);
  }

  /// Whether the chunks of each document have neighbouring keys.
  boolean isContiguous() {
    return columns.contiguous;
  }

  Columns columns() {
    return columns;
  }

  int documents() {
    return outlines.size();
  }

  int chunks() {
    return columns.firstChunks[outlines.size()];
  }

  /// Returns the number of the chunk with a key, or -1 if it does not exist or was deleted.
  int chunk(int key) {
    return key < 0 || key >= columns.chunkOfKey.length ? NONE : columns.chunkOfKey[key];
  }

  /// Returns the number of the document of the chunk with a key, or -1 if it does not exist or was
  /// deleted.
  int documentOf(int key) {
    return columns.documentOfKey[key];
  }

  ChunkRef ref(int chunk) {
    int document = document(chunk);
    return outlines.get(document).chunks().get(chunk - columns.firstChunks[document]);
  }

  /// Returns a chunk with its score; does not look at what is known of the chunk.
  Hit hit(int chunk, float score) {
    int document = document(chunk);
    return new Hit(document, chunk - columns.firstChunks[document], score);
  }

  /// Returns the number of the document that has a chunk.
  private int document(int chunk) {
    int found = Arrays.binarySearch(columns.firstChunks, 0, outlines.size() + 1, chunk);
    int document = found < 0 ? -found - 2 : found;
    // Of several documents that start at one place, all but the last are empty.
    while (columns.firstChunks[document + 1] == chunk) {
      document++;
    }
    return document;
  }

  /// Returns what BM25 adds to the frequency of a term in each chunk, by key.
  ///
  /// The same array each time, so that no question computes it again; not to be changed.
  float[] chunkNorms() {
    return columns.chunkNorms;
  }

  /// Returns what BM25 adds to the frequency of a term in each document, by number.
  ///
  /// The same array each time, so that no question computes it again; not to be changed.
  float[] documentNorms() {
    return columns.documentNorms;
  }

  /// @param lengths of the units that there are, and 0 for keys without one
  private static void turnToNorms(float[] lengths, double sum, int units) {
    float average = units == 0 ? 1 : (float) (sum / units);
    for (int unit = 0; unit < lengths.length; unit++) {
      lengths[unit] = ScoreSums.K1 * (1 - ScoreSums.B + ScoreSums.B * lengths[unit] / average);
    }
  }
}
