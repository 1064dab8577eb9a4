package brimful.mcp.tool;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The JSON schemas of tools' parameters and results.
final class ToolSchemas {
  /// The collection, a parameter of every tool but one.
  static final Map<String, Object> COLLECTION =
      text(
          "The collection's name, as the tool collections lists it, or several as a+b, each then a folder. May be left out if there is only one.");

  static final Map<String, Object> QUESTION =
      text(
          "What is looked for: a question, or names and words that stand in the text, in any language; 200,000 characters at most.");

  /// A text, or a list of texts; models write either.
  static final Map<String, Object> SCOPE =
      Map.of(
          "type",
          List.of("string", "array"),
          "items",
          Map.of("type", "string"),
          "description",
          "Only these paths: a pattern such as src/** or *.md, or a list of them.");

  static final Map<String, Object> CURSOR =
      text("Goes on where the result before ended: the cursor that it gave.");

  private ToolSchemas() {}

  static Map<String, Object> text(String description) {
    return Map.of("type", "string", "description", description);
  }

  static Map<String, Object> flag(String description) {
    return Map.of("type", "boolean", "description", description);
  }

  static Map<String, Object> number(int least, int most, String description) {
    return Map.of("type", "integer", "minimum", least, "maximum", most, "description", description);
  }

  static Map<String, Object> amount(String description) {
    return Map.of("type", "number", "exclusiveMinimum", 0, "description", description);
  }

  static Map<String, Object> list(Map<String, Object> items) {
    return Map.of("type", "array", "items", items);
  }

  static Map<String, Object> object(Map<String, Object> properties, List<String> required) {
    return Map.of("type", "object", "properties", properties, "required", required);
  }

  /// Returns the schema of all parameters of a tool.
  static Map<String, Object> of(Tool tool) {
    var schema = new LinkedHashMap<String, Object>();
    schema.put("type", "object");
    schema.put("properties", tool.properties());
    schema.put("required", tool.required());
    schema.put("additionalProperties", false);
    return schema;
  }
}
