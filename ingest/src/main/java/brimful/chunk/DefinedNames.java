package brimful.chunk;

import static java.util.Comparator.comparingInt;

import brimful.chunk.outline.Definition;
import java.util.ArrayList;
import java.util.List;

/// The names that are defined on a text's lines.
final class DefinedNames {
  /// The most names of one chunk; minified code may define thousands on a line.
  private static final int NAMES_MAX = 64;

  private final List<Definition> byHeader;

  DefinedNames(List<Definition> definitions) {
    byHeader =
        definitions.stream()
            .filter(Definition::named)
            .sorted(comparingInt(Definition::headerLine))
            .toList();
  }

  /// Returns the names defined on a range of lines, last inclusive, each once, in order.
  List<String> between(int first, int last) {
    int low = 0;
    int high = byHeader.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (byHeader.get(middle).headerLine() < first) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    var names = new ArrayList<String>();
    while (low < byHeader.size()
        && byHeader.get(low).headerLine() <= last
        && names.size() < NAMES_MAX) {
      String name = byHeader.get(low++).name();
      if (!names.contains(name)) {
        names.add(name);
      }
    }
    return names;
  }
}
