package brimful.extract.office;

import brimful.extract.office.OfficePackage.Relation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.tika.mime.MediaType;
import org.apache.tika.sax.XHTMLContentHandler;
import org.xml.sax.SAXException;

/// Reads DOCX: headers, the text with its notes and comments in place, and footers.
///
/// Tika reads the documents that are embedded in it. Its own text of a DOCX has both sides of
/// tracked changes, or no levels of headings and no authors of comments.
public final class WordParser extends PackageParser {
  private static final long serialVersionUID = 1L;

  private static final Set<MediaType> TYPES =
      Set.of(
          MediaType.application("vnd.openxmlformats-officedocument.wordprocessingml.document"),
          MediaType.application("vnd.openxmlformats-officedocument.wordprocessingml.template"),
          MediaType.application("vnd.ms-word.document.macroenabled.12"),
          MediaType.application("vnd.ms-word.template.macroenabled.12"));

  public WordParser() {
    super("word", TYPES);
  }

  @Override
  boolean hasEmbedded(OfficePackage parts) throws SAXException {
    return super.hasEmbedded(parts)
        || parts.relations(main(parts)).values().stream()
            .anyMatch(relation -> relation.type().equals("aFChunk"));
  }

  private static String main(OfficePackage parts) throws SAXException {
    return parts.main("officeDocument", "word/document.xml");
  }

  @Override
  void write(OfficePackage parts, XHTMLContentHandler out) throws SAXException {
    String main = main(parts);
    Map<String, Relation> relations = parts.relations(main);
    var styles = new WordStyles();
    parts.read(parts.target(relations, "styles", "word/styles.xml"), styles);
    var numbering = new WordNumbering();
    parts.read(parts.target(relations, "numbering", "word/numbering.xml"), numbering);
    var notes = new WordNotes();
    for (String kind : List.of("comments", "footnotes", "endnotes")) {
      String part = parts.target(relations, kind, "word/" + kind + ".xml");
      var body = new WordBody(notes, notes, parts.relations(part));
      parts.read(part, body);
      body.end();
    }
    var text = new WordText(out, styles, numbering);
    beside(parts, relations, "header", out);
    body(parts, main, notes, text, out);
    beside(parts, relations, "footer", out);
  }

  private static void body(
      OfficePackage parts, String main, WordNotes notes, WordText text, XHTMLContentHandler out)
      throws SAXException {
    var body = new WordBody(text, notes, parts.relations(main));
    parts.read(main, body);
    body.end();
    text.end();
    for (String line : notes.unreferred()) {
      out.element("p", line);
    }
    for (String part : body.drawings()) {
      var drawing = new DrawingText();
      parts.read(part, drawing);
      out.element("p", drawing.line());
    }
  }

  /// Writes headers or footers; those that say the same are written once.
  private static void beside(
      OfficePackage parts, Map<String, Relation> relations, String type, XHTMLContentHandler out)
      throws SAXException {
    var seen = new LinkedHashSet<String>();
    for (Relation relation : new TreeMap<>(relations).values()) {
      if (relation.type().equals(type) && !relation.external()) {
        var lines = new WordNotes();
        lines.begin(type + " ", "");
        var body = new WordBody(lines, lines, parts.relations(relation.target()));
        parts.read(relation.target(), body);
        body.end();
        seen.add(String.join("\n", lines.now()));
      }
    }
    for (String text : seen) {
      if (!text.isBlank()) {
        out.startElement("p");
        Xhtml.lines(out, text);
        out.endElement("p");
      }
    }
  }
}
