package brimful.index;

import brimful.corpus.DocumentId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;

/// The outlines of a snapshot in memory: everything about its chunks except text and terms.
///
/// Documents are numbered in canonical order, and so are chunks across them: a smaller number comes
/// first, whatever Lucene's order is. Takes about 104 bytes a chunk.
final class OutlineCatalog {
  private static final int NONE = -1;

  private final SequencedMap<DocumentId, ItemState> items;
  private final List<Outline> outlines;

  /// The number of each document's first chunk, followed by the number of chunks.
  private final int[] firstChunks;

  private final int[] documentOfChunk;
  private final int[] chunkOfKey;
  private final float[] lengths;
  private final Map<Class<?>, Object> derived = new ConcurrentHashMap<>();
  private final float[] chunkNorms;
  private final float[] documentNorms;

  private OutlineCatalog(
      SequencedMap<DocumentId, ItemState> items, List<Located> documents, int keys) {
    this.items = items;
    int chunks = documents.stream().mapToInt(located -> located.entry.chunks()).sum();
    var drafts = new ArrayList<Outline>(documents.size());
    firstChunks = new int[documents.size() + 1];
    documentOfChunk = new int[chunks];
    lengths = new float[chunks];
    chunkOfKey = new int[keys];
    Arrays.fill(chunkOfKey, NONE);
    int chunk = 0;
    for (int document = 0; document < documents.size(); document++) {
      Located located = documents.get(document);
      var refs = new ChunkRef[located.entry.chunks()];
      for (int ordinal = 0; ordinal < refs.length; ordinal++) {
        int key = located.key + ordinal;
        refs[ordinal] = located.entry.ref(ordinal, key);
        chunkOfKey[key] = chunk;
        documentOfChunk[chunk] = document;
        lengths[chunk] = located.entry.length(ordinal) / IndexSchema.WEIGHT_SCALE;
        chunk++;
      }
      firstChunks[document + 1] = chunk;
      drafts.add(new Outline(located.entry.id(), located.entry.title(), List.of(refs)));
    }
    outlines = Collections.unmodifiableList(drafts);
    chunkNorms = normsOf(chunks, at -> lengths[at]);
    documentNorms = normsOf(documents.size(), this::documentLength);
  }

  /// A document and the key of its first chunk.
  private record Located(ItemRecord.Entry entry, int key) {}

  /// An item, the key of its Lucene document, and its sort key.
  private static final class Found {
    private final ItemRecord item;
    private final int key;
    private final byte[] order;

    Found(BytesRef value, int key) throws IOException {
      item = ItemRecord.of(ChecksummedRecord.open(value, "an item"));
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
    found.sort((a, b) -> Arrays.compareUnsigned(a.order, b.order));
    var items = LinkedHashMap.<DocumentId, ItemState>newLinkedHashMap(found.size());
    var documents = new ArrayList<Located>(found.size());
    boolean plain = true;
    for (Found one : found) {
      ItemRecord item = one.item;
      items.put(item.id(), item.state());
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
    if (!plain) {
      documents.sort(Comparator.comparing(located -> located.entry.id()));
    }
    return new OutlineCatalog(
        Collections.unmodifiableSequencedMap(items), documents, reader.maxDoc());
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
        found.add(new Found(values.binaryValue(), context.docBase + at));
      }
    }
  }

  SequencedMap<DocumentId, ItemState> items() {
    return items;
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

  int documents() {
    return outlines.size();
  }

  int chunks() {
    return lengths.length;
  }

  /// Returns the number of the chunk with a key, or -1 if it does not exist or was deleted.
  int chunk(int key) {
    return key < 0 || key >= chunkOfKey.length ? NONE : chunkOfKey[key];
  }

  int documentOf(int chunk) {
    return documentOfChunk[chunk];
  }

  ChunkRef ref(int chunk) {
    int document = documentOfChunk[chunk];
    return outlines.get(document).chunks().get(chunk - firstChunks[document]);
  }

  /// Returns what BM25 adds to the frequency of a term, for each chunk or document.
  ///
  /// The same array each time, so that no question computes it again; not to be changed.
  float[] norms(boolean whole) {
    return whole ? documentNorms : chunkNorms;
  }

  private float[] normsOf(int units, IntToFloat lengthOf) {
    var norms = new float[units];
    double sum = 0;
    for (int unit = 0; unit < units; unit++) {
      norms[unit] = lengthOf.apply(unit);
      sum += norms[unit];
    }
    float average = units == 0 ? 1 : (float) (sum / units);
    for (int unit = 0; unit < units; unit++) {
      norms[unit] = ScoreSums.K1 * (1 - ScoreSums.B + ScoreSums.B * norms[unit] / average);
    }
    return norms;
  }

  private interface IntToFloat {
    float apply(int unit);
  }

  private float documentLength(int document) {
    float sum = 0;
    for (int chunk = firstChunks[document]; chunk < firstChunks[document + 1]; chunk++) {
      sum += lengths[chunk];
    }
    return sum;
  }
}
