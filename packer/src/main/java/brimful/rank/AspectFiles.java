package brimful.rank;

import brimful.corpus.PathKind;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/// Finds the files that tell about what a question asks, by their names and places.
final class AspectFiles {
  /// How many of each aspect are wanted.
  private static final int FILES_MAX = 20;

  private AspectFiles() {}

  /// Returns the numbers of the files that tell about some aspects, by turns: of each aspect those
  /// nearest the top first, and among these the better match.
  ///
  /// @param matches how well each document's words match
  static int[] about(Collection<Aspect> aspects, CorpusNames corpus, float[] matches) {
    List<List<Integer>> lists =
        aspects.stream().sorted().map(aspect -> about(aspect, corpus, matches)).toList();
    var numbers = new LinkedHashSet<Integer>();
    for (int rank = 0; rank < FILES_MAX; rank++) {
      for (List<Integer> list : lists) {
        if (rank < list.size()) {
          numbers.add(list.get(rank));
        }
      }
    }
    return numbers.stream().mapToInt(Integer::intValue).toArray();
  }

  private static List<Integer> about(Aspect aspect, CorpusNames corpus, float[] matches) {
    var distances = new TreeMap<Integer, Integer>();
    for (int number = 0; number < matches.length; number++) {
      PathKind kind = corpus.kind(number);
      if (kind.compareTo(PathKind.EXAMPLE) < 0) {
        OptionalInt distance = aspect.distance(corpus.paths().get(number), kind);
        if (distance.isPresent()) {
          distances.put(number, distance.getAsInt());
        }
      }
    }
    return distances.entrySet().stream()
        .sorted(
            Map.Entry.<Integer, Integer>comparingByValue()
                .thenComparing(entry -> -matches[entry.getKey()]))
        .limit(FILES_MAX)
        .map(Map.Entry::getKey)
        .toList();
  }
}
