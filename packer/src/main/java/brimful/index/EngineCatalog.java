package brimful.index;

import brimful.corpus.Chunk;
import brimful.corpus.Document;
import brimful.corpus.DocumentId;
import brimful.corpus.Picture;
import brimful.corpus.UserError;
import brimful.index.score.ScoreSums;
import brimful.index.term.FrozenWeights;
import brimful.index.term.TermCounts;
import brimful.index.term.WordForms;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.lucene.store.ByteArrayDataInput;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.compress.LZ4;

/// What is known of a commit of an index that is kept by an engine in other processes: everything
/// but texts and terms, as [OutlineCatalog] has it, and the exact scores of what the engine found.
///
/// The engine keeps blocks: an item, or a part of one, its chunks and its documents, each of these
/// with the weights of its terms ([FrozenWeights]). A block has a number, its chunks and documents
/// have places in it. Safe for many threads.
public final class EngineCatalog {
  /// In [IndexSchema]'s doubled weights: of texts of 300 words, and of files of ten such chunks.
  private static final FrozenWeights CHUNK_WEIGHTS = new FrozenWeights(1_000);

  private static final FrozenWeights DOCUMENT_WEIGHTS = new FrozenWeights(10_000);

  private final OutlineCatalog catalog;
  private final List<Block> blocks;
  private final Map<Long, Integer> placeOfBlock = new HashMap<>();
  private final int[] starts;

  /// Takes what an engine is to keep of a block, in this order: the chunks, the documents, the
  /// record.
  public interface Sink {
    /// @param names that the chunk defines
    /// @param record is what [#chunk] reads
    /// @param picture is what [#picture] reads; empty if there is none
    void chunk(
        int place, Map<String, Float> terms, List<String> names, byte[] record, byte[] picture);

    void document(int place, Map<String, Float> terms);

    /// @param record is what [Block#of] reads
    void end(byte[] record);
  }

