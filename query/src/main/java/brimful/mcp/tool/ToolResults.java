package brimful.mcp.tool;

import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Content;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.util.Arrays;
import java.util.Map;

/// Builds the results of tools.
final class ToolResults {
  private ToolResults() {}

  /// Returns a result of texts; empty ones are left out.
  static CallToolResult text(String... texts) {
    return result(texts).build();
  }

  /// Returns a result of texts, with data for programs, which no model reads.
  static CallToolResult text(Map<String, Object> meta, String... texts) {
    return result(texts).meta(meta).build();
  }

  /// Returns a result as JSON.
  ///
  /// @param summary one line, for hosts that show models only text
  static CallToolResult structured(Map<String, Object> json, String summary) {
    return result(summary).structuredContent(json).build();
  }

  /// @param meta data for programs
  static CallToolResult refusal(String line, Map<String, Object> meta) {
    return result(line).isError(true).meta(meta).build();
  }

  private static CallToolResult.Builder result(String... texts) {
    return CallToolResult.builder(
        Arrays.stream(texts)
            .filter(text -> !text.isEmpty())
            .map(text -> (Content) TextContent.builder(text).build())
            .toList());
  }
}
