package brimful.extract.office;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/// Reads the text of an OpenDocument as a reader sees it: without what tracked changes deleted,
/// with notes and comments below their paragraph.
///
/// Handles the events of one part; not thread-safe.
final class OdtBody extends DefaultHandler {
  private static final Set<String> SILENT =
      Set.of("tracked-changes", "deletion", "ruby-text", "note-citation", "binary-data");
  private static final int LIST_DEPTH_MAX = 8;

  private final WordSink sink;
  private final Deque<WordParagraph> paragraphs = new ArrayDeque<>();
  private final Deque<Integer> columns = new ArrayDeque<>();
  private final StringBuilder beside = new StringBuilder();
  private final StringBuilder creator = new StringBuilder();
  private final StringBuilder description = new StringBuilder();
  private String note = "";
  private boolean inCreator;
  private boolean inDescription;
  private boolean itemBegins;
  private int notes;
  private int lists;
  private int skipped;

  OdtBody(WordSink sink) {
    this.sink = sink;
  }

  @Override
  public void startElement(String uri, String name, String qName, Attributes attributes)
      throws SAXException {
    if (skipped > 0 || SILENT.contains(name) || (name.equals("date") && isNote())) {
      skipped++;
      return;
    }
    switch (name) {
      case "p", "h" -> begin(name, attributes);
      case "list" -> lists++;
      case "list-item", "list-header" -> itemBegins = name.equals("list-item");
      case "s" -> write(" ".repeat(Math.clamp(Xml.number(attributes, "c", 1), 1, 100)));
      case "tab" -> write("\t");
      case "line-break" -> write("\n");
      case "a" -> current().ifPresent(p -> p.beginLink(address(attributes)));
      case "note" -> beginNote(Xml.value(attributes, "note-class"));
      case "annotation" -> beginNote("comment");
      case "creator" -> inCreator = isNote();
      case "title", "desc" -> {
        inDescription = !paragraphs.isEmpty();
        description.setLength(0);
      }
      case "table" -> {
        if (paragraphs.isEmpty()) {
          sink.startTable();
        }
      }
      case "table-row" -> {
        if (paragraphs.isEmpty()) {
          sink.startRow();
        }
      }
      case "table-cell", "covered-table-cell" -> {
        columns.push(Math.clamp(Xml.number(attributes, "number-columns-repeated", 1), 1, 100));
        if (paragraphs.isEmpty()) {
          sink.startCell();
        }
      }
      default -> {
        // Formats.
      }
    }
  }

  private boolean isNote() {
    return !note.isEmpty();
  }

  private void begin(String name, Attributes attributes) {
    var paragraph = new WordParagraph();
    if (!isNote() && name.equals("h")) {
      paragraph.heading = Optional.of(Math.max(1, Xml.number(attributes, "outline-level", 1)));
    } else if (!isNote() && itemBegins && lists > 0) {
      paragraph.number = Optional.of(WordNumbering.BULLETS);
      paragraph.level = Optional.of(Math.min(LIST_DEPTH_MAX, lists) - 1);
    }
    itemBegins = false;
    paragraphs.push(paragraph);
  }

  private static String address(Attributes attributes) {
    String address = Xml.value(attributes, "href");
    return address.matches("(?i)[a-z][a-z0-9+.-]+:\\S.*") ? address : "";
  }

  private void beginNote(String kind) {
    note = kind.isEmpty() ? "footnote" : kind;
    beside.setLength(0);
    creator.setLength(0);
    if (!note.equals("comment")) {
      notes++;
      write("[" + notes + "]");
    }
  }

  private void endNote() {
    String text = beside.toString().strip();
    String by = creator.toString().strip();
    String kind = note.equals("comment") && !by.isEmpty() ? "comment by " + by : note;
    String number = note.equals("comment") ? "" : " " + notes;
    note = "";
    if (!text.isEmpty()) {
      current().ifPresent(p -> p.beside.add("[" + kind + number + ": " + text + "]"));
    }
  }

  @Override
  public void endElement(String uri, String name, String qName) throws SAXException {
    if (skipped > 0) {
      skipped--;
      return;
    }
    switch (name) {
      case "p", "h" -> endParagraph();
      case "list" -> lists = Math.max(0, lists - 1);
      case "a" -> current().ifPresent(WordParagraph::endLink);
      case "note", "annotation" -> endNote();
      case "creator" -> inCreator = false;
      case "title", "desc" -> {
        String text = description.toString().replaceAll("\\s+", " ").strip();
        if (inDescription && !text.isEmpty()) {
          write("[picture: " + text + "] ");
        }
        inDescription = false;
      }
      case "table" -> {
        if (paragraphs.isEmpty()) {
          sink.endTable();
        }
      }
      case "table-row" -> {
        if (paragraphs.isEmpty()) {
          sink.endRow();
        }
      }
      case "table-cell", "covered-table-cell" -> {
        int wide = columns.isEmpty() ? 1 : columns.pop();
        if (paragraphs.isEmpty()) {
          sink.endCell(wide);
        }
      }
      default -> {
        // Formats.
      }
    }
  }

  private void endParagraph() throws SAXException {
    if (paragraphs.isEmpty()) {
      return;
    }
    WordParagraph paragraph = paragraphs.pop();
    String text = paragraph.text.toString().strip();
    if (isNote()) {
      beside.append(beside.isEmpty() || text.isEmpty() ? "" : " / ").append(text);
    } else if (paragraphs.isEmpty()) {
      sink.paragraph(paragraph);
    } else {
      // It stands in a text box of another paragraph.
      if (!text.isEmpty()) {
        paragraphs.peek().beside.add(text);
      }
      paragraphs.peek().beside.addAll(paragraph.beside);
    }
  }

  @Override
  public void characters(char[] chars, int start, int length) {
    if (skipped > 0) {
      return;
    }
    if (inCreator) {
      creator.append(chars, start, length);
    } else if (inDescription) {
      description.append(chars, start, length);
    } else {
      // Blanks of any kind and number are one; others have elements.
      write(new String(chars, start, length).replaceAll("\\s+", " "));
    }
  }

  private Optional<WordParagraph> current() {
    return Optional.ofNullable(paragraphs.peek());
  }

  private void write(String characters) {
    current().ifPresent(paragraph -> paragraph.write(characters));
  }
}
