package brimful.index;

import brimful.index.sort.SortKeys;
import brimful.index.term.WordForms;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
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
      scorer.collect(term.getKey(), true);
      scorer.add(term.getValue());
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
      for (String form : word.forms()) {
        scorer.collect(form, true);
      }
      for (String form : word.derived()) {
        scorer.collect(form, false);
      }
      scorer.add(word.weight());
    }
    return scorer.scored();
  }

  private void add(float weight) {
    chunks.add(weight);
    documents.add(weight);
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

  /// Collects where a term occurs, and how often.
  ///
  /// @param passages whether it counts for chunks, and not for documents only
  private void collect(String term, boolean passages) throws IOException {
    for (LeafReaderContext leaf : reader.leaves()) {
      Terms terms = leaf.reader().terms(IndexSchema.TERMS);
      if (terms != null) {
        TermsEnum found = terms.iterator();
        if (found.seekExact(new BytesRef(term))) {
          collect(found.postings(null, PostingsEnum.FREQS), leaf.docBase, passages);
        }
      }
    }
  }

  /// @param postings before their first
  private void collect(PostingsEnum postings, int base, boolean passages) throws IOException {
    int first = postings.nextDoc();
    while (first != DocIdSetIterator.NO_MORE_DOCS) {
      postings.nextPostings(DocIdSetIterator.NO_MORE_DOCS, block);
      for (int at = 0; at < block.size; at++) {
        int key = base + block.docs[at];
        int document = catalog.documentOf(key);
        if (document >= 0) {
          int frequency = (int) block.features[at];
          if (passages) {
            chunks.count(key, frequency);
          }
          documents.count(document, frequency);
        }
      }
      first = postings.docID();
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
  }
}
