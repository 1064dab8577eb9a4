package brimful.index;

import brimful.corpus.Chunk;
import brimful.corpus.Document;
import brimful.corpus.DocumentId;
import brimful.corpus.Picture;
import brimful.index.term.FrozenWeights;
import brimful.index.term.LargeCounts;
import brimful.index.term.TermCounts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.store.ByteArrayDataInput;
import org.apache.lucene.store.ByteBuffersDataOutput;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.compress.LZ4;

/// An item, or a part of one, as an engine in other processes keeps it: its chunks and its
/// documents, each with the weights of its terms ([FrozenWeights]), and a record with the rest.
///
/// A block has a number, its chunks and documents have places in it. Safe for many threads.
public final class EngineBlock {
  /// In [IndexSchema]'s doubled weights. Chunks have 200 (tables of filings) to 600 (Java) on
  /// average.
  static final FrozenWeights CHUNK_WEIGHTS = new FrozenWeights(300, IndexSchema.BODY_WEIGHT);

  static final FrozenWeights DOCUMENT_WEIGHTS = new FrozenWeights(3_000, IndexSchema.BODY_WEIGHT);

  private final long number;
  private final ItemRecord record;
  private final LargeCounts large;

  /// By document: the chunks before it; last, all of them. A block may have 20,000 documents, and
  /// every chunk that a search finds asks which is its own.
  private final int[] firsts;

  private final long[] lengths;

  /// Takes what an engine is to keep of a block, in this order: the chunks, the documents, the
  /// record.
  public interface Sink {
    /// @param names that the chunk defines
    /// @param record is what [#chunk] reads
    /// @param picture is what [#picture] reads; empty if there is none
    void chunk(
        int place, Map<String, Float> terms, List<String> names, byte[] record, byte[] picture);

    void document(int place, Map<String, Float> terms);

    /// @param record is what [#of] reads
    void end(byte[] record);
  }

