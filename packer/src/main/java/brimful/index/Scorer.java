package brimful.index;

import brimful.index.score.FrequentWords;
import brimful.index.score.ScoreSums;
import brimful.index.sort.SortKeys;
import brimful.index.term.WordForms;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocAndFloatFeatureBuffer;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.ArrayUtil;
import org.apache.lucene.util.BytesRef;

/// BM25F over chunks, and over documents as the sums of their chunks, evaluated term by term.
///
/// Design: for each query term, one loop over its postings adds to arrays of scores by chunk and by
/// document number. Lucene's query classes are not used, for three reasons: they count deleted
/// documents in their statistics, so the history of an index would change its ranking; they skip
/// most postings to find ten hits, where a window of a million tokens needs ten thousand; and a
/// fresh JVM runs these loops several times sooner than it loads those classes. Postings of chunks
/// also yield the scores of whole documents, which therefore need no space in the index. Cost:
/// linear in the postings of the terms, but for [FrequentWords], which are added at once.
///
/// Invariant: sums run in the order of the terms, so the same live chunks give the same bits.
final class Scorer {
  /// The most terms of a question that are looked up, rarest first.
  private static final int TERMS_MAX = 1024;

  private final IndexReader reader;
  private final OutlineCatalog catalog;
  private final ScoreSums chunks;
  private final ScoreSums documents;

  private final FrequentWords frequentWords;
  private final Runs runs = new Runs();

  /// Postings that were decoded at once.
  private final DocAndFloatFeatureBuffer block = new DocAndFloatFeatureBuffer();

  private Scorer(IndexReader reader, OutlineCatalog catalog) {
    this.reader = reader;
    this.catalog = catalog;
    chunks = new ScoreSums(catalog.chunkNorms(), catalog.chunks());
    documents = new ScoreSums(catalog.documentNorms(), catalog.documents());
    frequentWords = catalog.derived(FrequentWords.class, _ -> new FrequentWords());
  }

  /// Scores everything; adds the weights in the terms' order.
  static Snapshot.Matches matches(
      IndexReader reader, OutlineCatalog catalog, SortedMap<String, Float> weights)
      throws IOException {
    var scorer = new Scorer(reader, catalog);
    for (Map.Entry<String, Float> term : scorer.rarest(weights).entrySet()) {
      scorer.add(List.of(term.getKey()), List.of(), term.getValue());
    }
    return scorer.scored();
  }

  /// Scores everything; all forms of a word are one term, whose frequencies add up.
  static Snapshot.Matches matches(
      IndexReader reader,
      OutlineCatalog catalog,
      SortedMap<String, Float> weights,
      WordForms wordForms)
      throws IOException {
    var scorer = new Scorer(reader, catalog);
    for (WordForms.Word word : wordForms.of(scorer.rarest(weights))) {
      scorer.add(word.forms(), word.derived(), word.weight());
    }
    return scorer.scored();
  }

  /// Adds a word to the scores.
  ///
  /// @param derived count for documents only
  private void add(Collection<String> forms, Collection<String> derived, float weight)
      throws IOException {
    List<Postings> ofForms = postings(forms);
    long found = ofForms.stream().mapToLong(Postings::found).sum();
    Optional<FrequentWords.Counts> frequent =
        frequentWords.of(forms, derived, found, () -> counts(ofForms, postings(derived)));
    if (frequent.isPresent()) {
      frequent.get().addTo(chunks, documents, weight);
      return;
    }
    // How many chunks have a term is known beforehand where none is deleted.
    boolean known = forms.size() == 1 && !reader.hasDeletions();
    boolean alone = known && derived.isEmpty() && catalog.isContiguous();
    float idf = chunks.idf(weight, (int) found);
    List<Postings> ofDerived = postings(derived);
    runs.begin(runs(ofForms) + runs(ofDerived));
    for (Postings form : ofForms) {
      collect(form, known ? Use.SCORED : Use.COUNTED, idf);
    }
    for (Postings form : ofDerived) {
      collect(form, Use.DOCUMENTS, idf);
    }
    chunks.add(weight);
    runs.addTo(documents, weight, alone);
  }

