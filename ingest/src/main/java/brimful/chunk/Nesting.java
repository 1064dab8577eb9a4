package brimful.chunk;

import static java.util.Comparator.comparingInt;

import brimful.chunk.Definition.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Collects the definitions of a text as they end, and puts them into each other.
final class Nesting {
  private static final Comparator<Definition> OUTER_FIRST =
      comparingInt(Definition::firstLine)
          .thenComparing(comparingInt(Definition::lastLine).reversed())
          .thenComparingInt(Definition::headerLine);

  /// What starts a line that belongs to the definition below it.
  private static final List<String> LEADS =
      List.of("//", "/*", "*", "#", "--", "@", ";;", "%", "{-", "(*");

  private final Lines lines;
  private final List<Definition> found = new ArrayList<>();

  Nesting(Lines lines) {
    this.lines = lines;
  }

  /// Adds a definition that ran from its header to a last line.
  void add(Header header, int lastLine) {
    found.add(
        new Definition(
            header.name(),
            header.kind(),
            header.label(),
            header.firstLine(),
            header.line(),
            Math.max(lastLine, header.line()),
            -1));
  }

  /// Returns all that was added: sorted, nested, and each with its leading comments.
  ///
  /// Where a broken text makes two overlap, the inner one ends with the outer.
  List<Definition> nested() {
    found.sort(OUTER_FIRST);
    var nested = new ArrayList<Definition>(found.size());
    int[] open = new int[16];
    int depth = 0;
    int floor = 0;
    for (Definition each : found) {
      while (depth > 0 && nested.get(open[depth - 1]).lastLine() < each.firstLine()) {
        floor = Math.max(floor, nested.get(open[--depth]).lastLine() + 1);
      }
      int enclosing = depth == 0 ? -1 : open[depth - 1];
      int last = each.lastLine();
      if (enclosing >= 0) {
        last = Math.min(last, nested.get(enclosing).lastLine());
        floor = Math.max(floor, Math.min(nested.get(enclosing).headerLine() + 1, each.firstLine()));
      }
      nested.add(placed(each, lead(each, floor), last, enclosing));
      if (each.kind() != Kind.CONSTANT) {
        open = depth == open.length ? Arrays.copyOf(open, depth * 2) : open;
        open[depth++] = nested.size() - 1;
      } else {
        floor = each.headerLine() + 1;
      }
    }
    return List.copyOf(nested);
  }

  private int lead(Definition each, int floor) {
    int first = each.firstLine();
    if (each.kind() == Kind.TYPE || each.kind() == Kind.FUNCTION) {
      while (first > floor && leads(first - 1)) {
        first--;
      }
    }
    return first;
  }

  private boolean leads(int line) {
    int ink = lines.firstInk(line);
    for (String lead : LEADS) {
      if (lines.text().startsWith(lead, ink)) {
        return ink < lines.end(line);
      }
    }
    return lines.text().startsWith("*/", Math.max(ink, lines.end(line) - 2));
  }

  private static Definition placed(Definition each, int first, int last, int enclosing) {
    return new Definition(
        each.name(),
        each.kind(),
        each.label(),
        first,
        Math.min(each.headerLine(), last),
        last,
        enclosing);
  }
}
