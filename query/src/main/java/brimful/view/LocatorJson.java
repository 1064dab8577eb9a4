package brimful.view;

import brimful.corpus.CellRange;
import brimful.corpus.Locator;
import brimful.corpus.Minutes;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A place in a document as JSON: its kind, its numbers or name, and its usual notation.
public final class LocatorJson {
  private LocatorJson() {}

  public static ObjectNode of(Locator locator) {
    ObjectNode node = JsonTrees.object();
    switch (locator) {
      case Locator.Lines(int first, int last) ->
          node.put("kind", "lines").put("first", first).put("last", last);
      case Locator.Page(int number) -> node.put("kind", "page").put("number", number);
      case Locator.Figure(int page, int number) ->
          node.put("kind", "page").put("number", page).put("figure", number);
      case Locator.Slide(int number) -> node.put("kind", "slide").put("number", number);
      case Locator.Sheet(String name, Optional<CellRange> cells) -> {
        node.put("kind", "sheet").put("name", name);
        cells.ifPresent(range -> node.put("cells", range.display()));
      }
      case Locator.Cell(int number) -> node.put("kind", "cell").put("number", number);
      case Locator.Time(int first, int last) ->
          node.put("kind", "time").put("first", first).put("last", last);
      case Locator.Turns(int first, int last, Optional<Minutes> time, List<String> speakers) -> {
        node.put("kind", "turns").put("first", first).put("last", last);
        time.ifPresent(when -> node.put("time", when.display()));
        var names = node.putArray("speakers");
        speakers.forEach(names::add);
      }
    }
    return node.put("display", locator.display());
  }

  /// Parses a place that [#of] wrote.
  public static Locator read(JsonNode node) {
    return switch (node.path("kind").asText()) {
      case "lines" -> new Locator.Lines(node.path("first").asInt(), node.path("last").asInt());
      case "page" ->
          node.has("figure")
              ? new Locator.Figure(node.path("number").asInt(), node.path("figure").asInt())
              : new Locator.Page(node.path("number").asInt());
      case "slide" -> new Locator.Slide(node.path("number").asInt());
      case "sheet" ->
          new Locator.Sheet(
              node.path("name").asText(), CellRange.parse(node.path("cells").asText()));
      case "cell" -> new Locator.Cell(node.path("number").asInt());
      case "time" -> new Locator.Time(node.path("first").asInt(), node.path("last").asInt());
      case "turns" -> {
        List<String> speakers = new ArrayList<>();
        node.path("speakers").forEach(speaker -> speakers.add(speaker.asText()));
        yield new Locator.Turns(
            node.path("first").asInt(),
            node.path("last").asInt(),
            Minutes.parse(node.path("time").asText()),
            speakers);
      }
      default -> throw new IllegalArgumentException("no place in a document: " + node);
    };
  }
}