  /// Returns the most runs that terms can have.
  private long runs(List<Postings> terms) {
    // What was deleted may stand between any two documents.
    long most = catalog.isContiguous() ? 2L * catalog.documents() + 1 : Integer.MAX_VALUE;
    return terms.stream().mapToLong(term -> Math.min(term.found, most)).sum();
  }

  private FrequentWords.Counts counts(List<Postings> forms, List<Postings> derived)
      throws IOException {
    var inChunks = new int[catalog.chunkNorms().length];
    var inDocuments = new int[catalog.documents()];
    for (Postings form : forms) {
      read(
          form,
          base -> {
            countChunks(base, inChunks);
            countDocuments(base, inDocuments);
          });
    }
    for (Postings form : derived) {
      read(form, base -> countDocuments(base, inDocuments));
    }
    return new FrequentWords.Counts(inChunks, inDocuments);
  }

  private void countChunks(int base, int[] counts) {
    for (int at = 0; at < block.size; at++) {
      int key = base + block.docs[at];
      if (catalog.documentOf(key) >= 0) {
        counts[key] += (int) block.features[at];
      }
    }
  }

  private void countDocuments(int base, int[] counts) {
    for (int at = 0; at < block.size; at++) {
      int document = catalog.documentOf(base + block.docs[at]);
      if (document >= 0) {
        counts[document] += (int) block.features[at];
      }
    }
  }

  private Scored scored() {
    return new Scored(catalog, chunks.scores(), documents.scores());
  }

  private SortedMap<String, Float> rarest(SortedMap<String, Float> weights) throws IOException {
    if (weights.size() <= TERMS_MAX) {
      return weights;
    }
    record Rarity(String term, long documents) {}
    var rarities = new ArrayList<Rarity>(weights.size());
    for (String term : weights.keySet()) {
      rarities.add(new Rarity(term, reader.docFreq(new Term(IndexSchema.TERMS, term))));
    }
    rarities.removeIf(rarity -> rarity.documents == 0);
    rarities.sort(Comparator.comparingLong(Rarity::documents).thenComparing(Rarity::term));
    var kept = new TreeMap<String, Float>();
    for (Rarity rarity : rarities.subList(0, Math.min(TERMS_MAX, rarities.size()))) {
      kept.put(rarity.term, weights.getOrDefault(rarity.term, 0f));
    }
    return kept;
  }

  /// What becomes of a term's postings besides their being counted for documents.
  private enum Use {
    /// They are added to the chunks' scores at once.
    SCORED,
    /// They are counted for chunks.
    COUNTED,
    DOCUMENTS
  }

  /// The postings of a term.
  ///
  /// @param found how many there are
  private record Postings(int found, List<OfLeaf> leaves) {
    /// Those of one segment.
    ///
    /// @param base the key of its first document
    private record OfLeaf(PostingsEnum postings, int base) {}
  }

  private List<Postings> postings(Collection<String> terms) throws IOException {
    var all = new ArrayList<Postings>(terms.size());
    for (String term : terms) {
      var leaves = new ArrayList<Postings.OfLeaf>();
      int found = 0;
      for (LeafReaderContext leaf : reader.leaves()) {
        Terms dictionary = leaf.reader().terms(IndexSchema.TERMS);
        TermsEnum entry = dictionary == null ? TermsEnum.EMPTY : dictionary.iterator();
        if (entry.seekExact(new BytesRef(term))) {
          found += entry.docFreq();
          leaves.add(new Postings.OfLeaf(entry.postings(null, PostingsEnum.FREQS), leaf.docBase));
        }
      }
      all.add(new Postings(found, leaves));
    }
    return all;
  }

  private void collect(Postings term, Use use, float idf) throws IOException {
    int[] documentOfKey = catalog.columns().documentOfKey();
    read(
        term,
        base -> {
          switch (use) {
            case SCORED -> score(base, idf);
            case COUNTED -> count(base);
            case DOCUMENTS -> {}
          }
          runs.count(block, base, documentOfKey);
        });
  }

