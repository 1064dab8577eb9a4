package brimful.extract.office;

import brimful.extract.office.OfficePackage.Relation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.apache.tika.sax.XHTMLContentHandler;
import org.xml.sax.SAXException;

/// Writes what belongs to a slide: its own text, its diagrams and charts, its notes and comments.
///
/// What a layout or master shows on slides stands with the first slide that has it. Not
/// thread-safe.
final class SlideParts {
  /// Fields that a page of notes repeats from the presentation.
  private static final Set<String> MARGINS = Set.of("sldNum", "dt", "hdr", "ftr");

  /// What lies beside a slide's own text, in the order in which it is written.
  private static final List<String> ORDER =
      List.of("diagramData", "chart", "slideLayout", "notesSlide", "comments");

  private final OfficePackage parts;
  private final SlideComments comments;
  private final XHTMLContentHandler out;
  private final Set<String> designs = new HashSet<>();
  private int number;

  SlideParts(OfficePackage parts, SlideComments comments, XHTMLContentHandler out) {
    this.parts = parts;
    this.comments = comments;
    this.out = out;
  }

  /// Writes the next slide.
  void slide(String part) throws SAXException {
    var relations = new TreeMap<>(parts.relations(part));
    number++;
    parts.slide(number, relations.values());
    write(part, new SlideTexts(out, "", _ -> false, relations));
    for (String type : ORDER) {
      for (Relation relation : relations.values()) {
        if (relation.type().equals(type) && !relation.external()) {
          beside(type, relation.target());
        }
      }
    }
  }

  private void beside(String type, String part) throws SAXException {
    switch (type) {
      case "chart" -> chart(part);
      case "slideLayout" -> design(part);
      case "notesSlide" -> write(part, new SlideTexts(out, "Notes:", MARGINS::contains));
      case "comments" -> comments(part);
      default -> write(part, new SlideTexts(out, "", _ -> false));
    }
  }

  private void write(String part, SlideTexts texts) throws SAXException {
    parts.read(part, texts);
    texts.end();
  }

  private void chart(String part) throws SAXException {
    var chart = new DrawingText();
    parts.read(part, chart);
    if (!chart.line().isEmpty()) {
      out.element("p", chart.line());
    }
    for (Relation relation : new TreeMap<>(parts.relations(part)).values()) {
      if (relation.type().equals("chartUserShapes")) {
        write(relation.target(), new SlideTexts(out, "", _ -> false));
      }
    }
  }

  /// Writes the text of a layout and its master that no slide replaces by its own.
  private void design(String part) throws SAXException {
    if (!designs.add(OfficePackage.key(part))) {
      return;
    }
    write(part, new SlideTexts(out, "", _ -> true));
    for (Relation relation : parts.relations(part).values()) {
      if (relation.type().equals("slideMaster")) {
        design(relation.target());
      }
    }
  }

  private void comments(String part) throws SAXException {
    parts.read(part, comments);
    List<String> lines = comments.take();
    for (String line : lines) {
      out.element("p", line);
    }
  }
}
