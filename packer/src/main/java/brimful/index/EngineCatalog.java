package brimful.index;

import brimful.corpus.DocumentId;
import brimful.index.score.ScoreSums;
import brimful.index.term.FrozenWeights;
import brimful.index.term.WordForms;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Function;

/// What is known of a commit of an index that is kept by an engine in other processes: everything
/// but texts and terms, as [OutlineCatalog] has it, and the exact scores of what the engine found.
///
/// The engine keeps [EngineBlock]s. Safe for many threads.
public final class EngineCatalog {
  private final OutlineCatalog catalog;
  private final List<EngineBlock> blocks;
  private final Map<Long, Integer> placeOfBlock = new HashMap<>();
  private final int[] starts;
  private final FrozenWeights.Saturation ofChunks;
  private final FrozenWeights.Saturation ofDocuments;

  private EngineCatalog(OutlineCatalog catalog, List<EngineBlock> blocks, int[] starts) {
    this.catalog = catalog;
    this.blocks = blocks;
    this.starts = starts;
    var chunks = new LongSummaryStatistics();
    var documents = new LongSummaryStatistics();
    for (int at = 0; at < blocks.size(); at++) {
      EngineBlock block = blocks.get(at);
      placeOfBlock.put(block.number(), at);
      for (ItemRecord.Entry entry : block.record().documents()) {
        for (int place = 0; place < entry.chunks(); place++) {
          chunks.accept(entry.length(place));
        }
      }
      for (int document = 0; document < block.documents(); document++) {
        documents.accept(block.documentLength(document));
      }
    }
    ofChunks =
        EngineBlock.CHUNK_WEIGHTS.saturation(
            average(chunks.getSum(), catalog.chunks()), chunks.getMin(), chunks.getMax());
    ofDocuments =
        EngineBlock.DOCUMENT_WEIGHTS.saturation(
            average(documents.getSum(), catalog.documents()),
            documents.getMin(),
            documents.getMax());
  }

  /// As [OutlineCatalog] has it; any of an empty catalog.
  private static double average(long sum, int units) {
    return Math.max(1, (double) sum / Math.max(1, units));
  }

  /// Returns the catalog of the blocks of a commit.
  ///
  /// @throws IOException if a part of an item is missing
  public static EngineCatalog of(Collection<EngineBlock> blocks) throws IOException {
    List<EngineBlock> sorted =
        blocks.stream().sorted(Comparator.comparingLong(EngineBlock::number)).toList();
    var starts = new int[sorted.size()];
    var found = new ArrayList<OutlineCatalog.Found>(sorted.size());
    int key = 0;
    for (int at = 0; at < starts.length; at++) {
      starts[at] = key;
      key += sorted.get(at).chunks();
      found.add(new OutlineCatalog.Found(sorted.get(at).record(), key++));
    }
    return new EngineCatalog(OutlineCatalog.of(found, key), sorted, starts);
  }

  /// Returns how an engine is to saturate the weights of chunks.
  public FrozenWeights.Saturation ofChunks() {
    return ofChunks;
  }

  /// Returns how an engine is to saturate the weights of documents.
  public FrozenWeights.Saturation ofDocuments() {
    return ofDocuments;
  }

  public SequencedMap<DocumentId, ItemState> items() {
    return catalog.items();
  }

  public List<Outline> outlines() {
    return catalog.outlines();
  }

  /// Whether each document is one record of the engine.
  public boolean isWhole() {
    return catalog.isContiguous();
  }

  public <T> T derived(Class<T> type, Function<List<Outline>, T> derive) {
    return catalog.derived(type, derive);
  }

