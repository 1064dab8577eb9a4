package brimful.view;

import brimful.corpus.Coverage;
import brimful.corpus.Secrets;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/// Writes JSON for people and scripts.
///
/// It uses the streaming generator, because data binding costs a tenth of a second at each start.
public final class JsonText {
  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonText() {}

  /// Writes an object's fields.
  @FunctionalInterface
  public interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  /// Writes the counts of outcomes as fields of an open object.
  public static void counts(JsonGenerator json, Coverage coverage) throws IOException {
    for (Map.Entry<String, Integer> count : coverage.counts().entrySet()) {
      json.writeNumberField(count.getKey(), count.getValue());
    }
  }

  /// Writes the masked secrets as a field of an open object.
  public static void secrets(JsonGenerator json, Secrets secrets) throws IOException {
    json.writeObjectFieldStart("secrets");
    json.writeNumberField("count", secrets.count());
    json.writeArrayFieldStart("found");
    for (Secrets.Found one : secrets.found()) {
      json.writeStartObject();
      json.writeStringField("id", one.document().value());
      json.writeStringField("locator", one.locator());
      json.writeStringField("rule", one.rule());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /// Returns an object, pretty-printed.
  public static String object(Fields fields) {
    var text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text).useDefaultPrettyPrinter()) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text + "\n";
  }
}