  /// Hands an item, or a part of one, to an engine.
  public static void write(ItemParts.Part part, Sink sink) {
    try {
      List<ItemRecord.Entry> entries = ItemBlock.entries(part);
      var table = new LZ4.FastCompressionHashTable();
      var chunkTerms = new TermCounts();
      List<Map<String, Integer>> documents = new ArrayList<>();
      int place = 0;
      for (int at = 0; at < entries.size(); at++) {
        Document document = part.documents().get(at);
        var documentTerms = new HashMap<String, Integer>();
        for (Chunk chunk : document.chunks()) {
          chunkTerms.clear();
          ItemBlock.fill(chunkTerms, chunk, document.title());
          ItemBlock.describe(chunk, entries.get(at), chunkTerms);
          var terms = new HashMap<String, Float>();
          for (int term = 0; term < chunkTerms.size(); term++) {
            int count = chunkTerms.count(term);
            terms.put(chunkTerms.text(term), CHUNK_WEIGHTS.weight(count, chunkTerms.total()));
            documentTerms.merge(chunkTerms.text(term), count, Math::addExact);
          }
          sink.chunk(
              place++,
              terms,
              ItemBlock.names(chunk),
              bytes(ChunkRecord.of(chunk).sealed(table)),
              chunk.picture().isNone()
                  ? new byte[0]
                  : bytes(ChecksummedRecord.seal(chunk.picture().bytes())));
        }
        documents.add(documentTerms);
      }
      for (int at = 0; at < documents.size(); at++) {
        var terms = new HashMap<String, Float>();
        long length = length(entries.get(at));
        documents
            .get(at)
            .forEach((term, count) -> terms.put(term, DOCUMENT_WEIGHTS.weight(count, length)));
        if (!terms.isEmpty()) {
          sink.document(at, terms);
        }
      }
      var record = new ItemRecord(part.id(), part.number(), part.state(), entries);
      sink.end(bytes(ChecksummedRecord.seal(record.bytes())));
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
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

  /// A block, as the engine's record tells it.
  public static final class Block {
    private final long number;
    private final ItemRecord record;

    /// By document: the chunks before it; last, all of them. A block may have 20,000 documents, and
    /// every chunk that a search finds asks which is its own.
    private final int[] firsts;

    private final long[] lengths;

    private Block(long number, ItemRecord record) {
      this.number = number;
      this.record = record;
      List<ItemRecord.Entry> entries = record.documents();
      firsts = new int[entries.size() + 1];
      lengths = new long[entries.size()];
      for (int at = 0; at < lengths.length; at++) {
        firsts[at + 1] = firsts[at] + entries.get(at).chunks();
        lengths[at] = EngineCatalog.length(entries.get(at));
      }
    }

    public static Block of(long number, byte[] record) {
      try {
        return new Block(
            number, ItemRecord.of(ChecksummedRecord.open(new BytesRef(record), "an item")));
      } catch (IOException e) {
        throw damaged(e);
      }
    }

    public long number() {
      return number;
    }

    public DocumentId item() {
      return record.id();
    }

    public int part() {
      return record.part();
    }

    public int chunks() {
      return firsts[lengths.length];
    }

    public int documents() {
      return lengths.length;
    }

    /// Returns the length of the chunk at a place, as [IndexSchema] weighs it.
    private int length(int place) {
      int found = Arrays.binarySearch(firsts, place);
      int document = found < 0 ? -found - 2 : found;
      return record.documents().get(document).length(place - firsts[document]);
    }
  }

  private static UserError damaged(IOException e) {
    return new UserError(
        UserError.Kind.IO,
        "the index is damaged (%s): drop the collection and submit it again"
            .formatted(e.getMessage()),
        e);
  }

  private EngineCatalog(OutlineCatalog catalog, List<Block> blocks, int[] starts) {
    this.catalog = catalog;
    this.blocks = blocks;
    this.starts = starts;
    for (int at = 0; at < blocks.size(); at++) {
      placeOfBlock.put(blocks.get(at).number, at);
    }
  }

  /// Returns the catalog of the blocks of a commit.
  public static EngineCatalog of(Collection<Block> blocks) {
    List<Block> sorted = blocks.stream().sorted(Comparator.comparingLong(Block::number)).toList();
    var starts = new int[sorted.size()];
    var found = new ArrayList<OutlineCatalog.Found>(sorted.size());
    int key = 0;
    for (int at = 0; at < starts.length; at++) {
      starts[at] = key;
      key += sorted.get(at).chunks();
      found.add(new OutlineCatalog.Found(sorted.get(at).record, key++));
    }
    try {
      return new EngineCatalog(OutlineCatalog.of(found, key), sorted, starts);
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  public SequencedMap<DocumentId, ItemState> items() {
    return catalog.items();
  }

  public List<Outline> outlines() {
    return catalog.outlines();
  }

  public <T> T derived(Class<T> type, Function<List<Outline>, T> derive) {
    return catalog.derived(type, derive);
  }

  /// Where the engine has a chunk.
  public record Address(long block, int place) {}

  /// Returns how many chunks a block has; 0 if it is not of this commit.
  public int chunks(long block) {
    return Optional.ofNullable(placeOfBlock.get(block))
        .map(at -> blocks.get(at).chunks())
        .orElse(0);
  }

  /// Returns where the engine has a chunk.
  ///
  /// @throws IllegalArgumentException if it is not of this commit
  public Address address(ChunkRef ref) {
    int number = catalog.chunk(ref.key());
    if (number < 0 || !catalog.ref(number).equals(ref)) {
      throw new IllegalArgumentException(
          "chunk %s of %s is not of this snapshot: take its outline from the same one"
              .formatted(ref.ordinal(), ref.document()));
    }
    int found = Arrays.binarySearch(starts, ref.key());
    int at = found < 0 ? -found - 2 : found;
    return new Address(blocks.get(at).number, ref.key() - starts[at]);
  }

  public static Chunk chunk(ChunkRef ref, byte[] record) {
    try {
      return ChunkRecord.of(new BytesRef(record)).chunk(ref);
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  public static Picture picture(ChunkRef ref, byte[] record) {
    try {
      ByteArrayDataInput in = ChecksummedRecord.open(new BytesRef(record), "a picture");
      var bytes = new byte[ref.picture().bytes()];
      in.readBytes(bytes, 0, bytes.length);
      return new Picture(bytes);
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  /// Returns the chunks at some addresses, in canonical order, each with score 1; those that are
  /// not of this commit are left out.
  public List<Hit> hits(Collection<Address> addresses) {
    return addresses.stream()
        .map(this::chunkAt)
        .filter(chunk -> chunk >= 0)
        .sorted()
        .distinct()
        .map(catalog::ref)
        .map(ref -> new Hit(ref.document(), ref.ordinal(), 1))
        .toList();
  }

  private int chunkAt(Address address) {
    return catalog.chunk(key(address));
  }

  /// Returns the key of the chunk at an address, or -1.
  private int key(Address address) {
    Integer block = placeOfBlock.get(address.block);
    return block == null || address.place >= blocks.get(block).chunks()
        ? -1
        : starts[block] + address.place;
  }

  /// Returns the documents of some addresses; those that are not of this commit are left out.
  public Set<DocumentId> documents(Collection<Address> addresses) {
    var found = new HashSet<DocumentId>();
    for (Address address : addresses) {
      pieceAt(address)
          .map(piece -> catalog.outlines().get(piece.document).document())
          .ifPresent(found::add);
    }
    return found;
  }

  /// A document, or the part of it that a block has.
  private record Piece(int document, long length) {}

  private Optional<Piece> pieceAt(Address address) {
    Integer at = placeOfBlock.get(address.block);
    if (at == null || address.place >= blocks.get(at).documents()) {
      return Optional.empty();
    }
    Block block = blocks.get(at);
    int first = starts[at] + block.firsts[address.place];
    int document = catalog.chunk(first) < 0 ? -1 : catalog.documentOf(first);
    return document < 0
        ? Optional.empty()
        : Optional.of(new Piece(document, block.lengths[address.place]));
  }

  /// Returns the words of a query, in the order in which their scores are added up.
  public static List<WordForms.Word> words(Terms terms, Optional<WordForms> forms)
      throws IOException {
    SortedMap<String, Float> weights = ItemBlock.terms(terms.passages());
    if (forms.isPresent()) {
      return forms.get().of(weights);
    }
    return weights.entrySet().stream()
        .map(term ->
            new WordForms.Word(
                new TreeSet<>(List.of(term.getKey())),
                Collections.emptySortedSet(),
                term.getValue()))
        .toList();
  }

  /// The exact scores of what an engine found. For one thread.
  public final class Scores {
    private final ScoreSums chunks = new ScoreSums(catalog.chunkNorms(), catalog.chunks());
    private final ScoreSums documents = new ScoreSums(catalog.documentNorms(), catalog.documents());

    /// Returns what a word's rarity among chunks makes of its weight.
    public float chunkBoost(float weight, long found) {
      return chunks.idf(weight, atMost(found, catalog.chunks()));
    }

    /// Returns what a word's rarity among documents makes of its weight.
    public float documentBoost(float weight, long found) {
      return documents.idf(weight, atMost(found, catalog.documents()));
    }

    /// Notes that a chunk has a form of the current word.
    ///
    /// @param weight as the engine has it
    public void chunk(Address address, double weight) {
      Integer block = placeOfBlock.get(address.block);
      if (block != null && chunkAt(address) >= 0) {
        int length = blocks.get(block).length(address.place);
        chunks.count(key(address), CHUNK_WEIGHTS.frequency(weight, length));
      }
    }

    /// Notes that a document, or the part of it that a block has, has a form of the current word.
    public void document(Address address, double weight) {
      pieceAt(address)
          .ifPresent(piece ->
              documents.count(piece.document, DOCUMENT_WEIGHTS.frequency(weight, piece.length)));
    }

    /// Adds the current word to the scores.
    ///
    /// @param inChunks how many have it, found or not
    /// @param inDocuments likewise
    public void add(float weight, long inChunks, long inDocuments) {
      chunks.add(weight, atMost(inChunks, catalog.chunks()));
      documents.add(weight, atMost(inDocuments, catalog.documents()));
    }

    private static int atMost(long found, int all) {
      return (int) Math.min(found, all);
    }

    public Snapshot.Matches matches() {
      return new Scorer.Scored(catalog, chunks.scores(), documents.scores());
    }
  }

  public Scores scores() {
    return new Scores();
  }
}
