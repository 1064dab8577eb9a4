package brimful.extract.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A line of a calendar or a contact: `DTSTART;TZID=Europe/Berlin:20240501T090000`.
///
/// @param name in upper case, without the group before it
/// @param parameters by their names in upper case; those without a name are types
/// @param value as it is written, but decoded from Quoted-Printable
record ContentLine(String name, Map<String, String> parameters, String value) {
  ContentLine {
    parameters = Map.copyOf(parameters);
  }

  /// Returns the lines of a text, each whole: long ones are folded.
  static List<ContentLine> of(String text) {
    List<ContentLine> lines = new ArrayList<>();
    var line = new StringBuilder();
    for (String physical : text.split("\n", -1)) {
      boolean folded = physical.startsWith(" ") || physical.startsWith("\t");
      if (folded && !line.isEmpty()) {
        line.append(physical, 1, physical.length());
      } else if (isSoftBroken(line)) {
        line.setLength(line.length() - 1);
        line.append(physical);
      } else {
        parse(line.toString()).ifPresent(lines::add);
        line.setLength(0);
        line.append(physical);
      }
    }
    parse(line.toString()).ifPresent(lines::add);
    return lines;
  }

  private static boolean isSoftBroken(StringBuilder line) {
    return !line.isEmpty()
        && line.charAt(line.length() - 1) == '='
        && line.substring(0, Math.min(line.length(), 200))
            .toUpperCase(Locale.ROOT)
            .contains("QUOTED-PRINTABLE");
  }

  private static Optional<ContentLine> parse(String line) {
    List<String> words = new ArrayList<>();
    boolean quoted = false;
    int from = 0;
    int at = 0;
    while (at < line.length() && (quoted || line.charAt(at) != ':')) {
      char c = line.charAt(at);
      quoted ^= c == '"';
      if (c == ';' && !quoted) {
        words.add(line.substring(from, at));
        from = at + 1;
      }
      at++;
    }
    if (at == line.length()) {
      return Optional.empty();
    }
    words.add(line.substring(from, at));
    String name = words.getFirst().strip().toUpperCase(Locale.ROOT);
    Map<String, String> parameters = parameters(words.subList(1, words.size()));
    return Optional.of(
        new ContentLine(
            name.substring(name.lastIndexOf('.') + 1),
            parameters,
            decoded(line.substring(at + 1), parameters)));
  }

  private static Map<String, String> parameters(List<String> words) {
    var parameters = new HashMap<String, String>();
    for (String word : words) {
      int equals = word.indexOf('=');
      boolean encoding =
          word.equalsIgnoreCase("QUOTED-PRINTABLE") || word.equalsIgnoreCase("BASE64");
      String name = equals > 0 ? word.substring(0, equals) : encoding ? "ENCODING" : "TYPE";
      String value = word.substring(equals + 1).replace("\"", "");
      parameters.merge(name.toUpperCase(Locale.ROOT), value, (one, other) -> one + "," + other);
    }
    return parameters;
  }

  private static String decoded(String value, Map<String, String> parameters) {
    if (!parameters.getOrDefault("ENCODING", "").equalsIgnoreCase("QUOTED-PRINTABLE")) {
      return value;
    }
    var bytes = new ByteArrayOutputStream();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      int high = c == '=' && i + 2 < value.length() ? Character.digit(value.charAt(i + 1), 16) : -1;
      int low = high < 0 ? -1 : Character.digit(value.charAt(i + 2), 16);
      if (low >= 0) {
        bytes.write(high << 4 | low);
        i += 2;
      } else {
        bytes.writeBytes(String.valueOf(c).getBytes(UTF_8));
      }
    }
    return bytes.toString(charset(parameters.getOrDefault("CHARSET", "UTF-8")));
  }

  private static Charset charset(String name) {
    try {
      return Charset.forName(name);
    } catch (IllegalArgumentException e) {
      return UTF_8;
    }
  }

  String parameter(String key) {
    return parameters.getOrDefault(key, "");
  }

  /// Returns the value without its escapes.
  String text() {
    return unescaped(value).strip();
  }

  /// Returns the parts of a value between semicolons, without those that are empty.
  List<String> fields() {
    List<String> fields = new ArrayList<>();
    for (String field : value.split("(?<!\\\\);", -1)) {
      if (!field.isBlank()) {
        fields.add(unescaped(field).strip());
      }
    }
    return fields;
  }

  private static String unescaped(String value) {
    if (value.indexOf('\\') < 0) {
      return value;
    }
    var text = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\' && i + 1 < value.length()) {
        char next = value.charAt(++i);
        text.append(next == 'n' || next == 'N' ? '\n' : next);
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }
}
