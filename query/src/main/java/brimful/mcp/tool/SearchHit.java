package brimful.mcp.tool;

import brimful.corpus.Chunk;
import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import brimful.service.FoundDocument;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// A document that search found, as a model sees it: where to read, why, and which of its
/// definitions the question speaks of.
///
/// @param places best first; neighbouring ranges of lines are one
/// @param definitions lines that define names with words of the question, in order
record SearchHit(DocumentId document, List<Spot> places, List<String> definitions) {
  /// How many chunks of a document are examined.
  static final int CHUNKS_MAX = 60;

  /// The most chunks whose places are shown.
  private static final int SHOWN_MAX = 6;

  /// Ranges with fewer lines between them are read as one.
  private static final int BETWEEN_LINES_MAX = 8;

  private static final int DEFINITIONS_MAX = 5;

  /// A place, and one line that tells why it matches.
  record Spot(Locator place, String why) {
    Map<String, Object> json() {
      var json = new LinkedHashMap<String, Object>();
      json.put("place", place.display());
      json.put("why", why);
      return json;
    }
  }

  SearchHit {
    places = List.copyOf(places);
    definitions = List.copyOf(definitions);
  }

  static SearchHit of(FoundDocument found, Why why) {
    List<Chunk> best = found.best().stream().limit(SHOWN_MAX).toList();
    return new SearchHit(found.document(), places(best, why), definitions(found.best(), why));
  }

  /// Joins chunks that stand close together; each group has the rank and the line of its best.
  private static List<Spot> places(List<Chunk> best, Why why) {
    var groups = new ArrayList<List<Chunk>>();
    for (Chunk chunk : best.stream().sorted(Comparator.comparingInt(Chunk::ordinal)).toList()) {
      if (groups.isEmpty() || !isNear(groups.getLast().getLast(), chunk)) {
        groups.add(new ArrayList<>());
      }
      groups.getLast().add(chunk);
    }
    return groups.stream()
        .map(group -> Map.entry(group, best(group, best)))
        .sorted(Comparator.comparingInt(group -> best.indexOf(group.getValue())))
        .map(group ->
            new Spot(
                group.getKey().getFirst().locator().to(group.getKey().getLast().locator()),
                why.line(group.getValue())))
        .toList();
  }

  private static Chunk best(List<Chunk> group, List<Chunk> best) {
    return best.stream().filter(group::contains).findFirst().orElseThrow();
  }

  private static boolean isNear(Chunk one, Chunk next) {
    return one.locator() instanceof Locator.Lines(_, int last)
        && next.locator() instanceof Locator.Lines(int first, _)
        && first - last <= BETWEEN_LINES_MAX;
  }

  private static List<String> definitions(List<Chunk> chunks, Why why) {
    Set<String> names =
        Definitions.names(chunks).stream()
            .filter(name -> why.shared(name) > 0)
            .sorted(Comparator.comparingInt(why::shared).reversed())
            .limit(DEFINITIONS_MAX)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    List<Chunk> inOrder = chunks.stream().sorted(Comparator.comparingInt(Chunk::ordinal)).toList();
    return Definitions.lines(inOrder, names::contains).stream().limit(DEFINITIONS_MAX).toList();
  }

  /// Returns the document and its places as the tool read takes them: `a.md:12-40,60-90`.
  String address() {
    String lines =
        places.stream()
            .filter(spot -> spot.place() instanceof Locator.Lines)
            .map(spot -> spot.place().display())
            .collect(Collectors.joining(","));
    String others =
        places.stream()
            .filter(spot -> !(spot.place() instanceof Locator.Lines))
            .map(spot -> spot.place().display())
            .collect(Collectors.joining(", "));
    return document.value()
        + (lines.isEmpty() ? "" : ":" + lines)
        + (others.isEmpty() ? "" : " (" + others + ")");
  }

  /// Returns about how many characters it takes.
  int length() {
    return 2 * address().length()
        + places.stream().mapToInt(spot -> spot.why().length()).sum()
        + definitions.stream().mapToInt(String::length).sum();
  }

  Map<String, Object> json() {
    var json = new LinkedHashMap<String, Object>();
    json.put("document", document.value());
    json.put("places", places.stream().map(Spot::json).toList());
    if (!definitions.isEmpty()) {
      json.put("definitions", definitions);
    }
    return json;
  }
}
