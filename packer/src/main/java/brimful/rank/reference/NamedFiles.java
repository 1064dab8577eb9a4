package brimful.rank.reference;

import brimful.corpus.Folding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// Finds the documents that a question names.
public final class NamedFiles {
  /// A name that this many documents match equally well names none of them.
  private static final int SHARED_MAX = 3;

  /// How many parts of a dotted name may follow the module, as in `module.Class.method`.
  private static final int MODULE_TAIL_MAX = 2;

  private final Map<String, List<Integer>> byName = new HashMap<>();
  private final List<String> paths;

  /// @param paths of all documents, by number
  public NamedFiles(List<String> paths) {
    this.paths = paths;
    for (int number = 0; number < paths.size(); number++) {
      String path = paths.get(number);
      byName.computeIfAbsent(name(path), _ -> new ArrayList<>()).add(number);
    }
  }

  /// Returns the numbers of the named documents, in the order of their names.
  public int[] find(List<String> names) {
    var found = new LinkedHashSet<Integer>();
    for (String name : names) {
      found.addAll(find(name));
    }
    return found.stream().mapToInt(Integer::intValue).toArray();
  }

  /// Returns the numbers of the documents that a path means: those that end with a part of it, and
  /// of them the ones that share the most with it.
  public List<Integer> find(ImageCaptions.Path path) {
    String end = "/" + Folding.of(path.suffix());
    return best(Folding.of(path.full()), 1).stream()
        .filter(number -> ("/" + paths.get(number)).endsWith(end))
        .toList();
  }

  private List<Integer> find(String name) {
    List<Integer> exact = best(name, 1);
    if (!exact.isEmpty() || name.indexOf('.') >= 0) {
      return exact;
    }
    String module = name;
    for (int cut = 0; cut <= MODULE_TAIL_MAX; cut++) {
      for (String ending : List.of(".py", "/__init__.py", ".java", ".ts", ".js", ".go", ".rs")) {
        List<Integer> found = best(module + ending, 2);
        if (!found.isEmpty()) {
          return found;
        }
      }
      int end = module.lastIndexOf('/');
      if (end < 0) {
        break;
      }
      module = module.substring(0, end);
    }
    return List.of();
  }

  /// Returns the documents that share the most trailing parts with a path.
  private List<Integer> best(String path, int partsMin) {
    var best = new ArrayList<Integer>();
    int most = partsMin;
    for (int number : byName.getOrDefault(name(path), List.of())) {
      int shared = sharedParts(paths.get(number), path);
      if (shared > most) {
        best.clear();
        most = shared;
      }
      if (shared == most) {
        best.add(number);
      }
    }
    if (best.size() <= SHARED_MAX) {
      return best;
    }
    // Of many equals the one at the top is meant, if it stands alone.
    best.sort(Comparator.comparingInt(number -> depth(paths.get(number))));
    boolean alone = depth(paths.get(best.get(0))) < depth(paths.get(best.get(1)));
    return alone ? best.subList(0, 1) : List.of();
  }

  /// Returns how many folders a path is in.
  public static int depth(String path) {
    return (int) path.chars().filter(each -> each == '/').count();
  }

  private static int sharedParts(String a, String b) {
    int parts = 0;
    int x = a.length();
    int y = b.length();
    while (x > 0 && y > 0) {
      int i = a.lastIndexOf('/', x - 1);
      int j = b.lastIndexOf('/', y - 1);
      if (x - i != y - j || !a.regionMatches(i + 1, b, j + 1, x - i - 1)) {
        break;
      }
      parts++;
      x = Math.max(i, 0);
      y = Math.max(j, 0);
    }
    return parts;
  }

  /// Returns the last part of a path.
  public static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
