package brimful.mcp;

import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Content;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.util.Arrays;
import java.util.Map;

/// Makes the results of tools.
final class ToolResults {
  private ToolResults() {}

  /// Returns texts; empty ones are left out.
  static CallToolResult text(String... texts) {
    return result(texts).build();
  }

  /// Returns the same thing as text and as JSON.
  static CallToolResult both(Map<String, Object> json, String... texts) {
    return result(texts).structuredContent(json).build();
  }

  /// @param meta what programs read of it
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
