package brimful.index;

import java.io.IOException;
import java.util.ArrayList;
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
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.BytesRef;

/// BM25F over chunks, or over documents as the sums of their chunks, evaluated term by term.
///
/// Design: for each query term, one loop over its postings adds to an array of scores by chunk or
/// document number. Lucene's query classes are not used, for three reasons: they count deleted
/// documents in their statistics, so the history of an index would change its ranking; they skip
/// most postings to find ten hits, where a window of a million tokens needs ten thousand; and a
/// fresh JVM runs these loops several times sooner than it loads those classes. Postings of chunks
/// also yield the scores of whole documents, which therefore need no space in the index. Cost:
/// linear in the postings of the terms.
///
/// Invariant: sums run in the order of the terms, so the same live chunks give the same bits.
final class Scorer {
  static final float K1 = 1.2f;
  static final float B = 0.75f;

  /// The most terms of a question that are looked up, rarest first.
  private static final int TERMS_MAX = 1024;

  private final IndexReader reader;
  private final OutlineCatalog catalog;
  private final boolean whole;
  private final float[] norms;
  private final float[] scores;
  private final int[] frequencies;
  private final int[] matches;
  private int matchCount;

  /// @param whole whether documents are scored rather than chunks
  Scorer(IndexReader reader, OutlineCatalog catalog, boolean whole) {
    this.reader = reader;
    this.catalog = catalog;
    this.whole = whole;
    int units = whole ? catalog.documents() : catalog.chunks();
    norms = catalog.norms(whole);
    scores = new float[units];
    frequencies = new int[units];
    matches = new int[units];
  }

  /// Returns the numbers of the best chunks or documents with their scores, best first.
  ///
  /// Adds the weights in the terms' order.
  List<Scored> best(SortedMap<String, Float> weights, int limit) throws IOException {
    for (Map.Entry<String, Float> term : rarest(weights).entrySet()) {
      collect(new BytesRef(term.getKey()));
      add(term.getValue());
    }
    return best(limit);
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

  /// Collects where a term occurs, and how often.
  private void collect(BytesRef term) throws IOException {
    matchCount = 0;
    for (LeafReaderContext leaf : reader.leaves()) {
      Terms terms = leaf.reader().terms(IndexSchema.TERMS);
      if (terms != null) {
        TermsEnum found = terms.iterator();
        if (found.seekExact(term)) {
          collect(found.postings(null, PostingsEnum.FREQS), leaf.docBase);
        }
      }
    }
  }

  private void collect(PostingsEnum postings, int base) throws IOException {
    for (int at = postings.nextDoc();
        at != DocIdSetIterator.NO_MORE_DOCS;
        at = postings.nextDoc()) {
      int chunk = catalog.chunk(base + at);
      if (chunk >= 0) {
        int unit = whole ? catalog.documentOf(chunk) : chunk;
        if (frequencies[unit] == 0) {
          matches[matchCount++] = unit;
        }
        frequencies[unit] += postings.freq();
      }
    }
  }

  private void add(float weight) {
    double rarity = (scores.length - matchCount + 0.5) / (matchCount + 0.5);
    float idf = weight * (float) Math.log(1 + rarity);
    for (int i = 0; i < matchCount; i++) {
      int unit = matches[i];
      float frequency = frequencies[unit] / IndexSchema.WEIGHT_SCALE;
      scores[unit] += idf * frequency / (frequency + norms[unit]);
      frequencies[unit] = 0;
    }
  }

  /// Returns the highest scores that are not 0, ties by number.
  private List<Scored> best(int limit) {
    int count = 0;
    var keys = new long[scores.length];
    for (int number = 0; number < scores.length; number++) {
      if (scores[number] > 0) {
        // Positive floats sort like their bits; the complement puts the best first.
        keys[count++] = ((long) ~Float.floatToIntBits(scores[number]) << 32) | number;
      }
    }
    int kept = Math.min(limit, count);
    Smallest.sort(keys, count, kept);
    var best = new ArrayList<Scored>(kept);
    for (int i = 0; i < kept; i++) {
      int number = (int) keys[i];
      best.add(new Scored(number, scores[number]));
    }
    return best;
  }

  /// A chunk or document by its number, with its score.
  record Scored(int number, float score) {}
}
