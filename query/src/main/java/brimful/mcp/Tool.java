package brimful.mcp;

import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.Map;

/// Something that models can do here.
///
/// Structured content always contains everything that the text contains, because some hosts show
/// models only one of them.
interface Tool {
  /// Returns the name by which models call it.
  String name();

  /// Returns its title for people.
  String title();

  /// Returns a description for models: its purpose and its result.
  String description();

  /// Returns its parameters as JSON schemas, by name.
  Map<String, Object> properties();

  /// Returns the names of its required parameters.
  default List<String> required() {
    return List.of();
  }

  /// Returns whether it contacts another machine.
  default boolean leavesHere() {
    return false;
  }

  /// Runs it.
  McpSchema.CallToolResult run(ToolCall call);
}
