package brimful.mcp;

import brimful.library.Shelf;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Lists the collections.
final class CollectionsTool implements Tool {

  @Override
  public String name() {
    return "collections";
  }

  @Override
  public String title() {
    return "List collections";
  }

  @Override
  public String description() {
    return "Lists the collections of documents that can be searched, read and asked, each with its sources.";
  }

  @Override
  public Map<String, Object> properties() {
    return Map.of();
  }

  @Override
  public McpSchema.CallToolResult run(Call call) {
    List<Shelf> shelves = call.shelves();
    String text =
        shelves.isEmpty()
            ? "there are no collections"
            : shelves.stream().map(shelf -> line(shelf, call)).collect(Collectors.joining());
    return Results.both(Map.of("collections", json(shelves)), text);
  }

  private static String line(Shelf shelf, Call call) {
    return "%s: %s\n%s"
        .formatted(
            shelf.name(),
            shelf.sources().stream().map(Shelf.Place::id).collect(Collectors.joining(", ")),
            call.notice(shelf.name()));
  }

  static List<Map<String, Object>> json(List<Shelf> shelves) {
    return shelves.stream()
        .map(shelf ->
            Map.<String, Object>of(
                "name",
                shelf.name(),
                "sources",
                shelf.sources().stream()
                    .map(place -> Map.of("id", place.id(), "read", place.isSynced()))
                    .toList()))
        .toList();
  }
}
