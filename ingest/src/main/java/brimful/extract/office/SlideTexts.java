package brimful.extract.office;

import brimful.extract.format.RaisedText;
import brimful.extract.office.OfficePackage.Relation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.tika.sax.XHTMLContentHandler;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/// The paragraphs, tables, equations and descriptions of pictures of a slide, its notes or a
/// diagram, in the order of the file.
///
/// Handles the events of one part; not thread-safe.
final class SlideTexts extends DefaultHandler {
  private final XHTMLContentHandler out;
  private final Predicate<String> left;
  private final Map<String, Relation> relations;
  private final StringBuilder paragraph = new StringBuilder();

  /// The parts of tables that are open.
  private final Deque<String> tables = new ArrayDeque<>();

  private String heading;
  private Optional<Equation> equation = Optional.empty();

  /// What describes a picture whose file is still to come.
  private Optional<String> picture = Optional.empty();

  private final StringBuilder run = new StringBuilder();
  private int shift;
  private int shiftedTo = -1;
  private boolean inText;
  private boolean inLeftShape;
  private int skipped;

  /// @param heading written above the first text
  /// @param left the types of placeholders that are left out, such as `sldNum`
  SlideTexts(XHTMLContentHandler out, String heading, Predicate<String> left) {
    this(out, heading, left, Map.of());
  }

  /// @param relations what the part refers to, such as its pictures
  SlideTexts(
      XHTMLContentHandler out,
      String heading,
      Predicate<String> left,
      Map<String, Relation> relations) {
    this.relations = relations;
    this.out = out;
    this.heading = heading;
    this.left = left;
  }

  @Override
  public void startElement(String uri, String name, String qName, Attributes attributes)
      throws SAXException {
    // It repeats a choice for older programs.
    if (skipped > 0 || name.equals("Fallback")) {
      skipped++;
      return;
    }
    if (equation.isPresent() || name.equals("oMath")) {
      equation = equation.or(() -> Optional.of(new Equation()));
      equation.get().start(name, attributes);
      return;
    }
    inText = name.equals("t");
    run.setLength(0);
    switch (name) {
      case "sld" -> {
        if (Xml.find(attributes, "show").filter(it -> it.matches("0|false")).isPresent()) {
          heading = "(hidden slide)";
        }
      }
      case "sp" -> inLeftShape = false;
      case "ph" -> inLeftShape |= left.test(Xml.value(attributes, "type"));
      case "cNvPr" -> {
        endPicture("");
        picture = PictureNames.described(attributes, "descr");
      }
      case "blip" -> endPicture(Xml.value(attributes, "embed"));
      case "r" -> shift = 0;
      case "rPr" -> shift = shift(Xml.value(attributes, "baseline"));
      case "br", "tab" -> paragraph.append(' ');
      case "tbl" -> open("table");
      case "tr" -> open("tr");
      case "tc" -> open("td");
      default -> {
        // Formats.
      }
    }
  }

  /// Opens a part of a table, which must lie in what is open.
  private void open(String element) throws SAXException {
    String within = tables.isEmpty() ? "" : tables.peek();
    boolean fits =
        switch (element) {
          case "tr" -> within.equals("table");
          case "td" -> within.equals("tr");
          default -> within.isEmpty();
        };
    if (fits) {
      tables.push(element);
      out.startElement(element);
    }
  }

  private void close(String element) throws SAXException {
    if (element.equals(tables.peek())) {
      out.endElement(tables.pop());
    }
  }

  @Override
  public void endElement(String uri, String name, String qName) throws SAXException {
    if (skipped > 0) {
      skipped--;
      return;
    }
    if (equation.isPresent()) {
      equation.get().end();
      if (equation.get().isDone()) {
        paragraph.append(equation.get().text());
        equation = Optional.empty();
      }
      return;
    }
    inText = false;
    switch (name) {
      case "t" -> endRun();
      case "pic", "nvSpPr", "nvGraphicFramePr", "nvGrpSpPr", "nvCxnSpPr" -> {
        // A picture says behind its description which file it is.
        endPicture("");
      }
      case "p" -> endParagraph();
      case "sp" -> inLeftShape = false;
      case "tc" -> close("td");
      case "tr" -> close("tr");
      case "tbl" -> close("table");
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
    } else if (inText) {
      run.append(chars, start, length);
    }
  }

  /// Returns how far a run is raised, below 0 if it is lowered.
  private static int shift(String baseline) {
    return baseline.matches("-?\\d{1,6}%?") ? Integer.parseInt(baseline.replace("%", "")) : 0;
  }

  private void endRun() {
    String text = run.toString();
    run.setLength(0);
    char before = paragraph.isEmpty() ? ' ' : paragraph.charAt(paragraph.length() - 1);
    boolean marked = shift != 0 && shiftedTo != paragraph.length();
    paragraph.append(marked ? RaisedText.mark(shift > 0, before, text.strip()) : "").append(text);
    shiftedTo = shift == 0 ? -1 : paragraph.length();
  }

  /// Writes what describes a picture.
  ///
  /// @param id of the file that it is; may be empty
  private void endPicture(String id) throws SAXException {
    if (picture.isPresent()) {
      String text = PictureNames.shown(picture.get(), relations, id);
      picture = Optional.empty();
      write(text);
    }
  }

  private void endParagraph() throws SAXException {
    String text = paragraph.toString().strip();
    paragraph.setLength(0);
    shiftedTo = -1;
    if (!inLeftShape) {
      write(text);
    }
  }

  private void write(String text) throws SAXException {
    if (text.isEmpty()) {
      return;
    }
    if (!heading.isEmpty()) {
      out.element("p", heading);
      heading = "";
    }
    out.element("p", text);
  }

  /// Writes the last paragraph and ends what may have broken off.
  void end() throws SAXException {
    endPicture("");
    endParagraph();
    while (!tables.isEmpty()) {
      out.endElement(tables.pop());
    }
  }
}
