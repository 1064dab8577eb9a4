package brimful.cli.chat;

import brimful.answer.Citation;
import brimful.corpus.Chunk;
import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import brimful.pack.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/// A place that an answer cites, or evidence that was found, with its text.
///
/// @param line as a list shows it
/// @param text as `/open` shows it; empty if the window does not have it
record ChatSource(String line, String text) {
  /// Returns evidence.
  static ChatSource of(Chunk chunk) {
    String place = new Citation(chunk.document(), chunk.locator(), "").display();
    String heading = chunk.heading().isEmpty() ? "" : "  " + chunk.heading();
    return new ChatSource(place + heading, numbered(chunk.locator(), chunk.text()));
  }

  /// Returns a cited place, with its text from the window that the model read.
  static ChatSource of(Citation citation, Window window) {
    List<Window.Placed> parts =
        window.placed().stream()
            .filter(part -> part.document().equals(citation.document()))
            .toList();
    String text =
        citation.locator() instanceof Locator.Lines lines
            ? lines(parts, lines)
            : places(parts, citation.locator());
    return new ChatSource(citation.line(), text);
  }

  /// Returns the cited lines that the window has, each with its number.
  private static String lines(List<Window.Placed> parts, Locator.Lines cited) {
    SortedMap<Integer, String> lines = new TreeMap<>();
    for (Window.Placed part : parts) {
      if (part.locator() instanceof Locator.Lines(int first, _)) {
        List<String> texts = part.text().lines().toList();
        for (int i = 0; i < texts.size(); i++) {
          lines.put(first + i, texts.get(i));
        }
      }
    }
    var text = new StringBuilder();
    lines
        .subMap(cited.first(), cited.last() + 1)
        .forEach((number, line) -> text.append(numbered(number, line)));
    return text.toString();
  }

  /// Returns the text of a page, sheet or slide; of the whole document, if no part has that place.
  private static String places(List<Window.Placed> parts, Locator cited) {
    var found = new ArrayList<Window.Placed>(parts);
    if (parts.stream().anyMatch(part -> part.locator().equals(cited))) {
      found.removeIf(part -> !part.locator().equals(cited));
    }
    var text = new StringBuilder();
    for (Window.Placed part : found) {
      text.append(place(part.document(), part.locator())).append('\n');
      text.append(numbered(part.locator(), part.text()));
    }
    return text.toString();
  }

  private static String place(DocumentId document, Locator locator) {
    return new Citation(document, locator, "").display();
  }

  private static String numbered(Locator locator, String text) {
    List<String> lines = text.lines().toList();
    var all = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      all.append(
          locator instanceof Locator.Lines(int first, _)
              ? numbered(first + i, lines.get(i))
              : "  " + lines.get(i) + "\n");
    }
    return all.toString();
  }

  private static String numbered(int number, String line) {
    return String.format(Locale.ROOT, "%6d  %s\n", number, line);
  }
}
