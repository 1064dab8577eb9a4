package brimful.extract.office;

import brimful.extract.format.SymbolFonts;
import brimful.extract.office.OfficePackage.Relation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/// Reads WordprocessingML as a reader of the document sees it.
///
/// What a tracked change deletes or moves away is no text, and what it inserts is. A paragraph
/// whose end was deleted continues in the next one. Elements are known by their local names, so
/// Strict documents read like Transitional ones. Handles the events of one part; not thread-safe.
final class WordBody extends DefaultHandler {
  private static final Set<String> OLD_PROPERTIES =
      Set.of(
          "pPrChange",
          "rPrChange",
          "sectPrChange",
          "tblPrChange",
          "tblPrExChange",
          "tblGridChange",
          "trPrChange",
          "tcPrChange",
          "numberingChange",
          "delText",
          "delInstrText");

  private static final Set<String> NOTES = Set.of("comment", "footnote", "endnote");

  private final WordSink sink;
  private final WordNotes notes;
  private final Map<String, Relation> relations;
  private final List<String> drawings = new ArrayList<>();
  private final Deque<String> path = new ArrayDeque<>();
  private final Deque<WordParagraph> paragraphs = new ArrayDeque<>();
  private final Deque<Integer> columns = new ArrayDeque<>();
  private final Deque<Boolean> chosen = new ArrayDeque<>();
  private Optional<WordParagraph> carried = Optional.empty();
  private Optional<Equation> equation = Optional.empty();
  private Optional<StringBuilder> words = Optional.empty();

  /// What describes a picture whose file is still to come.
  private Optional<String> picture = Optional.empty();

  /// Whether the run is raised or lowered.
  private String shift = "";

  private boolean rowDeleted;
  private int skipped;

  /// @param notes what references in the text refer to, or what the notes of this part go to
  WordBody(WordSink sink, WordNotes notes, Map<String, Relation> relations) {
    this.sink = sink;
    this.notes = notes;
    this.relations = relations;
  }

  /// Returns the parts with the text of charts and diagrams.
  List<String> drawings() {
    return drawings;
  }

  @Override
  public void startElement(String uri, String name, String qName, Attributes attributes)
      throws SAXException {
    if (skipped > 0 || isSkipped(name, attributes)) {
      skipped++;
      return;
    }
    String parent = path.isEmpty() ? "" : path.peek();
    path.push(name);
    if (equation.isPresent()) {
      equation.get().start(name, attributes);
    } else if (name.equals("oMath")) {
      equation = Optional.of(new Equation());
      equation.get().start(name, attributes);
    } else if (parent.endsWith("Pr")) {
      property(name, parent, attributes);
    } else if (parent.equals("r")) {
      inRun(name, attributes);
    } else {
      block(name, attributes);
    }
  }

  private boolean isSkipped(String name, Attributes attributes) {
    String parent = path.isEmpty() ? "" : path.peek();
    boolean property = parent.endsWith("Pr");
    return switch (name) {
      case "del", "moveFrom" -> !property && equation.isEmpty();
      case "rt" -> parent.equals("ruby");
      case "Fallback" -> !chosen.isEmpty() && chosen.peek();
      case "Choice" -> !chosen.isEmpty() && chosen.peek();
      case "tc" -> rowDeleted;
      case "footnote", "endnote" ->
          !property
              && Set.of("separator", "continuationSeparator", "continuationNotice")
                  .contains(Xml.value(attributes, "type"));
      default -> OLD_PROPERTIES.contains(name);
    };
  }

  /// Takes what describes a paragraph, a row or a cell.
  private void property(String name, String parent, Attributes attributes) throws SAXException {
    String value = Xml.value(attributes, "val");
    if (name.equals("gridSpan") && !columns.isEmpty()) {
      columns.pop();
      columns.push(Math.clamp(Xml.number(attributes, "val", 1), 1, 100));
    } else if (name.equals("del") && parent.equals("trPr")) {
      rowDeleted = true;
    } else if (name.equals("gridBefore") && paragraphs.isEmpty()) {
      sink.startCell();
      sink.endCell(Math.clamp(Xml.number(attributes, "val", 1), 1, 100));
    }
    if (paragraphs.isEmpty()) {
      return;
    }
    WordParagraph paragraph = paragraphs.peek();
    switch (name) {
      case "pStyle" -> paragraph.style = value;
      case "numId" -> paragraph.number = Optional.of(value);
      case "ilvl" -> paragraph.level = Optional.of(Xml.number(attributes, "val", 0));
      case "outlineLvl" -> paragraph.heading = WordStyles.outline(value);
      case "del", "moveFrom" -> paragraph.continued |= isParagraphMark();
      case "vertAlign" -> shift = value;
      default -> {
        // Nothing that is shown.
      }
    }
  }

