package brimful.chunk.outline;

import java.util.List;

/// Finds definitions in languages with braces around blocks.
///
/// It reads headers rather than expressions: a word such as `class` or `fun` with a name, or the
/// shape `Type name(…) {`. What a block may define depends on the definition whose body it is.
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
