package brimful.mcp;

import java.util.LinkedHashMap;
import java.util.Map;

/// The JSON schemas of tools' parameters.
final class ToolSchemas {
  /// The collection, a parameter of every tool but one.
  static final Map<String, Object> COLLECTION =
      text(
          "The collection's name, as the tool collections lists it. May be left out if there is only one.");

  static final Map<String, Object> QUESTION =
      text(
          "What is looked for: a question, or names and words that stand in the text, in any language; 200,000 characters at most.");

  static final Map<String, Object> SCOPE =
      text(
          "Only these documents: patterns of paths such as src/** or *.md, or document:ID, separated by commas. All if left out.");

  private ToolSchemas() {}

  static Map<String, Object> text(String description) {
    return Map.of("type", "string", "description", description);
  }

  static Map<String, Object> number(int least, int most, String description) {
    return Map.of("type", "integer", "minimum", least, "maximum", most, "description", description);
  }

  /// Returns the schema of all parameters of a tool.
  static Map<String, Object> of(Tool tool) {
    var schema = new LinkedHashMap<String, Object>();
    schema.put("type", "object");
    schema.put("properties", tool.properties());
    schema.put("required", tool.required());
    return schema;
  }
}
