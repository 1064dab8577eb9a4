package brimful.chunk.outline;

/// A named range of lines: a type, a function, a section under a heading.
///
/// @param name its simple name; empty if it has none, such as fenced code
/// @param label the word that goes before the name in a path, such as `class`; may be empty
/// @param firstLine the first line, with the comments and annotations that lead to it, from 0
/// @param headerLine the line its name stands on
/// @param lastLine the last line, inclusive
/// @param enclosing the index of the definition around it in the same outline, or -1
public record Definition(
    String name,
    Kind kind,
    String label,
    int firstLine,
    int headerLine,
    int lastLine,
    int enclosing) {

  /// The kind of a definition.
  public enum Kind {
    TYPE,
    FUNCTION,
    /// A named value; it is found by its name but is not a place to cut.
    CONSTANT,
    HEADING,
    /// Lines without a name that should stay together, such as fenced code.
    BLOCK
  }

  public boolean named() {
    return !name.isEmpty();
  }

  /// Returns whether a border before `line` would cut it in two.
  public boolean spans(int line) {
    return firstLine < line && line <= lastLine;
  }
}
