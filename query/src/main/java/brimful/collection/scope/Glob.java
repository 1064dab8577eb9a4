package brimful.collection.scope;

import java.util.Arrays;

/// A pattern of paths: `*` is anything within a name, `**` anything, `?` one character of a name. A
/// pattern that a folder matches also matches all below it.
///
/// Matching takes O(n·m) time for any pattern of m and path of n characters.
record Glob(String pattern) {
  /// Stands for `**`.
  private static final char ANYTHING = '\uFFFF';

  private static final char WITHIN_NAME = '*';

  Glob {
    // `a/**/b` is also `a/b`: the wildcard takes the slash behind it along.
    pattern =
        pattern
            .replaceAll("/+$", "")
            .replaceAll("^\\./", "")
            .replaceAll("\\*{2,}/?", String.valueOf(ANYTHING));
  }

  boolean matches(String path) {
    // reached[i]: the pattern's first i characters match what was read of the path.
    boolean[] reached = start();
    for (int at = 0; at < path.length(); at++) {
      char next = path.charAt(at);
      if (next == '/' && reached[pattern.length()]) {
        return true;
      }
      reached = step(reached, next);
    }
    return reached[pattern.length()];
  }

  private boolean[] start() {
    boolean[] reached = new boolean[pattern.length() + 1];
    reached[0] = true;
    skipEmpty(reached);
    return reached;
  }

  private boolean[] step(boolean[] before, char next) {
    boolean[] after = new boolean[before.length];
    Arrays.fill(after, false);
    for (int i = 0; i < pattern.length(); i++) {
      if (!before[i]) {
        continue;
      }
      char wanted = pattern.charAt(i);
      switch (wanted) {
        case ANYTHING -> after[i] = true;
        case WITHIN_NAME -> after[i] |= next != '/';
        case '?' -> after[i + 1] |= next != '/';
        default -> after[i + 1] |= next == wanted;
      }
    }
    skipEmpty(after);
    return after;
  }

  /// A `*` or `**` may match nothing.
  private void skipEmpty(boolean[] reached) {
    for (int i = 0; i < pattern.length(); i++) {
      char wanted = pattern.charAt(i);
      reached[i + 1] |= reached[i] && (wanted == WITHIN_NAME || wanted == ANYTHING);
    }
  }
}
