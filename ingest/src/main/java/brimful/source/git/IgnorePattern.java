package brimful.source.git;

import java.util.Optional;

/// One line of an ignore file.
///
/// Most lines are plain names or `*.ending`, and are compared without wildcards.
final class IgnorePattern {
  private static final String SPECIAL = "*?[\\";
  private static final String ANYWHERE = "**/";

  /// Longer than any path; such a line matches nothing.
  private static final int LENGTH_MAX = 4096;

  private final boolean negated;
  private final boolean foldersOnly;
  private final boolean byName;

  /// The literal start of a match.
  private final String literal;

  /// What a name ends in behind a `*`; empty unless the pattern is of that form.
  private final Optional<String> ending;

  /// What follows the literal start, if anything does.
  private final Optional<Wildcards> rest;

  private IgnorePattern(
      boolean negated, boolean foldersOnly, boolean byName, String pattern, boolean ignoreCase) {
    this.negated = negated;
    this.foldersOnly = foldersOnly;
    this.byName = byName;
    int wild = firstSpecial(pattern, 0);
    boolean endsWith =
        byName && pattern.startsWith("*") && firstSpecial(pattern, 1) == pattern.length();
    this.ending =
        endsWith ? Optional.of(folded(pattern.substring(1), ignoreCase)) : Optional.empty();
    // The start is cut off paths only, as in git: the rest may then begin with `**`.
    int start = byName && wild < pattern.length() ? 0 : wild;
    this.literal = folded(pattern.substring(0, start), ignoreCase);
    this.rest =
        wild == pattern.length() || endsWith
            ? Optional.empty()
            : Optional.of(Wildcards.compile(pattern.substring(start), !byName, ignoreCase));
  }

  /// Reads a line.
  ///
  /// @param line a byte string without its line break
  /// @return empty if the line says nothing
  static Optional<IgnorePattern> of(String line, boolean ignoreCase) {
    String pattern = withoutTrailingSpaces(line);
    boolean negated = pattern.startsWith("!");
    pattern = negated ? pattern.substring(1) : pattern;
    boolean foldersOnly = pattern.endsWith("/");
    pattern = foldersOnly ? pattern.substring(0, pattern.length() - 1) : pattern;
    boolean byName = pattern.indexOf('/') < 0;
    pattern = pattern.startsWith("/") ? pattern.substring(1) : pattern;
    // Matches anywhere, and comparing a name is faster than comparing a path.
    while (pattern.startsWith(ANYWHERE)) {
      String rest = pattern.substring(ANYWHERE.length());
      byName = rest.indexOf('/') < 0;
      if (!byName && !rest.startsWith(ANYWHERE)) {
        break;
      }
      pattern = rest;
    }
    return pattern.isEmpty() || pattern.length() > LENGTH_MAX
        ? Optional.empty()
        : Optional.of(new IgnorePattern(negated, foldersOnly, byName, pattern, ignoreCase));
  }

  /// Whether a match restores the path instead of ignoring it.
  boolean negated() {
    return negated;
  }

  /// @param path a byte string, relative to the ignore file's folder; in lower case if that does
  ///   not count
  /// @param name the last part of the path
  boolean matches(String path, String name, boolean folder) {
    if (foldersOnly && !folder) {
      return false;
    }
    String text = byName ? name : path;
    if (ending.isPresent()) {
      return text.endsWith(ending.get());
    }
    if (!text.startsWith(literal)) {
      return false;
    }
    return rest.map(wild -> wild.matches(text.substring(literal.length())))
        .orElse(text.length() == literal.length());
  }

  private static String folded(String pattern, boolean ignoreCase) {
    return ignoreCase ? ByteNames.lower(pattern) : pattern;
  }

  private static int firstSpecial(String pattern, int from) {
    int at = from;
    while (at < pattern.length() && SPECIAL.indexOf(pattern.charAt(at)) < 0) {
      at++;
    }
    return at;
  }

  /// Removes trailing spaces, up to one that a backslash escapes.
  private static String withoutTrailingSpaces(String line) {
    int end = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\') {
        i++;
      }
      if (c != ' ') {
        end = Math.min(i + 1, line.length());
      }
    }
    return line.substring(0, end);
  }
}
