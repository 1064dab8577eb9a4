package brimful.rank;

import brimful.index.Hit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.IntUnaryOperator;

/// The documents that a question wants whether they say its words or not: those that it names,
/// those that tell by convention about what it asks, and images whose captions say it.
///
/// One chunk of each, its lead, is worth at least what its place or its caption says: a README
/// seldom says the words of "what is this about", and a picture says none.
final class Unsaid {
  /// The second document that tells by convention counts three quarters, the fourth half.
  private static final float TELLING_K = 3;

  private final SequencedMap<Integer, Lead> leads = new LinkedHashMap<>();

  /// A chunk of a document, by its ordinal, and the least that it is worth.
  private record Lead(int ordinal, float worth) {}

  /// Adds the documents that tell, best first.
  ///
  /// @param lead returns the ordinal of the chunk that leads a document
  void tell(int[] telling, IntUnaryOperator lead) {
    for (int place = 0; place < telling.length; place++) {
      int number = telling[place];
      add(number, new Lead(lead.applyAsInt(number), TELLING_K / (TELLING_K + place)));
    }
  }

  /// Adds the images whose captions say what is asked.
  ///
  /// @param captioned what they are worth by number, 0 for any other document
  void show(float[] captioned) {
    for (int number : ScoreMath.descendingAbove0(captioned, captioned.length)) {
      add(number, new Lead(0, captioned[number]));
    }
  }

  private void add(int number, Lead added) {
    leads.merge(number, added, (old, other) -> other.worth > old.worth ? other : old);
  }

  /// Returns the least that a chunk is worth, 0 if it leads no wanted document.
  float worth(int number, int ordinal) {
    Lead lead = leads.get(number);
    return lead != null && lead.ordinal == ordinal ? lead.worth : 0;
  }

  /// Returns hits, and after them the leads that are not among them.
  List<Hit> with(List<Hit> hits) {
    if (leads.isEmpty()) {
      return hits;
    }
    var all = new ArrayList<>(hits);
    var found = new HashSet<Integer>();
    for (Hit hit : hits) {
      Lead lead = leads.get(hit.document());
      if (lead != null && lead.ordinal == hit.ordinal()) {
        found.add(hit.document());
      }
    }
    for (Map.Entry<Integer, Lead> each : leads.entrySet()) {
      if (!found.contains(each.getKey())) {
        all.add(new Hit(each.getKey(), each.getValue().ordinal, 0));
      }
    }
    return all;
  }
}
