package brimful.collection.scope;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Alternatives in a pattern, as in `**/*.{ts,tsx}`. They may hold others: `{src,test/{a,b}}/**`.
///
/// As in a shell, braces without a comma stand for themselves: `{id}.tsx` is one name.
public final class Braces {
  /// More alternatives would take too long to compare with every path.
  static final int EXPANDED_MAX = 500;

  private Braces() {}

  /// Splits a list of patterns at its commas, but not at those of alternatives.
  ///
  /// What stands behind an open brace is one pattern.
  public static List<String> split(String list) {
    var parts = new ArrayList<String>();
    int depth = 0;
    int start = 0;
    for (int at = 0; at < list.length(); at++) {
      switch (list.charAt(at)) {
        case '{' -> depth++;
        case '}' -> depth = Math.max(0, depth - 1);
        case ',' -> {
          if (depth == 0) {
            parts.add(list.substring(start, at));
            start = at + 1;
          }
        }
        default -> {}
      }
    }
    parts.add(list.substring(start));
    return parts;
  }

  /// Returns whether every brace has its other one.
  static boolean areClosed(String pattern) {
    int depth = 0;
    for (int at = 0; at < pattern.length() && depth >= 0; at++) {
      depth += pattern.charAt(at) == '{' ? 1 : pattern.charAt(at) == '}' ? -1 : 0;
    }
    return depth == 0;
  }

  /// Returns the patterns that a pattern with alternatives stands for: itself, if it has none.
  ///
  /// @param pattern whose braces are closed
  /// @return no more than [#EXPANDED_MAX] and one; so many are too many
  static List<String> expanded(String pattern) {
    List<String> all = List.of("");
    int at = 0;
    for (int open = pattern.indexOf('{'); open >= 0; open = pattern.indexOf('{', at)) {
      int close = close(pattern, open);
      List<String> choices = split(pattern.substring(open + 1, close));
      var alternatives = new ArrayList<String>();
      for (String choice : choices) {
        for (String one : expanded(choice)) {
          alternatives.add(choices.size() > 1 ? one : "{" + one + "}");
        }
      }
      all = joined(all, pattern.substring(at, open), alternatives);
      at = close + 1;
    }
    return joined(all, pattern.substring(at), List.of(""));
  }

  /// Returns the alternatives of a pattern, each of its own: `{src/a,*.md}` is a path and a name.
  ///
  /// A pattern that is wrong is returned as it is, for [Scope] to say so.
  public static Stream<String> alternatives(String pattern) {
    if (pattern.length() > Scope.PATTERN_CHARS_MAX || !areClosed(pattern)) {
      return Stream.of(pattern);
    }
    List<String> all = expanded(pattern);
    return all.size() > EXPANDED_MAX ? Stream.of(pattern) : all.stream();
  }

  private static int close(String pattern, int open) {
    int depth = 0;
    int at = open;
    do {
      depth += pattern.charAt(at) == '{' ? 1 : pattern.charAt(at) == '}' ? -1 : 0;
      at++;
    } while (depth > 0);
    return at - 1;
  }

  private static List<String> joined(List<String> starts, String between, List<String> ends) {
    return starts.stream()
        .flatMap(start -> ends.stream().map(end -> start + between + end))
        .limit(EXPANDED_MAX + 1L)
        .toList();
  }
}
