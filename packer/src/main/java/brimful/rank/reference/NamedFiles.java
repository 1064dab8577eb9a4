package brimful.rank.reference;

import brimful.corpus.Folding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;

/// Finds the documents that a question names.
public final class NamedFiles {
  /// A name that this many documents match equally well names none of them.
  private static final int SHARED_MAX = 3;

  /// How many parts of a dotted name may follow the module, as in `module.Class.method`.
  private static final int MODULE_TAIL_MAX = 2;

  private final List<String> paths;

  /// The hash of each path's last part, and behind it the path's number; sorted.
  private final long[] byName;

  /// Open addressing: one more than where the paths begin whose hash leads there or before, or 0.
  private final int[] table;

  /// @param paths of all documents, by number
  public NamedFiles(List<String> paths) {
    this.paths = paths;
    byName = new long[paths.size()];
    for (int number = 0; number < byName.length; number++) {
      byName[number] = key(name(paths.get(number)), number);
    }
    Arrays.sort(byName);
    table = new int[Integer.highestOneBit(Math.max(1, byName.length)) << 2];
    for (int at = 0; at < byName.length; at++) {
      if (at == 0 || hash(at) != hash(at - 1)) {
        int slot = slot(hash(at));
        while (table[slot] != 0) {
          slot = (slot + 1) & (table.length - 1);
        }
        table[slot] = at + 1;
      }
    }
  }

  private int hash(int at) {
    return (int) (byName[at] >>> Integer.SIZE);
  }

  private int slot(int hash) {
    int spread = hash * 0x9E3779B9;
    return (spread ^ (spread >>> 15)) & (table.length - 1);
  }

  /// Returns where the paths begin whose last parts have a hash; behind all if there is none.
  private int start(int hash) {
    for (int slot = slot(hash); table[slot] != 0; slot = (slot + 1) & (table.length - 1)) {
      if (hash(table[slot] - 1) == hash) {
        return table[slot] - 1;
      }
    }
    return byName.length;
  }

  private static long key(String name, int number) {
    return (long) name.hashCode() << Integer.SIZE | number;
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
    int hash = name(path).hashCode();
    var best = new ArrayList<Integer>();
    int most = partsMin;
    for (int at = start(hash); at < byName.length && hash(at) == hash; at++) {
      int number = (int) byName[at];
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
    int top = -1;
    int least = Integer.MAX_VALUE;
    for (int number : best) {
      int depth = depth(paths.get(number));
      top = depth < least ? number : depth == least ? -1 : top;
      least = Math.min(least, depth);
    }
    return top < 0 ? List.of() : List.of(top);
  }

  /// Returns how many folders a path is in.
  public static int depth(String path) {
    int depth = 0;
    for (int at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
      depth++;
    }
    return depth;
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
