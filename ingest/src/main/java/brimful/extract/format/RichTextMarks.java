package brimful.extract.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/// What stands before the items of lists of an RTF file: numbers, or signs, which say nothing. Not
/// thread-safe.
final class RichTextMarks {
  /// What counts items, and is no sign before them.
  private static final Pattern NUMBER = Pattern.compile("(?!o$)[\\w().:§ ]*\\w[\\w().:§ ]*");

  /// The number of the characters of fonts of signs.
  private static final String SIGNS = "2";

  private final ByteArrayOutputStream text = new ByteArrayOutputStream();

  /// The fonts whose letters are letters.
  private final Set<String> textFonts = new HashSet<>();

  private String defined = "";
  private String font = "";

  /// Begins the definition of a font.
  void define(String number) {
    defined = number;
    textFonts.add(number);
  }

  /// Takes what characters the font has that is being defined.
  void characters(String number) {
    if (number.equals(SIGNS)) {
      textFonts.remove(defined);
    }
  }

  void begin() {
    font = "";
    text.reset();
  }

  void font(String number) {
    font = number;
  }

  void write(byte[] bytes) {
    text.writeBytes(bytes);
  }

  /// Returns the number of an item; empty if it has none.
  String end() {
    String shown = text.toString(ISO_8859_1).strip();
    text.reset();
    boolean sign = shown.length() == 1 && !font.isEmpty() && !textFonts.contains(font);
    return !sign && NUMBER.matcher(shown).matches() ? shown : "";
  }
}