  /// Where the engine has a chunk.
  public record Address(long block, int place) {}

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
    return new Address(blocks.get(at).number(), ref.key() - starts[at]);
  }

  /// Returns the chunks at some addresses, in canonical order, each with score 1; those that are
  /// not of this commit are left out.
  public List<Hit> hits(Collection<Address> addresses) {
    return addresses.stream()
        .map(this::chunkAt)
        .filter(chunk -> chunk >= 0)
        .sorted()
        .distinct()
        .map(chunk -> catalog.hit(chunk, 1))
        .toList();
  }

  /// Returns the number of the chunk at an address, in canonical order of all chunks; -1 if there
  /// is none in this commit.
  public int chunkAt(Address address) {
    return catalog.chunk(key(address));
  }

  /// Returns the key of the chunk at an address, or -1.
  private int key(Address address) {
    Integer block = placeOfBlock.get(address.block);
    return block == null || address.place < 0 || address.place >= blocks.get(block).chunks()
        ? -1
        : starts[block] + address.place;
  }

  /// Returns the numbers of the documents of some addresses; those that are not of this commit are
  /// left out.
  public BitSet documents(Collection<Address> addresses) {
    var found = new BitSet();
    for (Address address : addresses) {
      int document = documentAt(address);
      if (document >= 0) {
        found.set(document);
      }
    }
    return found;
  }

  /// Returns the number of the document, or of the piece of one, at an address; -1 if it has no
  /// chunk in this commit.
  public int documentAt(Address address) {
    Integer at = placeOfBlock.get(address.block);
    if (at == null || !blocks.get(at).hasChunks(address.place)) {
      return -1;
    }
    int first = starts[at] + blocks.get(at).first(address.place);
    return catalog.chunk(first) < 0 ? -1 : catalog.documentOf(first);
  }

  /// Returns the blocks of the commit, by rising numbers.
  public List<EngineBlock> blocks() {
    return blocks;
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

  /// The exact scores of what an engine found, as [LuceneIndex] has them: word by word, in the
  /// order of the words. For one thread.
  public final class Scores {
    private final List<Word> words = new ArrayList<>();

    /// A word, and where it was found.
    private static final class Word {
      private final float weight;
      private final int inChunks;
      private final int inDocuments;
      private final Counts chunks = new Counts();
      private final Counts documents = new Counts();

      Word(float weight, int inChunks, int inDocuments) {
        this.weight = weight;
        this.inChunks = inChunks;
        this.inDocuments = inDocuments;
      }
    }

    /// Adds a word, whose number is the count of those before.
    ///
    /// @param inChunks how many have it, found or not
    /// @param inDocuments how many documents have it, likewise
    public void word(float weight, long inChunks, long inDocuments) {
      words.add(
          new Word(
              weight,
              (int) Math.min(inChunks, catalog.chunks()),
              (int) Math.min(inDocuments, catalog.documents())));
    }

    /// Returns the most that a word adds to a chunk's score.
    public float chunkBoost(int word) {
      return ScoreSums.idf(words.get(word).weight, words.get(word).inChunks, catalog.chunks());
    }

    /// Returns the most that a word adds to a document's score.
    public float documentBoost(int word) {
      return ScoreSums.idf(
          words.get(word).weight, words.get(word).inDocuments, catalog.documents());
    }

    /// Notes that a chunk has a form of a word.
    ///
    /// @param weight as the engine has it
    public void chunk(int word, String form, Address address, double weight) {
      int key = key(address);
      if (key >= 0 && catalog.chunk(key) >= 0) {
        EngineBlock block = blocks.get(placeOfBlock.getOrDefault(address.block, 0));
        words.get(word).chunks.add(key, block.inChunk(address.place, form, weight));
      }
    }

    /// Notes that a document, or the part of it that a block has, has a form of a word.
    ///
    /// @param weight as the engine has it
    public void document(int word, String form, Address address, double weight) {
      int document = documentAt(address);
      if (document >= 0) {
        EngineBlock block = blocks.get(placeOfBlock.getOrDefault(address.block, 0));
        words.get(word).documents.add(document, block.inDocument(address.place, form, weight));
      }
    }

    /// Returns the scores of all that was noted so far.
    public Snapshot.Matches matches() {
      var chunks = new ScoreSums(catalog.chunkNorms(), catalog.chunks());
      var documents = new ScoreSums(catalog.documentNorms(), catalog.documents());
      for (Word word : words) {
        word.chunks.to(chunks);
        chunks.add(word.weight, word.inChunks);
        word.documents.to(documents);
        documents.add(word.weight, word.inDocuments);
      }
      return new Scorer.Scored(catalog, chunks.scores(), documents.scores());
    }
  }

  /// How often a word was found in units, some of which may come several times.
  private static final class Counts {
    private int[] pairs = new int[64];
    private int size;

    void add(int unit, int count) {
      if (size == pairs.length) {
        pairs = Arrays.copyOf(pairs, 2 * size);
      }
      pairs[size++] = unit;
      pairs[size++] = count;
    }

    void to(ScoreSums sums) {
      for (int at = 0; at < size; at += 2) {
        sums.count(pairs[at], pairs[at + 1]);
      }
    }
  }

  public Scores scores() {
    return new Scores();
  }
}
