package brimful.chunk.outline;

import brimful.corpus.DocumentId;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Writes an outline as one line for each definition: indentation, kind, name, lines from 1.
final class OutlineText {
  private OutlineText() {}

  static String of(String fileName, String text) {
    var lines = Lines.of(text);
    List<Definition> outline =
        Language.of(new DocumentId(fileName), text).outliner().outline(lines);
    return outline.stream()
        .map(each ->
            "%s%s %s %s-%s"
                .formatted(
                    "  ".repeat(depth(each, outline)),
                    each.kind().name().toLowerCase(Locale.ROOT),
                    each.name(),
                    each.firstLine() + 1,
                    each.lastLine() + 1))
        .collect(Collectors.joining("\n"));
  }

  private static int depth(Definition definition, List<Definition> outline) {
    int depth = 0;
    for (int at = definition.enclosing(); at >= 0; at = outline.get(at).enclosing()) {
      depth++;
    }
    return depth;
  }
}
