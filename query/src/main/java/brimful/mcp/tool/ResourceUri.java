package brimful.mcp.tool;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/// The address of a document as a resource: `brimful://collection/source/path`.
///
/// @param document the unescaped id
public record ResourceUri(String collection, String document) {
  public static final String SCHEME = "brimful://";

  /// The template of all addresses.
  public static final String TEMPLATE = SCHEME + "{collection}/{+document}";

  /// The address of the list of collections.
  public static final String COLLECTIONS = SCHEME + "collections";

  private static final String PLAIN = "-._~/!$&'()*+,;=:@";

  /// Parses an address; empty if the text is not one.
  public static Optional<ResourceUri> parse(String text) {
    if (!text.startsWith(SCHEME)) {
      return Optional.empty();
    }
    String rest = text.substring(SCHEME.length());
    int slash = rest.indexOf('/');
    return slash < 1 || slash == rest.length() - 1
        ? Optional.empty()
        : Optional.of(
            new ResourceUri(decoded(rest.substring(0, slash)), decoded(rest.substring(slash + 1))));
  }

  /// Returns the text of the address, percent-encoded.
  public String uri() {
    var text = new StringBuilder(SCHEME).append(collection).append('/');
    for (byte each : document.getBytes(StandardCharsets.UTF_8)) {
      char letter = (char) (each & 0xff);
      boolean plain =
          letter < 0x80 && (Character.isLetterOrDigit(letter) || PLAIN.indexOf(letter) >= 0);
      text.append(plain ? letter : "%" + HexFormat.of().withUpperCase().toHexDigits(each));
    }
    return text.toString();
  }

  /// Decodes percent escapes; returns the text unchanged if they are invalid.
  private static String decoded(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    var out = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '%') {
        if (i + 2 >= bytes.length
            || Character.digit(bytes[i + 1], 16) < 0
            || Character.digit(bytes[i + 2], 16) < 0) {
          return text;
        }
        out.write(16 * Character.digit(bytes[i + 1], 16) + Character.digit(bytes[i + 2], 16));
        i += 2;
      } else {
        out.write(bytes[i]);
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(out.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      return text;
    }
  }
}
