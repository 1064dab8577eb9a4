package brimful.extract.mail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import brimful.extract.charset.DeclaredCharset;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;

/// A header field with parameters, such as `attachment; filename="a.csv"`.
///
/// Names of files come in four ways: plain, as encoded words (which are not allowed there, and
/// usual), and by RFC 2231 with a charset, in one piece or several. All are understood.
///
/// @param value what stands before the parameters, in lower case
/// @param parameters by their names in lower case, decoded
record MimeField(String value, Map<String, String> parameters) {
  static final MimeField NONE = new MimeField("", Map.of());

  private static final Pattern PARAMETER =
      Pattern.compile(
          "\\s*+([^\\s=;\"]++)\\s*+=\\s*+(?:\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"?+|([^;]*+))[^;]*+;?+",
          Pattern.DOTALL);

  /// `name*`, `name*0`, `name*0*`: group 2 is the number, group 3 the mark of encoded text.
  private static final Pattern EXTENDED = Pattern.compile("([^*]++)(?:\\*(\\d{1,4}))?(\\*)?");

  /// `charset'language'text`.
  private static final Pattern ENCODED = Pattern.compile("([^']*+)'[^']*+'(.*+)", Pattern.DOTALL);

  MimeField {
    parameters = Map.copyOf(parameters);
  }

  static MimeField parse(String body) {
    int end = body.indexOf(';');
    String value = (end < 0 ? body : body.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    if (end < 0) {
      return new MimeField(value, Map.of());
    }
    var plain = new HashMap<String, String>();
    var pieces = new TreeMap<String, TreeMap<Integer, Piece>>();
    Matcher parameter = PARAMETER.matcher(body).region(end + 1, body.length());
    while (parameter.lookingAt()) {
      String text =
          parameter.group(2) == null
              ? parameter.group(3).strip()
              : parameter.group(2).replaceAll("\\\\(.)", "$1");
      Matcher name = EXTENDED.matcher(parameter.group(1).toLowerCase(Locale.ROOT));
      if (name.matches() && name.end(1) < name.end()) {
        int number = name.group(2) == null ? 0 : Integer.parseInt(name.group(2));
        pieces
            .computeIfAbsent(name.group(1), _ -> new TreeMap<>())
            .put(number, new Piece(text, name.group(3) != null));
      } else {
        plain.putIfAbsent(parameter.group(1).toLowerCase(Locale.ROOT), words(text));
      }
      parameter.region(parameter.end(), body.length());
    }
    pieces.forEach((name, parts) -> plain.put(name, joined(parts)));
    return new MimeField(value, plain);
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name)).filter(text -> !text.isBlank());
  }

  /// Returns a header's text with its encoded words decoded.
  static String words(String text) {
    return text.contains("=?") ? DecoderUtil.decodeEncodedWords(text, DecodeMonitor.SILENT) : text;
  }

  private record Piece(String text, boolean encoded) {}

  private static String joined(TreeMap<Integer, Piece> pieces) {
    var bytes = new ByteArrayOutputStream();
    String charset = "";
    boolean first = true;
    for (Piece piece : pieces.values()) {
      String text = piece.text;
      Matcher declared = ENCODED.matcher(text);
      if (first && piece.encoded && declared.matches()) {
        charset = declared.group(1);
        text = declared.group(2);
      }
      first = false;
      bytes.writeBytes(piece.encoded ? unescaped(text) : text.getBytes(ISO_8859_1));
    }
    return words(DeclaredCharset.decode(bytes.toByteArray(), charset));
  }

  private static byte[] unescaped(String text) {
    var bytes = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int high = c == '%' && i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
      int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
      bytes.write(low < 0 ? c : high << 4 | low);
      i += low < 0 ? 0 : 2;
    }
    return bytes.toByteArray();
  }
}