  /// Decodes the postings of a term, block by block.
  ///
  /// @param use receives the key of a segment's first document whenever a block is decoded
  private void read(Postings term, IntConsumer use) throws IOException {
    for (Postings.OfLeaf leaf : term.leaves) {
      leaf.postings.nextDoc();
      while (leaf.postings.docID() != DocIdSetIterator.NO_MORE_DOCS) {
        leaf.postings.nextPostings(DocIdSetIterator.NO_MORE_DOCS, block);
        use.accept(leaf.base);
      }
    }
  }

  private void score(int base, float idf) {
    int[] docs = block.docs;
    float[] counts = block.features;
    for (int at = 0; at < block.size; at++) {
      chunks.add(base + docs[at], (int) counts[at], idf);
    }
  }

  private void count(int base) {
    for (int at = 0; at < block.size; at++) {
      int key = base + block.docs[at];
      if (catalog.documentOf(key) >= 0) {
        chunks.count(key, (int) block.features[at]);
      }
    }
  }

  /// How often a term occurs in documents, whose chunks are neighbours.
  private static final class Runs {
    /// Entries from 1 on; a document has several where it is not contiguous, or has several terms.
    private int[] units = {};

    private int[] frequencies = {};
    private int size;

    /// Begins with a word.
    ///
    /// @param most entries that its terms can have
    void begin(long most) {
      if (most >= units.length) {
        units = new int[ArrayUtil.oversize(Math.toIntExact(most + 1), Integer.BYTES)];
        frequencies = new int[units.length];
      }
      // No document has this number, so that the first one counted begins an entry.
      units[0] = -2;
      size = 0;
    }

    /// Counts a term's postings.
    ///
    /// One entry is written for each chunk without a branch, which nothing could predict: it goes
    /// on with the last entry, or is the next. What the last one holds stays in variables, because
    /// reading back what was just written would take longer than all the rest.
    ///
    /// @param unitOf by key; -1 for what is deleted
    void count(DocAndFloatFeatureBuffer postings, int base, int[] unitOf) {
      int[] docs = postings.docs;
      float[] counts = postings.features;
      int last = size;
      int unit = units[last];
      int frequency = frequencies[last];
      for (int at = 0; at < postings.size; at++) {
        int next = unitOf[base + docs[at]];
        int count = (int) counts[at];
        frequency = next == unit ? frequency + count : count;
        last += next == unit ? 0 : 1;
        unit = next;
        units[last] = unit;
        frequencies[last] = frequency;
      }
      size = last;
    }

    /// Adds the word whose terms were counted to scores.
    ///
    /// @param alone whether each document has one entry
    void addTo(ScoreSums sums, float weight, boolean alone) {
      int found = size;
      for (int at = 1; at <= size; at++) {
        found -= units[at] < 0 ? 1 : 0;
      }
      float idf = sums.idf(weight, found);
      for (int at = 1; at <= size; at++) {
        if (units[at] >= 0 && alone) {
          sums.add(units[at], frequencies[at], idf);
        } else if (units[at] >= 0) {
          sums.count(units[at], frequencies[at]);
        }
      }
      sums.add(weight);
    }
  }

  /// @param chunkScores by key
  /// @param documentScores by number
  record Scored(OutlineCatalog catalog, float[] chunkScores, float[] documentScores)
      implements Snapshot.Matches {

    @Override
    public List<Hit> chunks(int limit) {
      return Arrays.stream(SortKeys.highestKeys(chunkScores, catalog::chunk, limit))
          .mapToObj(key -> catalog.hit(SortKeys.number(key), SortKeys.score(key)))
          .toList();
    }

    @Override
    public List<Hit> documents(int limit) {
      return Arrays.stream(SortKeys.highest(documentScores, number -> number, limit))
          .mapToObj(number -> new Hit(number, 0, documentScores[number]))
          .toList();
    }

    @Override
    public void documents(int limit, float[] scores) {
      for (int number : SortKeys.highest(documentScores, number -> number, limit)) {
        scores[number] = documentScores[number];
      }
    }
  }
}
