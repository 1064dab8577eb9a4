package brimful.mcp;

import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.Map;

/// Something a model can do here.
///
/// Where a result has structured content, that has all that the text has: some hosts show models
/// one of the two only.
interface Tool {
  /// Returns the word that calls it.
  String name();

  /// Returns what people see it called.
  String title();

  /// Returns what it is for and what comes back, for a model.
  String description();

  /// Returns what it takes, by name, as JSON schemas.
  Map<String, Object> properties();

  /// Returns which of them must be given.
  default List<String> required() {
    return List.of();
  }

  /// Returns whether it asks somebody outside.
  default boolean leavesHere() {
    return false;
  }

  /// Does it.
  McpSchema.CallToolResult run(ToolCall call);
}