  /// Hands an item, or a part of one, to an engine.
  public static void write(ItemParts.Part part, Sink sink) {
    try {
      new Writing(part, sink).run();
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
  }

  /// A block on its way.
  private static final class Writing {
    private final ItemParts.Part part;
    private final Sink sink;
    private final List<ItemRecord.Entry> entries;
    private final LZ4.FastCompressionHashTable table = new LZ4.FastCompressionHashTable();
    private final TermCounts termCounts = new TermCounts();
    private final LargeCounts.Writer large = new LargeCounts.Writer();
    private int chunks;

    Writing(ItemParts.Part part, Sink sink) {
      this.part = part;
      this.sink = sink;
      entries = ItemBlock.entries(part);
    }

    void run() throws IOException {
      List<Map<String, Integer>> documents = new ArrayList<>();
      for (int at = 0; at < entries.size(); at++) {
        var terms = new HashMap<String, Integer>();
        Document document = part.documents().get(at);
        for (Chunk chunk : document.chunks()) {
          chunk(chunk, document.title(), entries.get(at), terms);
        }
        documents.add(terms);
      }
      for (int at = 0; at < documents.size(); at++) {
        document(at, documents.get(at));
      }
      var out = new ByteBuffersDataOutput();
      byte[] item = new ItemRecord(part.id(), part.number(), part.state(), entries).bytes();
      out.writeBytes(item, item.length);
      large.write(out);
      sink.end(bytes(ChecksummedRecord.seal(out.toArrayCopy())));
    }

    private void chunk(
        Chunk chunk, String title, ItemRecord.Entry entry, Map<String, Integer> ofDocument)
        throws IOException {
      termCounts.clear();
      ItemBlock.fill(termCounts, chunk, title);
      ItemBlock.describe(chunk, entry, termCounts);
      int place = chunks++;
      var terms = new HashMap<String, Float>();
      for (int term = 0; term < termCounts.size(); term++) {
        String text = termCounts.text(term);
        int count = termCounts.count(term);
        terms.put(text, CHUNK_WEIGHTS.weight(count, termCounts.total()));
        large.add(textOfChunk(place), text, count);
        ofDocument.merge(text, count, Math::addExact);
      }
      sink.chunk(
          place,
          terms,
          ItemBlock.names(chunk),
          bytes(ChunkRecord.of(chunk).sealed(table)),
          chunk.picture().isNone()
              ? new byte[0]
              : bytes(ChecksummedRecord.seal(chunk.picture().bytes())));
    }

    private void document(int at, Map<String, Integer> counts) {
      var terms = new HashMap<String, Float>();
      long length = EngineBlock.length(entries.get(at));
      counts.forEach((term, count) -> {
        terms.put(term, DOCUMENT_WEIGHTS.weight(count, length));
        large.add(textOfDocument(at), term, count);
      });
      if (!terms.isEmpty()) {
        sink.document(at, terms);
      }
    }
  }

  private static int textOfChunk(int place) {
    return place;
  }

  private static int textOfDocument(int at) {
    return -1 - at;
  }

  private static long length(ItemRecord.Entry entry) {
    long length = 0;
    for (int place = 0; place < entry.chunks(); place++) {
      length += entry.length(place);
    }
    return length;
  }

  private static byte[] bytes(BytesRef ref) {
    return Arrays.copyOfRange(ref.bytes, ref.offset, ref.offset + ref.length);
  }

  private EngineBlock(long number, ItemRecord record, LargeCounts large) {
    this.number = number;
    this.record = record;
    this.large = large;
    List<ItemRecord.Entry> entries = record.documents();
    firsts = new int[entries.size() + 1];
    lengths = new long[entries.size()];
    for (int at = 0; at < lengths.length; at++) {
      firsts[at + 1] = firsts[at] + entries.get(at).chunks();
      lengths[at] = length(entries.get(at));
    }
  }

  /// Returns a block as its record tells it.
  ///
  /// @throws IOException if the record is damaged
  public static EngineBlock of(long number, byte[] record) throws IOException {
    ByteArrayDataInput in = ChecksummedRecord.open(new BytesRef(record), "an item");
    return new EngineBlock(number, ItemRecord.of(in), LargeCounts.read(in));
  }

  public long number() {
    return number;
  }

  public DocumentId item() {
    return record.id();
  }

  public int chunks() {
    return firsts[lengths.length];
  }

  public int documents() {
    return lengths.length;
  }

  ItemRecord record() {
    return record;
  }

  /// Whether there is a document at a place, with chunks.
  boolean hasChunks(int document) {
    return document >= 0 && document < lengths.length && firsts[document] < firsts[document + 1];
  }

  /// Returns the place of a document's first chunk.
  int first(int document) {
    return firsts[document];
  }

  /// Returns the length of a document, as far as the block has it.
  long documentLength(int document) {
    return lengths[document];
  }

  /// Returns the length of the chunk at a place, as [IndexSchema] weighs it.
  int chunkLength(int place) {
    int found = Arrays.binarySearch(firsts, place);
    int document = found < 0 ? -found - 2 : found;
    // Of several documents that start at one place, all but the last are empty.
    while (firsts[document + 1] == place) {
      document++;
    }
    return record.documents().get(document).length(place - firsts[document]);
  }

  /// Returns how often the chunk at a place has a term.
  ///
  /// @param weight as the engine has it
  int inChunk(int place, String term, double weight) {
    int frequency = CHUNK_WEIGHTS.frequency(weight, chunkLength(place));
    return large.of(textOfChunk(place), term, frequency);
  }

  /// Returns how often a document has a term, as far as the block has it.
  ///
  /// @param weight as the engine has it
  int inDocument(int document, String term, double weight) {
    int frequency = DOCUMENT_WEIGHTS.frequency(weight, lengths[document]);
    return large.of(textOfDocument(document), term, frequency);
  }

  /// Returns a chunk as its record tells it.
  ///
  /// @throws IOException if the record is damaged
  public static Chunk chunk(ChunkRef ref, byte[] record) throws IOException {
    return ChunkRecord.of(new BytesRef(record)).chunk(ref);
  }

  /// Returns the picture of a chunk as its record tells it.
  ///
  /// @throws IOException if the record is damaged
  public static Picture picture(ChunkRef ref, byte[] record) throws IOException {
    ByteArrayDataInput in = ChecksummedRecord.open(new BytesRef(record), "a picture");
    var bytes = new byte[ref.picture().bytes()];
    in.readBytes(bytes, 0, bytes.length);
    return new Picture(bytes);
  }
}
