package brimful.chunk;

import java.util.List;

/// Finds definitions in languages whose blocks stand in braces.
///
/// It reads headers, not expressions: a word such as `class` or `fun` with a name, or the shape
/// `Type name(…) {`. What a block may define depends on what it is the body of.
final class BraceOutliner implements Outliner {
  private final Syntax syntax;

  BraceOutliner(Syntax syntax) {
    this.syntax = syntax;
  }

  @Override
  public List<Definition> outline(Lines lines) {
    return new BraceParse(lines, syntax).definitions();
  }
}
