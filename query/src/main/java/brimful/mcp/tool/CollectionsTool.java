package brimful.mcp.tool;

import brimful.collection.library.Collection;
import brimful.collection.library.CollectionSource;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Lists the collections.
public final class CollectionsTool implements Tool {

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
  public Map<String, Object> output() {
    Map<String, Object> source =
        ToolSchemas.object(
            Map.of(
                "id", ToolSchemas.text("The folder that its documents' paths begin with."),
                "read", ToolSchemas.flag("Whether all of it has been read.")),
            List.of("id", "read"));
    Map<String, Object> collection =
        ToolSchemas.object(
            Map.of(
                "name", ToolSchemas.text("Its name, for the other tools."),
                "sources", ToolSchemas.list(source),
                "notice", ToolSchemas.text("Whether it is still being read.")),
            List.of("name", "sources"));
    return ToolSchemas.object(
        Map.of("collections", ToolSchemas.list(collection)), List.of("collections"));
  }

  @Override
  public McpSchema.CallToolResult run(ToolCall call) {
    List<Collection> collections = call.collections();
    return ToolResults.structured(
        Map.of(
            "collections",
            collections.stream().map(one -> json(one, call.notice(one.name()).strip())).toList()),
        collections.isEmpty()
            ? "there are no collections"
            : collections.stream()
                .map(collection -> line(collection, call))
                .collect(Collectors.joining("; ")));
  }

  private static String line(Collection collection, ToolCall call) {
    String notice = call.notice(collection.name()).strip();
    return "%s: %s%s"
        .formatted(
            collection.name(),
            collection.sources().stream()
                .map(CollectionSource::id)
                .collect(Collectors.joining(", ")),
            notice.isEmpty() ? "" : " (%s)".formatted(notice));
  }

  /// Returns collections as JSON.
  public static List<Map<String, Object>> json(List<Collection> collections) {
    return collections.stream().map(collection -> json(collection, "")).toList();
  }

  private static Map<String, Object> json(Collection collection, String notice) {
    var json = new LinkedHashMap<String, Object>();
    json.put("name", collection.name());
    json.put(
        "sources",
        collection.sources().stream()
            .map(source -> Map.of("id", source.id(), "read", source.isSynced()))
            .toList());
    if (!notice.isEmpty()) {
      json.put("notice", notice);
    }
    return json;
  }
}
