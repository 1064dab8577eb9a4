package brimful.rank;

import brimful.corpus.PathKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;

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
    List<String> paths = corpus.paths();
    var numbers = new ArrayList<Integer>();
    for (int number = 0; number < matches.length; number++) {
      PathKind kind = corpus.kind(number);
      boolean aside = kind.compareTo(PathKind.EXAMPLE) >= 0;
      if (!aside && aspect.isToldBy(paths.get(number), kind)) {
        numbers.add(number);
      }
    }
    numbers.sort(
        Comparator.<Integer>comparingInt(number -> aspect.distance(paths.get(number)))
            .thenComparing(number -> -matches[number]));
    return numbers.subList(0, Math.min(FILES_MAX, numbers.size()));
  }
}
