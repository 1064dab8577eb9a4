package brimful.model;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A JSON value of a settings file.
///
/// The catalog is read at every start, and Jackson's tree model takes three times as long to load
/// as all of this. Null and missing are the same.
///
/// @param value a `Map`, a `List`, a `String`, a `Number`, a `Boolean` or [Nothing]
record JsonValue(Object value) {
  private static final JsonValue NOTHING = new JsonValue(Nothing.NOTHING);
  private static final JsonFactory FACTORY =
      new JsonFactory().enable(JsonParser.Feature.ALLOW_COMMENTS);

  private enum Nothing {
    NOTHING
  }

  /// Reads a whole text.
  ///
  /// @throws IOException if it is not JSON, then as Jackson's own exception, which has the line
  static JsonValue read(byte[] text) throws IOException {
    try (JsonParser parser = FACTORY.createParser(text)) {
      JsonToken first = parser.nextToken();
      return first == null ? NOTHING : value(parser);
    }
  }

  /// Jackson itself bounds how deep this goes.
  private static JsonValue value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        var fields = new LinkedHashMap<String, JsonValue>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          fields.put(name, value(parser));
        }
        yield new JsonValue(fields);
      }
      case START_ARRAY -> {
        var items = new ArrayList<JsonValue>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(value(parser));
        }
        yield new JsonValue(items);
      }
      case VALUE_STRING -> new JsonValue(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonValue(parser.getNumberValue());
      case VALUE_TRUE, VALUE_FALSE -> new JsonValue(parser.getBooleanValue());
      default -> NOTHING;
    };
  }

  boolean isMissing() {
    return value == Nothing.NOTHING;
  }

  boolean isObject() {
    return value instanceof Map;
  }

  /// Returns a field; nothing if there is none, or if this is no object.
  JsonValue field(String name) {
    return fields().getOrDefault(name, NOTHING);
  }

  /// Returns the fields of an object, in their order; none of another value.
  Map<String, JsonValue> fields() {
    var fields = new LinkedHashMap<String, JsonValue>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, field) -> {
        if (name instanceof String key && field instanceof JsonValue json) {
          fields.put(key, json);
        }
      });
    }
    return fields;
  }

  /// Returns the items of an array; none of another value.
  List<JsonValue> items() {
    return value instanceof List<?> list
        ? list.stream().filter(JsonValue.class::isInstance).map(JsonValue.class::cast).toList()
        : List.of();
  }

  /// Returns a text, or what to take if it is none.
  String text(String otherwise) {
    return value instanceof String text ? text : otherwise;
  }

  /// Returns a number, or what to take if it is none.
  double number(double otherwise) {
    return value instanceof Number number ? number.doubleValue() : otherwise;
  }

  /// Returns this object with the fields of another in place of its own, or added to them.
  JsonValue with(JsonValue other) {
    Map<String, JsonValue> fields = fields();
    fields.putAll(other.fields());
    return new JsonValue(fields);
  }

  /// Returns it as people would write it.
  @Override
  public String toString() {
    return switch (value) {
      case String text -> '"' + text + '"';
      case Map<?, ?> fields ->
          fields.entrySet().stream()
              .map(field -> "\"%s\": %s".formatted(field.getKey(), field.getValue()))
              .collect(joining(", ", "{", "}"));
      case Nothing _ -> "missing";
      default -> value.toString();
    };
  }
}
