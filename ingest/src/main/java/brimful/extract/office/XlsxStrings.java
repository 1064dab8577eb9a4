package brimful.extract.office;

import java.util.ArrayList;
import java.util.List;
import org.xml.sax.Attributes;
import org.xml.sax.helpers.DefaultHandler;

/// The shared strings of a workbook, without the phonetic guides above Japanese words.
///
/// Handles the events of one part; not thread-safe.
final class XlsxStrings extends DefaultHandler {
  private final List<String> strings = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private boolean inText;
  private int phonetic;

  @Override
  public void startElement(String uri, String name, String qName, Attributes attributes) {
    switch (name) {
      case "si" -> text.setLength(0);
      case "rPh" -> phonetic++;
      case "t" -> inText = phonetic == 0;
      default -> {
        // Formats.
      }
    }
  }

  @Override
  public void endElement(String uri, String name, String qName) {
    switch (name) {
      case "si" -> strings.add(text.toString());
      case "rPh" -> phonetic--;
      case "t" -> inText = false;
      default -> {
        // Formats.
      }
    }
  }

  @Override
  public void characters(char[] chars, int start, int length) {
    if (inText) {
      text.append(chars, start, length);
    }
  }

  /// Returns a string by its number; nothing for one that the part lacks.
  String get(String number) {
    int index = number.matches("\\d{1,9}") ? Integer.parseInt(number) : -1;
    return index >= 0 && index < strings.size() ? strings.get(index) : "";
  }
}
