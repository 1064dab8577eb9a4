package brimful.extract.office;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/// Reads the text of an OpenDocument as a reader sees it: without what tracked changes deleted,
/// with notes and comments below their paragraph, numbers before headings and items of lists, and
/// formulas. The pages of a presentation are slides.
///
/// Handles the events of one part; not thread-safe.
final class OdtBody extends DefaultHandler {
  private static final Set<String> SILENT =
      Set.of(
          "tracked-changes",
          "deletion",
          "ruby-text",
          "note-citation",
          "binary-data",
          "creator-initials",
          "sender-initials");
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
  private final boolean slides;
  private final OdtStyles styles;
  private final UnaryOperator<String> formulas;
  private final Deque<Integer> shifts = new ArrayDeque<>();
  private final Map<String, OdtStyles.Counts> counted = new HashMap<>();
  private OdtStyles.Counts counts = new OdtStyles.Counts();
  private final Deque<String> listStyles = new ArrayDeque<>();
  private Optional<Integer> itemValue = Optional.empty();
  private boolean itemBegins;
  private boolean notesBegin;
  private int notes;
  private int lists;
  private int skipped;

  /// @param styles those of the document, to which the part adds its own
  /// @param slides whether the document is a presentation, whose master pages are on no slide
  /// @param formulas those of the document, by the folder in which they are; empty if there is none
  OdtBody(WordSink sink, boolean slides, OdtStyles styles, UnaryOperator<String> formulas) {
    this.sink = sink;
    this.slides = slides;
    this.styles = styles;
    this.formulas = formulas;
  }

  @Override
  public void startElement(String uri, String name, String qName, Attributes attributes)
      throws SAXException {
    boolean silent =
        SILENT.contains(name)
            || (name.equals("date") && isNote())
            || (slides && name.matches("master-page|handout-master"));
    if (skipped > 0 || silent) {
      skipped++;
      return;
    }
    styles.startElement(uri, name, qName, attributes);
    switch (name) {
      case "p", "h" -> begin(name, attributes);
      case "list" -> beginList(attributes);
      case "list-item", "list-header" -> {
        itemBegins = name.equals("list-item");
        itemValue =
            Xml.find(attributes, "start-value").map(_ -> Xml.number(attributes, "start-value", 1));
      }
      case "span" -> shifts.push(styles.shift(Xml.value(attributes, "style-name")));
      case "object" -> formula(Xml.value(attributes, "href"));
      case "page" -> sink.startSlide();
      case "notes" -> notesBegin = true;
      case "s" -> write(" ".repeat(Math.clamp(Xml.number(attributes, "c", 1), 1, 100)));
      case "tab" -> write("\t");
      case "line-break" -> write("\n");
      case "a" -> current().ifPresent(p -> p.beginLink(address(attributes)));
      case "note" -> beginNote(Xml.value(attributes, "note-class"));
      case "annotation" -> beginNote("comment");
      case "creator" -> inCreator = isNote();
      case "title", "desc" -> {
        inDescription = true;
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
      int level = Math.max(1, Xml.number(attributes, "outline-level", 1));
      paragraph.heading = Optional.of(level);
      boolean counts = !Xml.on(attributes, "is-list-header");
      paragraph.mark = counts ? styles.heading(level) : Optional.empty();
    } else if (!isNote() && itemBegins && lists > 0) {
      paragraph.level = Optional.of(Math.min(LIST_DEPTH_MAX, lists) - 1);
      paragraph.mark = styles.next(listStyles.peek(), counts, lists, itemValue);
    }
    itemBegins = false;
    paragraphs.push(paragraph);
  }

  private void beginList(Attributes attributes) {
    String above = listStyles.isEmpty() ? "-" : listStyles.peek();
    listStyles.push(Xml.find(attributes, "style-name").orElse(above));
    lists++;
    if (lists == 1) {
      String style = listStyles.peek();
      boolean goesOn = Xml.on(attributes, "continue-numbering");
      String from = Xml.find(attributes, "continue-list").orElse(goesOn ? style : "");
      counts = Optional.ofNullable(counted.get(from)).orElseGet(OdtStyles.Counts::new);
      counted.put(style, counts);
      Xml.find(attributes, "id").ifPresent(id -> counted.put(id, counts));
    }
  }

  private void formula(String folder) {
    String text = formulas.apply(folder.replaceAll("^\\./|/$", ""));
    if (!text.isEmpty()) {
      write(text);
    }
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

  private void endNote() throws SAXException {
    String text = beside.toString().strip();
    String by = creator.toString().strip();
    String kind = note.equals("comment") && !by.isEmpty() ? "comment by " + by : note;
    String number = note.equals("comment") ? "" : " " + notes;
    note = "";
    if (!text.isEmpty()) {
      beside("[" + kind + number + ": " + text + "]");
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
      case "list" -> {
        lists = Math.max(0, lists - 1);
        listStyles.poll();
      }
      case "span" -> shifts.poll();
      case "notes" -> notesBegin = false;
      case "page" -> sink.endSlide();
      case "a" -> current().ifPresent(WordParagraph::endLink);
      case "note", "annotation" -> endNote();
      case "creator" -> inCreator = false;
      case "title", "desc" -> {
        String text = description.toString().replaceAll("\\s+", " ").strip();
        inDescription = false;
        if (!text.isEmpty()) {
          describe("[picture: " + text + "]");
        }
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

  private void describe(String picture) throws SAXException {
    if (paragraphs.isEmpty()) {
      beside(picture);
    } else {
      write(picture + " ");
    }
  }

  /// Writes what belongs to the paragraph, or to none.
  private void beside(String text) throws SAXException {
    if (paragraphs.isEmpty()) {
      var alone = new WordParagraph();
      alone.write(text);
      sink.paragraph(alone);
    } else {
      paragraphs.peek().beside.add(text);
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
      if (notesBegin && !text.isEmpty()) {
        notesBegin = false;
        beside("Notes:");
      }
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
      String text = new String(chars, start, length).replaceAll("\\s+", " ");
      int shift = shifts.stream().mapToInt(Integer::intValue).sum();
      current()
          .ifPresent(paragraph -> {
            if (shift == 0) {
              paragraph.write(text);
            } else {
              paragraph.shifted(text, shift > 0);
            }
          });
    }
  }

  private Optional<WordParagraph> current() {
    return Optional.ofNullable(paragraphs.peek());
  }

  private void write(String characters) {
    current().ifPresent(paragraph -> paragraph.write(characters));
  }
}
