package brimful.extract.office;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.xml.sax.Attributes;
import org.xml.sax.helpers.DefaultHandler;

/// The comments on the cells of a sheet. Handles the events of one part; not thread-safe.
final class XlsxComments extends DefaultHandler {
  private final Map<String, String> comments = new LinkedHashMap<>();
  private final List<String> authors = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private boolean inText;
  private String cell = "";
  private int author;

  @Override
  public void startElement(String uri, String name, String qName, Attributes attributes) {
    switch (name) {
      case "author" -> {
        text.setLength(0);
        inText = true;
      }
      case "comment" -> {
        cell = Xml.value(attributes, "ref");
        author = Xml.number(attributes, "authorId", -1);
        text.setLength(0);
      }
      case "t" -> inText = true;
      default -> {
        // Formats.
      }
    }
  }

  @Override
  public void endElement(String uri, String name, String qName) {
    inText = false;
    if (name.equals("author")) {
      authors.add(text.toString().strip());
    } else if (name.equals("comment")) {
      String by = author >= 0 && author < authors.size() ? authors.get(author) : "";
      comments.put(cell, shown(by, text.toString()));
    }
  }

  @Override
  public void characters(char[] chars, int start, int length) {
    if (inText) {
      text.append(chars, start, length);
    }
  }

  /// Returns `[comment by Mia: …]`, or nothing for a comment without text.
  static String shown(String author, String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    // Excel writes the author in front of the text, too, and a threaded comment's id as its author.
    String by = author.startsWith("tc=") ? "" : author;
    if (!by.isEmpty() && line.startsWith(by + ":")) {
      line = line.substring(by.length() + 1).strip();
    }
    return line.isEmpty() ? "" : "[comment" + (by.isEmpty() ? "" : " by " + by) + ": " + line + "]";
  }

  /// Takes the comment on a cell such as `B7`, or nothing.
  String take(String reference) {
    String comment = comments.remove(reference);
    return comment == null ? "" : comment;
  }

  /// Returns the comments that were not taken, with their cells.
  List<String> left() {
    return comments.entrySet().stream()
        .filter(entry -> !entry.getValue().isEmpty())
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .toList();
  }
}
