package brimful.rank;

import brimful.corpus.PathKind;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// Finds the files that tell about what a question asks, by their names and places. Looks at the
/// paths once for each aspect. Safe for many threads.
final class AspectFiles {
  /// How many of each aspect are wanted.
  private static final int FILES_MAX = 20;

  private final List<String> paths;
  private final PathKind[] kinds;

  /// How far each file that tells is from where one looks first, by its number.
  private final Map<Aspect, SequencedMap<Integer, Integer>> distances = new ConcurrentHashMap<>();

  /// @param paths of all documents, by number
  AspectFiles(List<String> paths, PathKind[] kinds) {
    this.paths = paths;
    this.kinds = kinds;
  }

  /// Returns whether some file tells about an aspect.
  boolean tell(Aspect aspect) {
    return !distances(aspect).isEmpty();
  }

  /// Returns the numbers of the files that tell about some aspects, by turns: of each aspect those
  /// nearest the top first, and among these the better match.
  ///
  /// @param matches how well each document's words match
  int[] about(Collection<Aspect> aspects, float[] matches) {
    List<List<Integer>> lists =
        aspects.stream().sorted().map(aspect -> about(aspect, matches)).toList();
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

  private List<Integer> about(Aspect aspect, float[] matches) {
    return distances(aspect).entrySet().stream()
        .sorted(
            Map.Entry.<Integer, Integer>comparingByValue()
                .thenComparing(entry -> -matches[entry.getKey()]))
        .limit(FILES_MAX)
        .map(Map.Entry::getKey)
        .toList();
  }

  private SequencedMap<Integer, Integer> distances(Aspect asked) {
    return distances.computeIfAbsent(
        asked,
        aspect -> {
          var found = new TreeMap<Integer, Integer>();
          for (int number = 0; number < kinds.length; number++) {
            if (kinds[number].compareTo(PathKind.EXAMPLE) < 0) {
              OptionalInt distance = aspect.distance(paths.get(number), kinds[number]);
              if (distance.isPresent()) {
                found.put(number, distance.getAsInt());
              }
            }
          }
          return found;
        });
  }
}
