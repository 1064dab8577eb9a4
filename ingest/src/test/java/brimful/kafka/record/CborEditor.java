package brimful.kafka.record;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.UnaryOperator;

/// Changes the CBOR of records by way of JSON, which can be read and replaced.
public final class CborEditor {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final CBORMapper CBOR = new CBORMapper();

  private CborEditor() {}

  /// Returns the record with every such text of its JSON replaced.
  static byte[] with(byte[] cbor, String old, String replacement) {
    return changed(cbor, json -> JsonEditor.with(json, old, replacement));
  }

  public static byte[] newer(byte[] cbor) {
    return changed(cbor, JsonEditor::newer);
  }

  static byte[] extended(byte[] cbor) {
    return changed(cbor, JsonEditor::extended);
  }

  private static byte[] changed(byte[] cbor, UnaryOperator<byte[]> change) {
    try {
      byte[] json = JSON.writeValueAsBytes(CBOR.readTree(cbor));
      return CBOR.writeValueAsBytes(JSON.readTree(change.apply(json)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
