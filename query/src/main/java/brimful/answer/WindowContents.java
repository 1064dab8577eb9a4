package brimful.answer;

import brimful.corpus.CellRange;
import brimful.corpus.DocumentId;
import brimful.corpus.Folding;
import brimful.corpus.Locator;
import brimful.corpus.Minutes;
import brimful.pack.Window;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The documents and places in a window, found by complete and by shortened names.
final class WindowContents {
  private final TreeMap<DocumentId, List<Locator>> placed = new TreeMap<>();

  /// Every name from some `/` on, with the documents that end with it.
  private final Map<String, List<DocumentId>> names = new HashMap<>();

  /// The first place of each document that shows an image.
  private final Map<DocumentId, Locator> pictured = new HashMap<>();

  private int nameCharsMax;

  WindowContents(Window window) {
    for (Window.Placed span : window.placed()) {
      placed.computeIfAbsent(span.document(), _ -> new ArrayList<>()).add(span.locator());
      if (span.imageTokens() > 0) {
        pictured.putIfAbsent(span.document(), span.locator());
      }
    }
    for (DocumentId document : placed.keySet()) {
      String name = document.value();
      for (int start = 0; start >= 0; start = next(name, start)) {
        String shorter = name.substring(start);
        put(shorter, document);
        // The window writes these characters as entities, and a model may copy them; a JSON window
        // doubles the backslash.
        String escaped = shorter.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;");
        if (!escaped.equals(shorter)) {
          put(escaped, document);
        }
        if (shorter.indexOf('\\') >= 0) {
          put(shorter.replace("\\", "\\\\"), document);
        }
      }
    }
  }

  private static int next(String name, int start) {
    int slash = name.indexOf('/', start);
    return slash < 0 || slash + 1 >= name.length() ? -1 : slash + 1;
  }

  private void put(String name, DocumentId document) {
    if (name.isBlank() || name.startsWith("/")) {
      // A path that did not come from DocumentId.
      return;
    }
    names.computeIfAbsent(Folding.of(name), _ -> new ArrayList<>()).add(document);
    // An answer may compose or decompose letters.
    int longest = Normalizer.normalize(name, Normalizer.Form.NFD).length();
    nameCharsMax = Math.max(nameCharsMax, Math.max(name.length(), longest));
  }

  /// Returns the length of the longest name.
  int nameCharsMax() {
    return nameCharsMax;
  }

  /// Returns the documents that a name may mean: the one with exactly that name, or all that end
  /// with it.
  List<DocumentId> named(String name) {
    List<DocumentId> all = names.getOrDefault(Folding.of(name), List.of());
    return all.stream().filter(id -> id.value().equals(name)).findFirst().map(List::of).orElse(all);
  }

  /// Returns a name of the window that differs from another in its case at most; empty if there is
  /// none. Cost: linear in the names.
  Optional<String> inAnyCase(String name) {
    String folded = Folding.of(name);
    return names.keySet().stream().filter(folded::equalsIgnoreCase).sorted().findFirst();
  }

  /// Returns the only document with pages in the window, if there is exactly one.
  Optional<DocumentId> onlyPaged() {
    List<DocumentId> paged =
        placed.entrySet().stream()
            .filter(entry -> isPaged(entry.getValue().getFirst()))
            .map(Map.Entry::getKey)
            .limit(2)
            .toList();
    return paged.size() == 1 ? Optional.of(paged.getFirst()) : Optional.empty();
  }

  private static boolean isPaged(Locator place) {
    return place instanceof Locator.Page || place instanceof Locator.Figure;
  }

  /// Returns where a document is that is cited by its name alone: its image, or its first place.
  Locator whole(DocumentId document) {
    return pictured.getOrDefault(document, of(document).getFirst());
  }

  /// Returns the part of a document that is in the window.
  List<Locator> of(DocumentId document) {
    return placed.getOrDefault(document, List.of());
  }

  /// Returns why a place of a document in the window cannot be trusted, or nothing.
  String problem(DocumentId document, Locator cited) {
    List<Locator> have = of(document);
    if (cited instanceof Locator.Lines(int first, int last)) {
      List<Locator.Lines> lines =
          have.stream()
              .filter(Locator.Lines.class::isInstance)
              .map(Locator.Lines.class::cast)
              .sorted(Comparator.comparingInt(Locator.Lines::first))
              .toList();
      return lines.isEmpty() ? wrongKind(have) : problem(lines, first, last);
    }
    if (have.stream().anyMatch(place -> contains(place, cited))
        || (cited instanceof Locator.Sheet sheet && hasRows(have, sheet))) {
      return "";
    }
    return have.stream().anyMatch(locator -> locator.getClass() == cited.getClass())
        ? "the window does not have it"
        : wrongKind(have);
  }

  private static boolean contains(Locator place, Locator cited) {
    return switch (cited) {
      case Locator.Sheet(String name, Optional<CellRange> cells) ->
          place instanceof Locator.Sheet(String own, Optional<CellRange> shown)
              && own.equalsIgnoreCase(name)
              && (cells.isEmpty() || shown.isEmpty());
      case Locator.Time(int first, int last) ->
          place instanceof Locator.Time(int from, int to) && first <= to && from <= last;
      case Locator.Turns(int first, int last, Optional<Minutes> time, _) ->
          place instanceof Locator.Turns(int from, int to, Optional<Minutes> said, _)
              && (time.isPresent()
                  ? said.filter(time.get()::meets).isPresent()
                  : first <= to && from <= last);
      case Locator.Page(int number) ->
          place.equals(cited) || (place instanceof Locator.Figure(int page, _) && page == number);
      default -> place.equals(cited);
    };
  }

  /// Every cited row must have been readable, in one chunk or in several.
  private static boolean hasRows(List<Locator> have, Locator.Sheet cited) {
    List<Locator.Lines> rows =
        have.stream()
            .filter(Locator.Sheet.class::isInstance)
            .map(Locator.Sheet.class::cast)
            .filter(sheet -> sheet.name().equalsIgnoreCase(cited.name()))
            .flatMap(sheet -> sheet.cells().stream())
            .map(cells -> new Locator.Lines(cells.firstRow(), cells.lastRow()))
            .sorted(Comparator.comparingInt(Locator.Lines::first))
            .toList();
    return cited
        .cells()
        .filter(cells -> problem(rows, cells.firstRow(), cells.lastRow()).isEmpty())
        .isPresent();
  }

  /// Every cited line must have been readable in the window.
  private static String problem(List<Locator.Lines> sorted, int first, int last) {
    int missing = first;
    for (Locator.Lines span : sorted) {
      if (span.first() <= missing && missing <= span.last()) {
        missing = span.last() + 1;
      }
    }
    if (missing > last) {
      return "";
    }
    return missing == first && first == last
        ? "the window does not have that line"
        : "the window does not have line " + missing;
  }

  private static String wrongKind(List<Locator> have) {
    return "the window has it as "
        + switch (have.getFirst()) {
          case Locator.Lines _ -> "lines";
          case Locator.Page _, Locator.Figure _ -> "pages";
          case Locator.Slide _ -> "slides";
          case Locator.Sheet _ -> "sheets";
          case Locator.Cell _ -> "cells";
          case Locator.Time _ -> "times";
          case Locator.Turns _ -> "turns";
        };
  }
}
