package brimful.mcp;

import brimful.collection.Collection;
import brimful.collection.CollectionSource;
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
  public McpSchema.CallToolResult run(ToolCall call) {
    List<Collection> collections = call.collections();
    String text =
        collections.isEmpty()
            ? "there are no collections"
            : collections.stream()
                .map(collection -> line(collection, call))
                .collect(Collectors.joining());
    return ToolResults.both(Map.of("collections", json(collections)), text);
  }

  private static String line(Collection collection, ToolCall call) {
    return "%s: %s\n%s"
        .formatted(
            collection.name(),
            collection.sources().stream()
                .map(CollectionSource::id)
                .collect(Collectors.joining(", ")),
            call.notice(collection.name()));
  }

  static List<Map<String, Object>> json(List<Collection> collections) {
    return collections.stream()
        .map(collection ->
            Map.<String, Object>of(
                "name",
                collection.name(),
                "sources",
                collection.sources().stream()
                    .map(source -> Map.of("id", source.id(), "read", source.isSynced()))
                    .toList()))
        .toList();
  }
}
