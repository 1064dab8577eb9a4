package brimful.index;

import brimful.index.sort.SortKeys;
import brimful.index.term.WordForms;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocAndFloatFeatureBuffer;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.BytesRef;

/// BM25F over chunks, and over documents as the sums of their chunks, evaluated term by term.
///
/// Design: for each query term, one loop over its postings adds to arrays of scores by chunk and by
/// document number. Lucene's query classes are not used, for three reasons: they count deleted
/// documents in their statistics, so the history of an index would change its ranking; they skip
/// most postings to find ten hits, where a window of a million tokens needs ten thousand; and a
/// fresh JVM runs these loops several times sooner than it loads those classes. Postings of chunks
/// also yield the scores of whole documents, which therefore need no space in the index. Cost:
/// linear in the postings of the terms.
///
/// Invariant: sums run in the order of the terms, so the same live chunks give the same bits.
final class Scorer {
  /// The most terms of a question that are looked up, rarest first.
  private static final int TERMS_MAX = 1024;

  private final IndexReader reader;
  private final OutlineCatalog catalog;
  private final ScoreSums chunks;
  private final ScoreSums documents;

  private final Runs runs = new Runs();

  /// Postings that were decoded at once.
  private final DocAndFloatFeatureBuffer block = new DocAndFloatFeatureBuffer();

  private Scorer(IndexReader reader, OutlineCatalog catalog) {
    this.reader = reader;
    this.catalog = catalog;
    chunks = new ScoreSums(catalog.chunkNorms(), catalog.chunks());
    documents = new ScoreSums(catalog.documentNorms(), catalog.documents());
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
    // How many chunks have a term is known beforehand where none is deleted.
    boolean known = forms.size() == 1 && !reader.hasDeletions();
    boolean alone = known && derived.isEmpty() && catalog.isContiguous();
    for (String form : forms) {
      int found = known ? reader.docFreq(new Term(IndexSchema.TERMS, form)) : 0;
      collect(form, known ? Use.SCORED : Use.COUNTED, chunks.idf(weight, found));
    }
    for (String form : derived) {
      collect(form, Use.DOCUMENTS, 0);
    }
    chunks.add(weight);
    runs.addTo(documents, weight, alone);
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

  private void collect(String term, Use use, float idf) throws IOException {
    for (LeafReaderContext leaf : reader.leaves()) {
      Terms terms = leaf.reader().terms(IndexSchema.TERMS);
      if (terms != null) {
        TermsEnum found = terms.iterator();
        if (found.seekExact(new BytesRef(term))) {
          collect(found.postings(null, PostingsEnum.FREQS), leaf.docBase, use, idf);
        }
      }
    }
  }

  /// @param postings before their first
  private void collect(PostingsEnum postings, int base, Use use, float idf) throws IOException {
    for (int next = postings.nextDoc();
        next != DocIdSetIterator.NO_MORE_DOCS;
        next = postings.docID()) {
      postings.nextPostings(DocIdSetIterator.NO_MORE_DOCS, block);
      switch (use) {
        case SCORED -> score(base, idf);
        case COUNTED -> count(base);
        case DOCUMENTS -> {}
      }
      countDocuments(base);
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

  private void countDocuments(int base) {
    runs.ensure(block.size);
    int[] documentOfKey = catalog.columns().documentOfKey();
    int[] docs = block.docs;
    float[] counts = block.features;
    for (int at = 0; at < block.size; at++) {
      runs.count(documentOfKey[base + docs[at]], (int) counts[at]);
    }
  }

  /// How often a term occurs in documents, whose chunks are neighbours.
  ///
  /// One entry is written for each chunk without a branch, which nothing could predict: it goes on
  /// with the last entry, or is the next.
  private static final class Runs {
    /// Entries from 1 on; a document has several where it is not contiguous, or has several terms.
    private int[] units = new int[1024];

    private int[] frequencies = new int[1024];
    private int size;

    Runs() {
      // No document has this number, so that the first one counted begins an entry.
      units[0] = -2;
    }

    void ensure(int more) {
      if (size + more >= units.length) {
        int length = Math.max(size + more + 1, 2 * units.length);
        units = Arrays.copyOf(units, length);
        frequencies = Arrays.copyOf(frequencies, length);
      }
    }

    /// @param unit -1 for what is deleted
    void count(int unit, int frequency) {
      int known = units[size] == unit ? 1 : 0;
      size += 1 - known;
      units[size] = unit;
      frequencies[size] = frequency + frequencies[size] * known;
    }

    /// Adds the word whose terms were counted to scores, and begins with the next.
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
      size = 0;
    }
  }

  /// @param chunkScores by key
  /// @param documentScores by number
  record Scored(OutlineCatalog catalog, float[] chunkScores, float[] documentScores)
      implements Snapshot.Matches {

    @Override
    public List<Hit> chunks(int limit) {
      return Arrays.stream(SortKeys.highest(chunkScores, catalog::chunk, limit))
          .mapToObj(number -> {
            ChunkRef ref = catalog.ref(number);
            return new Hit(ref.document(), ref.ordinal(), chunkScores[ref.key()]);
          })
          .toList();
    }

    @Override
    public List<Hit> documents(int limit) {
      return Arrays.stream(SortKeys.highest(documentScores, number -> number, limit))
          .mapToObj(number ->
              new Hit(catalog.outlines().get(number).document(), 0, documentScores[number]))
          .toList();
    }

    @Override
    public void documents(int limit, DocumentNumbers numbers, float[] scores) {
      for (int number : SortKeys.highest(documentScores, number -> number, limit)) {
        scores[number] = documentScores[number];
      }
    }
  }
}
