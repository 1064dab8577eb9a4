package brimful.chunk.outline;

import brimful.chunk.outline.Definition.Kind;

/// The beginning of a definition whose end is not known yet.
///
/// @param firstLine the line its statement starts on, with modifiers and annotations
/// @param line the line its name stands on
/// @param offset where its name stands in the text, or where the line begins
record DefinitionStart(String name, Kind kind, String label, int firstLine, int line, int offset) {
  /// No definition.
  static final DefinitionStart NONE = new DefinitionStart("", Kind.BLOCK, "", -1, -1, -1);

  boolean isPresent() {
    return line >= 0;
  }
}
