package brimful.index;

import brimful.corpus.Chunk;
import brimful.corpus.Folding;
import brimful.corpus.Locator;
import brimful.index.term.Fingerprint;
import brimful.index.term.TermCountStream;
import brimful.index.term.TermCounts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.compress.LZ4;

/// Turns items and their parts into the blocks that [IndexSchema] describes, one document at a
/// time.
///
/// Lucene consumes the documents of a block one after another, so they share one bag and one set of
/// fields. For one thread: the index gives each put its own.
final class ItemBlock {
  /// Longer names are not symbols that anybody asks for.
  private static final int NAME_CHARS_MAX = 200;

  /// BM25's k3: repetition in a question raises a term's weight to at most one more than this.
  private static final float REPEATS_K = 2;

  private final TermCounts termCounts = new TermCounts();
  private final LZ4.FastCompressionHashTable table = new LZ4.FastCompressionHashTable();
  private final TermCountStream stream = new TermCountStream(termCounts);
  private final Field terms = new Field(IndexSchema.TERMS, stream, IndexSchema.WEIGHTED_TERMS);

  /// Returns the block of an item or a part; the previous one must be consumed.
  ///
  /// @param searchable whether its chunks get their terms
  Iterable<List<IndexableField>> of(ItemParts.Part part, boolean searchable) {
    var id =
        new StringField(IndexSchema.ID, IndexSchema.idBytes(part.id().value()), Field.Store.NO);
    List<Chunk> chunks = part.documents().stream().flatMap(d -> d.chunks().stream()).toList();
    List<ItemRecord.Entry> entries = entries(part);
    return () -> new Blocks(part, id, chunks, entries, searchable);
  }

  /// Returns the documents of a part, whose chunks are to be described.
  static List<ItemRecord.Entry> entries(ItemParts.Part part) {
    return part.documents().stream()
        .map(document ->
            ItemRecord.Entry.sized(
                document.id(), document.title(), document.first(), document.chunks().size()))
        .toList();
  }

  /// Returns the names that a chunk defines, as they are looked up.
  static List<String> names(Chunk chunk) {
    return chunk.definitions().stream()
        .filter(definition -> definition.length() <= NAME_CHARS_MAX)
        .map(Folding::of)
        .toList();
  }

  private final class Blocks implements Iterator<List<IndexableField>> {
    private final ItemParts.Part part;
    private final Field id;
    private final List<Chunk> chunks;
    private final List<ItemRecord.Entry> entries;
    private final boolean searchable;
    private int next;
    private int document = -1;

    Blocks(
        ItemParts.Part part,
        Field id,
        List<Chunk> chunks,
        List<ItemRecord.Entry> entries,
        boolean searchable) {
      this.part = part;
      this.id = id;
      this.chunks = chunks;
      this.entries = entries;
      this.searchable = searchable;
    }

    @Override
    public boolean hasNext() {
      return next <= chunks.size();
    }

    @Override
    public List<IndexableField> next() {
      if (!hasNext()) {
        throw new NoSuchElementException("the block of " + part.id() + " is used up");
      }
      try {
        int current = next++;
        return current < chunks.size() ? chunk(chunks.get(current)) : record();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private List<IndexableField> chunk(Chunk chunk) throws IOException {
      if (document < 0 || !entries.get(document).id().equals(chunk.document())) {
        document++;
      }
      termCounts.clear();
      if (searchable) {
        fill(termCounts, chunk, entries.get(document).title());
      }
      describe(chunk, entries.get(document), termCounts);
      var fields = new ArrayList<IndexableField>();
      fields.add(id);
      fields.add(new BinaryDocValuesField(IndexSchema.CHUNK, ChunkRecord.of(chunk).sealed(table)));
      if (!chunk.picture().isNone()) {
        BytesRef picture = ChecksummedRecord.seal(chunk.picture().bytes());
        fields.add(new BinaryDocValuesField(IndexSchema.PICTURE, picture));
      }
      if (searchable) {
        fields.add(terms);
        for (String name : names(chunk)) {
          fields.add(new StringField(IndexSchema.DEFINES, name, Field.Store.NO));
        }
      }
      return fields;
    }

    private List<IndexableField> record() throws IOException {
      byte[] bytes = new ItemRecord(part.id(), part.number(), part.state(), entries).bytes();
      return List.of(id, new BinaryDocValuesField(IndexSchema.ITEM, ChecksummedRecord.seal(bytes)));
    }
  }

  /// Adds the weighted terms of a chunk.
  static void fill(TermCounts termCounts, Chunk chunk, String title) {
    termCounts.add(chunk.text(), IndexSchema.BODY_WEIGHT);
    termCounts.add(title, IndexSchema.HEAD_WEIGHT);
    termCounts.add(chunk.heading(), IndexSchema.HEAD_WEIGHT);
    termCounts.add(chunk.document().value(), IndexSchema.HEAD_WEIGHT);
    for (String definition : chunk.definitions()) {
      termCounts.add(definition, IndexSchema.DEFINITION_WEIGHT);
    }
  }

  /// Describes a chunk with its terms in the entry of its document.
  static void describe(Chunk chunk, ItemRecord.Entry entry, TermCounts termCounts) {
    Fingerprint fingerprint = Fingerprint.of(chunk.text(), chunk.picture());
    int first = 0;
    int last = 0;
    if (chunk.locator() instanceof Locator.Lines lines) {
      first = lines.first();
      last = lines.last();
    }
    var ref =
        new ChunkRef(
            chunk.document(),
            chunk.ordinal(),
            0,
            chunk.tokens(),
            first,
            last,
            fingerprint.hash(),
            fingerprint.simHash(),
            chunk.picture().size());
    entry.set(ref, Math.toIntExact(termCounts.total()));
  }

  /// BM25's saturation for terms that a question repeats, as a log in a bug report does.
  private static float saturated(int count) {
    return (REPEATS_K + 1) * count / (REPEATS_K + count);
  }

  /// Returns the terms of weighted passages, made like the chunks' terms.
  static SortedMap<String, Float> terms(List<Terms.Passage> passages) {
    var weights = new TreeMap<String, Float>();
    var termCounts = new TermCounts();
    for (Terms.Passage passage : passages) {
      termCounts.clear();
      termCounts.add(passage.text(), 1);
      for (int term = 0; term < termCounts.size(); term++) {
        weights.merge(
            termCounts.text(term),
            passage.weight() * saturated(termCounts.count(term)),
            Float::sum);
      }
    }
    return weights;
  }
}