  /// Tells whether the current element lies in `pPr/rPr`.
  private boolean isParagraphMark() {
    return path.stream().skip(1).limit(2).toList().equals(List.of("rPr", "pPr"));
  }

  private void inRun(String name, Attributes attributes) throws SAXException {
    switch (name) {
      case "t", "instrText" -> words = Optional.of(new StringBuilder());
      case "tab", "ptab" -> write("\t");
      case "br", "cr" -> write("\n");
      case "noBreakHyphen" -> write("\u2011");
      case "softHyphen" -> write("\u00ad");
      case "sym" -> symbol(Xml.value(attributes, "font"), Xml.value(attributes, "char"));
      case "fldChar" -> field(Xml.value(attributes, "fldCharType"));
      case "commentReference" -> refer("comment " + Xml.value(attributes, "id"));
      case "footnoteReference" -> refer("footnote " + Xml.value(attributes, "id"));
      case "endnoteReference" -> refer("endnote " + Xml.value(attributes, "id"));
      default -> block(name, attributes);
    }
  }

  private void block(String name, Attributes attributes) throws SAXException {
    switch (name) {
      case "p" -> {
        endPicture("");
        paragraphs.push(carried.orElseGet(WordParagraph::new));
      }
      case "hyperlink" -> current().ifPresent(p -> p.beginLink(address(attributes)));
      case "fldSimple" ->
          current()
              .ifPresent(p -> {
                p.beginField();
                p.code(Xml.value(attributes, "instr"));
                p.separateField();
              });
      case "AlternateContent" -> chosen.push(false);
      case "docPr" -> describe(attributes, "descr");
      case "shape", "rect" -> describe(attributes, "alt");
      case "blip" -> endPicture(Xml.value(attributes, "embed"));
      case "imagedata" -> endPicture(Xml.value(attributes, "id"));
      case "chart", "relIds" -> drawing(attributes);
      case "textpath" -> write(Xml.value(attributes, "string"));
      case "r" -> shift = "";
      case "listEntry", "result", "default", "checkBox", "checked" ->
          current().ifPresent(p -> p.form(name, attributes));
      case "tbl" -> {
        if (paragraphs.isEmpty()) {
          sink.startTable();
        }
      }
      case "tr" -> {
        rowDeleted = false;
        if (paragraphs.isEmpty()) {
          sink.startRow();
        }
      }
      case "tc" -> {
        columns.push(1);
        if (paragraphs.isEmpty()) {
          sink.startCell();
        }
      }
      default -> {
        if (NOTES.contains(name)) {
          notes.begin(name + " " + Xml.value(attributes, "id"), Xml.value(attributes, "author"));
        }
      }
    }
    if (name.equals("p")) {
      carried = Optional.empty();
      paragraphs.peek().continued = false;
    }
  }

  @Override
  public void endElement(String uri, String name, String qName) throws SAXException {
    if (skipped > 0) {
      skipped--;
      return;
    }
    path.pop();
    if (equation.isPresent()) {
      equation.get().end();
      if (equation.get().isDone()) {
        write(equation.get().text());
        equation = Optional.empty();
      }
      return;
    }
    switch (name) {
      case "drawing", "pict", "object" -> endPicture("");
      case "t" -> take().ifPresent(this::run);
      case "instrText" -> take().ifPresent(code -> current().ifPresent(p -> p.code(code)));
      case "hyperlink" -> current().ifPresent(WordParagraph::endLink);
      case "fldSimple" -> current().ifPresent(WordParagraph::endField);
      case "Choice" -> {
        if (chosen.poll() != null) {
          chosen.push(true);
        }
      }
      case "AlternateContent" -> chosen.poll();
      case "p" -> endParagraph();
      case "tbl" -> {
        if (paragraphs.isEmpty()) {
          sink.endTable();
        }
      }
      case "tr" -> {
        if (paragraphs.isEmpty()) {
          sink.endRow();
        }
      }
      case "tc" -> endCell();
      default -> {
        // Nothing ends with it.
      }
    }
  }

