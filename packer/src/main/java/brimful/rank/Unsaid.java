package brimful.rank;

import brimful.index.Hit;
import brimful.index.Outline;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.BiConsumer;

/// The documents that a question wants whether they say its words or not: those that tell by
/// convention about what it asks, and images whose captions say it.
///
/// Their first chunks match at least as well as their place or their caption says: a README seldom
/// says the words of "what is this about", and a picture says none.
final class Unsaid {
  /// The second document that tells by convention counts three quarters, the fourth half.
  private static final float TELLING_K = 3;

  private final CorpusNames corpus;
  private final SequencedMap<Integer, Float> scores = new LinkedHashMap<>();

  Unsaid(CorpusNames corpus) {
    this.corpus = corpus;
  }

  /// Adds the documents that tell by convention, best first.
  void tell(int[] telling) {
    for (int place = 0; place < telling.length; place++) {
      scores.merge(telling[place], TELLING_K / (TELLING_K + place), Math::max);
    }
  }

  /// Adds the images whose captions say what is asked.
  ///
  /// @param captioned their scores by number, 0 for any other document
  void show(float[] captioned) {
    for (int number : ScoreMath.descendingAbove0(captioned, captioned.length)) {
      scores.merge(number, captioned[number], Math::max);
    }
  }

  /// Calls for each document, by number, with the least score of its first chunk.
  void forEach(BiConsumer<Integer, Float> each) {
    scores.forEach(each);
  }

  /// Returns hits, and after them the first chunks of the documents that have none.
  List<Hit> with(List<Hit> hits, List<Outline> outlines) {
    if (scores.isEmpty()) {
      return hits;
    }
    var all = new ArrayList<>(hits);
    var found = new HashSet<Integer>();
    hits.forEach(hit -> found.add(corpus.number(hit.document())));
    for (Map.Entry<Integer, Float> each : scores.entrySet()) {
      if (found.add(each.getKey())) {
        all.add(new Hit(outlines.get(each.getKey()).document(), 0, 0));
      }
    }
    return all;
  }
}
