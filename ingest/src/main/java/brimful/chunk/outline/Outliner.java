package brimful.chunk.outline;

import java.util.List;

/// Finds the definitions in a text, fast and without a full parse.
///
/// Never fails: on broken or unknown text it finds less. Takes time linear in the text, on a stack
/// of constant depth. Safe for many threads.
@FunctionalInterface
public interface Outliner {

  /// An outliner of text without known structure.
  Outliner NONE = _ -> List.of();

  /// Returns the definitions, each after the one around it, in the order of their first lines.
  List<Definition> outline(Lines lines);
}
