package brimful.pack;

import brimful.corpus.PathKind;
import brimful.index.sort.SortKeys;
import java.util.Arrays;

/// The order of documents without a question: those that explain the whole come first.
///
/// The readme, then other documents at the top level, sources, other documents, tests, examples,
/// data and generated files; within each group, shallow paths before deep ones, then canonical
/// order.
final class StaticOrder {
  private static final int README = 0;
  private static final int TOP = 1;

  private static final int DEPTH_MAX = 127;
  private static final int DEPTH_BITS = 7;

  private StaticOrder() {}

  /// Returns the documents' numbers, most important first.
  static int[] of(ChunkTable table) {
    var keys = new long[table.documents()];
    for (int document = 0; document < keys.length; document++) {
      keys[document] = SortKeys.lowestFirst(rank(table.document(document).value()), document);
    }
    Arrays.sort(keys);
    return SortKeys.numbers(keys);
  }

  private static int rank(String path) {
    int name = path.lastIndexOf('/') + 1;
    int depth = 0;
    boolean hidden = path.startsWith(".");
    for (int at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
      depth++;
      hidden |= path.startsWith("/.", at);
    }
    PathKind kind = PathKind.of(path);
    int place = hidden ? Math.max(place(kind), place(PathKind.EXAMPLE)) : place(kind);
    boolean readme = path.regionMatches(true, name, "readme", 0, 6);
    if (depth == 0 && (readme || kind == PathKind.DOC)) {
      place = readme ? README : TOP;
    } else if (readme && kind == PathKind.SOURCE) {
      place = place(PathKind.DOC);
    }
    return (place << DEPTH_BITS) | Math.min(depth, DEPTH_MAX);
  }

  private static int place(PathKind kind) {
    return switch (kind) {
      case SOURCE, MANIFEST, PACKAGE_FILE -> 2;
      case DOC -> 3;
      case TEST -> 4;
      case EXAMPLE -> 5;
      case DATA -> 6;
      case GENERATED -> 7;
    };
  }
}