  @Override
  public void characters(char[] chars, int start, int length) {
    if (skipped > 0) {
      return;
    }
    if (equation.isPresent()) {
      equation.get().characters(new String(chars, start, length));
    } else {
      words.ifPresent(to -> to.append(chars, start, length));
    }
  }

  /// Ends the paragraphs that a document which breaks off leaves open.
  void end() throws SAXException {
    while (!paragraphs.isEmpty()) {
      endParagraph();
    }
    if (carried.isPresent()) {
      WordParagraph last = carried.get();
      carried = Optional.empty();
      sink.paragraph(last);
    }
  }

  private void endParagraph() throws SAXException {
    if (paragraphs.isEmpty()) {
      return;
    }
    endPicture("");
    WordParagraph paragraph = paragraphs.pop();
    if (!paragraphs.isEmpty()) {
      // It stands in a text box of another paragraph.
      String text = paragraph.text.toString().strip();
      if (!text.isEmpty()) {
        paragraphs.peek().beside.add(text);
      }
      paragraphs.peek().beside.addAll(paragraph.beside);
    } else if (paragraph.continued) {
      carried = Optional.of(paragraph);
    } else {
      sink.paragraph(paragraph);
    }
  }

  private void endCell() throws SAXException {
    int wide = columns.isEmpty() ? 1 : columns.pop();
    if (paragraphs.isEmpty()) {
      if (carried.isPresent()) {
        end();
      }
      sink.endCell(wide);
    }
  }

  private Optional<String> take() {
    Optional<String> taken = words.map(StringBuilder::toString);
    words = Optional.empty();
    return taken;
  }

  private Optional<WordParagraph> current() {
    return Optional.ofNullable(paragraphs.peek());
  }

  private void write(String characters) {
    current().ifPresent(paragraph -> paragraph.write(characters));
  }

  private void run(String characters) {
    boolean shifted = shift.equals("superscript") || shift.equals("subscript");
    current()
        .ifPresent(paragraph -> {
          if (shifted) {
            paragraph.shifted(characters, shift.startsWith("super"));
          } else {
            paragraph.write(characters);
          }
        });
  }

  private void symbol(String font, String hex) {
    if (hex.matches("[0-9a-fA-F]{4}")) {
      write(SymbolFonts.shown(font, Integer.parseInt(hex, 16)));
    }
  }

  private void field(String type) {
    current()
        .ifPresent(paragraph -> {
          switch (type) {
            case "begin" -> paragraph.beginField();
            case "separate" -> paragraph.separateField();
            case "end" -> paragraph.endField();
            default -> {
              // Not in the standard.
            }
          }
        });
  }

  private void refer(String key) {
    current()
        .ifPresent(paragraph -> {
          if (key.startsWith("comment")) {
            notes.comment(key).ifPresent(paragraph.beside::add);
          } else {
            paragraph.write(notes.mark(key));
            notes.note(key).ifPresent(paragraph.beside::add);
          }
        });
  }

  private String address(Attributes attributes) {
    Relation relation = relations.get(Xml.value(attributes, "id"));
    return relation != null && relation.external() ? relation.target() : "";
  }

  private void describe(Attributes attributes, String name) {
    endPicture("");
    picture = PictureNames.described(attributes, name);
  }

  /// Writes what describes a picture.
  ///
  /// @param id of the file that it is, which stands behind the description; may be empty
  private void endPicture(String id) {
    if (picture.isPresent()) {
      boolean first = current().map(paragraph -> paragraph.text.isEmpty()).orElse(true);
      String text = PictureNames.shown(picture.get(), relations, id);
      picture = Optional.empty();
      write((first ? "" : " ") + text + " ");
    }
  }

  private void drawing(Attributes attributes) {
    String id = Xml.find(attributes, "dm").orElseGet(() -> Xml.value(attributes, "id"));
    Optional.ofNullable(relations.get(id))
        .filter(relation -> !relation.external())
        .ifPresent(relation -> drawings.add(relation.target()));
  }
}
