package brimful.mcp.tool;

import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.Map;

/// Something that models can do here.
///
/// Each result is given once. What a model has to read, such as the text of documents and paid
/// answers, is text: hosts that show models only structured content show the text of a tool that
/// has no output schema. Lists of places have an output schema, with one line of text that names
/// the places, for hosts that show only text.
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

  /// Returns the schema of its structured content; empty if its result is text.
  default Map<String, Object> output() {
    return Map.of();
  }

  /// Returns whether it spends money and contacts another machine, so that hosts ask before they
  /// call it.
  default boolean isPaid() {
    return false;
  }

  /// Answers a call; what it throws becomes a result that the model reads.
  McpSchema.CallToolResult run(ToolCall call);
}
