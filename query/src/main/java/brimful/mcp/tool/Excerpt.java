package brimful.mcp.tool;

import brimful.corpus.Chunk;
import brimful.corpus.Locator;
import brimful.corpus.Markup;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// A part of a document that is small enough to return.
///
/// @param text in tags that name the place of each piece
/// @param to where it ends, in characters of the whole request
/// @param all the characters of the whole request
public record Excerpt(String text, int to, int all) {

  /// A line of text.
  ///
  /// @param continues whether it continues the previous one, which was too long
  private record Line(Locator place, String text, boolean continues) {
    int length() {
      return text.length() + (continues ? 0 : 1);
    }
  }

  /// Cuts an excerpt out of a document. It ends with a line, unless that line alone is too long.
  ///
  /// @param chunks all chunks of the document
  /// @param wanted the requested places
  /// @param from how many characters of them to skip
  public static Excerpt of(
      List<Chunk> chunks, Predicate<Locator> wanted, int from, int charactersMax) {
    List<Line> lines = lines(chunks).stream().filter(line -> wanted.test(line.place)).toList();
    int all = lines.stream().mapToInt(Line::length).sum();
    var taken = new ArrayList<Line>();
    int at = 0;
    int to = from;
    for (Line line : lines) {
      int skip = Math.max(0, from - at);
      at += line.length();
      if (skip >= line.length()) {
        continue;
      }
      int room = charactersMax - (to - from);
      if (line.length() - skip <= room) {
        taken.add(part(line, Math.min(skip, line.text.length()), line.text.length()));
        to = at;
        continue;
      }
      if (taken.isEmpty()) {
        int end = Math.min(skip + room, line.text.length());
        end -= Character.isHighSurrogate(line.text.charAt(end - 1)) ? 1 : 0;
        taken.add(part(line, skip, end));
        to += end - skip;
      }
      break;
    }
    return new Excerpt(text(taken), to, all);
  }

  private static Line part(Line line, int from, int to) {
    return new Line(line.place, line.text.substring(from, to), line.continues);
  }

  /// Returns a document's lines, including blank ones that its chunks leave out.
  private static List<Line> lines(List<Chunk> chunks) {
    var lines = new ArrayList<Line>();
    int before = 0;
    for (Chunk chunk : chunks) {
      String[] texts = chunk.text().split("\n", -1);
      for (int i = 0; i < texts.length; i++) {
        if (chunk.locator() instanceof Locator.Lines(int first, int last)) {
          int number = Math.min(first + i, last);
          for (int blank = before + 1; before > 0 && blank < number; blank++) {
            lines.add(new Line(new Locator.Lines(blank, blank), "", false));
          }
          lines.add(new Line(new Locator.Lines(number, number), texts[i], number == before));
          before = number;
        } else {
          lines.add(new Line(chunk.locator(), texts[i], false));
        }
      }
    }
    return lines;
  }

  private static String text(List<Line> lines) {
    var text = new StringBuilder();
    int from = 0;
    for (int i = 1; i <= lines.size(); i++) {
      if (i == lines.size() || !together(lines.get(i - 1), lines.get(i))) {
        List<Line> group = lines.subList(from, i);
        text.append(Markup.FOR_ANY.segment(place(group), "", joined(group)));
        from = i;
      }
    }
    return text.toString();
  }

  private static boolean together(Line one, Line next) {
    return one.place.equals(next.place)
        || (one.place instanceof Locator.Lines(_, int last)
            && next.place instanceof Locator.Lines(int first, _)
            && first <= last + 1);
  }

  private static Locator place(List<Line> group) {
    return group.getFirst().place instanceof Locator.Lines(int first, _)
            && group.getLast().place instanceof Locator.Lines(_, int last)
        ? new Locator.Lines(first, last)
        : group.getFirst().place;
  }

  private static String joined(List<Line> group) {
    var text = new StringBuilder(group.getFirst().text);
    for (Line line : group.subList(1, group.size())) {
      text.append(line.continues ? "" : "\n").append(line.text);
    }
    return text.toString();
  }
}
