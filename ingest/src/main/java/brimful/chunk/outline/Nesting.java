package brimful.chunk.outline;

import static java.util.Comparator.comparingInt;

import brimful.chunk.outline.Definition.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Collects the definitions of a text as they end, and nests them.
final class Nesting {
  /// Starts of lines that belong to the definition below.
  private static final List<String> LEADS =
      List.of("//", "/*", "*", "# ", "#[", "##", "--", "@", ";;", "%", "{-", "(*");

  private final Lines lines;
  private final List<String> leads;
  private final List<Found> found = new ArrayList<>();

  Nesting(Lines lines) {
    this(lines, LEADS);
  }

  /// @param leads starts of lines that belong to the definition below; without any, a definition
  ///   begins where its start says
  Nesting(Lines lines, List<String> leads) {
    this.lines = lines;
    this.leads = leads;
  }

  /// A definition from the offset of its name up to another.
  private record Found(DefinitionStart header, int end) {
    int start() {
      return header.offset();
    }
  }

  /// Adds a definition that ran from its header to the end of a line; nothing, if there is none.
  void add(DefinitionStart definitionStart, int lastLine) {
    if (definitionStart.isPresent()) {
      addTo(definitionStart, lines.end(Math.max(lastLine, definitionStart.line())));
    }
  }

  /// Adds a definition that ran from its header up to an offset; nothing, if there is none.
  void addTo(DefinitionStart definitionStart, int end) {
    if (definitionStart.isPresent()) {
      found.add(
          new Found(
              definitionStart, Math.max(definitionStart.offset(), Math.min(end, lines.lastEnd()))));
    }
  }

  /// Returns all that was added: sorted, nested, and each with its leading comments.
  ///
  /// If broken text makes two overlap, the inner one ends with the outer; what begins behind that
  /// end is in neither.
  List<Definition> nested() {
    found.sort(comparingInt(Found::start).thenComparing(comparingInt(Found::end).reversed()));
    var nested = new ArrayList<Definition>(found.size());
    int[] open = new int[16];
    int depth = 0;
    int floor = 0;
    for (Found each : found) {
      while (depth > 0
          && (found.get(open[depth - 1]).end < each.start()
              || nested.get(open[depth - 1]).lastLine() < each.header.line())) {
        floor = Math.max(floor, nested.get(open[--depth]).lastLine() + 1);
      }
      int enclosing = depth == 0 ? -1 : open[depth - 1];
      int last = lines.at(each.end);
      if (enclosing >= 0) {
        Definition around = nested.get(enclosing);
        last = Math.min(last, around.lastLine());
        floor = Math.max(floor, around.headerLine() + 1);
      }
      nested.add(placed(each.header, Math.min(floor, each.header.line()), last, enclosing));
      if (each.header.kind() != Kind.CONSTANT) {
        open = depth == open.length ? Arrays.copyOf(open, depth * 2) : open;
        open[depth++] = nested.size() - 1;
      } else {
        floor = Math.max(floor, each.header.line() + 1);
      }
    }
    return List.copyOf(nested);
  }

  /// Returns whether a line looks like a comment or an annotation of the line below.
  boolean leads(int line) {
    int ink = lines.firstInk(line);
    for (String lead : leads) {
      if (lines.text().startsWith(lead, ink)) {
        return ink < lines.end(line);
      }
    }
    return lines.text().startsWith("*/", Math.max(ink, lines.end(line) - 2));
  }

  private Definition placed(DefinitionStart definitionStart, int floor, int last, int enclosing) {
    int first = Math.min(definitionStart.line(), Math.max(definitionStart.firstLine(), floor));
    if (definitionStart.kind() == Kind.TYPE || definitionStart.kind() == Kind.FUNCTION) {
      while (first > floor && leads(first - 1)) {
        first--;
      }
    }
    return new Definition(
        definitionStart.name(),
        definitionStart.kind(),
        definitionStart.label(),
        first,
        definitionStart.line(),
        last,
        enclosing);
  }
}
