package brimful.kafka.record;

import static java.nio.charset.StandardCharsets.UTF_8;

/// Changes the JSON of records, as other versions and accidents do.
public final class JsonEditor {
  private JsonEditor() {}

  public static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  /// Returns the record with every such text replaced.
  ///
  /// @throws AssertionError if there is none, so that no test passes for that reason
  static byte[] with(byte[] json, String old, String replacement) {
    String text = new String(json, UTF_8);
    if (!text.contains(old)) {
      throw new AssertionError("no %s in %s".formatted(old, text));
    }
    return bytes(text.replace(old, replacement));
  }

  /// Returns the record as a later schema would have it.
  public static byte[] newer(byte[] json) {
    return with(json, "\"v\":1", "\"v\":2");
  }

  /// Returns the record with a field that no version knows.
  static byte[] extended(byte[] json) {
    return with(json, "{\"v\":1", "{\"mood\":{\"is\":[1,2]},\"v\":1");
  }
}
