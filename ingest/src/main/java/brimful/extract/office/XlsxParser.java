package brimful.extract.office;

import brimful.extract.office.OfficePackage.Relation;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.tika.mime.MediaType;
import org.apache.tika.sax.XHTMLContentHandler;
import org.xml.sax.SAXException;

/// Reads XLSX row by row, with the numbers of rows; see [XlsxSheet] for what a cell shows.
///
/// Tika reads the documents that are embedded in it.
public final class XlsxParser extends PackageParser {
  private static final long serialVersionUID = 1L;

  private static final Set<MediaType> TYPES =
      Set.of(
          MediaType.application("vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
          MediaType.application("vnd.openxmlformats-officedocument.spreadsheetml.template"),
          MediaType.application("vnd.ms-excel.sheet.macroenabled.12"),
          MediaType.application("vnd.ms-excel.template.macroenabled.12"));

  public XlsxParser() {
    super("xl", TYPES);
  }

  @Override
  void write(OfficePackage parts, XHTMLContentHandler out) throws SAXException {
    String main = parts.main("officeDocument", "xl/workbook.xml");
    Map<String, Relation> relations = parts.relations(main);
    var book = new XlsxBook();
    parts.read(main, book);
    parts.read(parts.target(relations, "styles", "xl/styles.xml"), book);
    var strings = new XlsxStrings();
    parts.read(parts.target(relations, "sharedStrings", "xl/sharedStrings.xml"), strings);
    var text = new SheetText(out);
    int number = 0;
    for (XlsxBook.Sheet sheet : book.sheets) {
      number++;
      Relation relation = relations.get(sheet.id());
      String part = relation == null ? "xl/worksheets/sheet" + number + ".xml" : relation.target();
      text.sheet(sheet.name(), sheet.hidden());
      sheet(parts, part, book, strings, text);
    }
    if (book.sheets.isEmpty()) {
      // The list of them is damaged: a workbook has one at least.
      for (String part : parts.in("xl/worksheets/sheet").toList()) {
        text.sheet(part.substring(part.lastIndexOf('/') + 1, part.lastIndexOf('.')), false);
        sheet(parts, part, book, strings, text);
      }
    }
  }

  private static void sheet(
      OfficePackage parts, String part, XlsxBook book, XlsxStrings strings, SheetText text)
      throws SAXException {
    Map<String, Relation> relations = parts.relations(part);
    var comments = new XlsxComments();
    for (Relation relation : relations.values()) {
      if (relation.type().equals("comments")) {
        parts.read(relation.target(), comments);
      }
    }
    var sheet = new XlsxSheet(text, book, strings, comments, relations);
    parts.read(part, sheet);
    text.endRow();
    for (String comment : comments.left()) {
      text.beside(comment);
    }
    for (Relation relation : relations.values()) {
      if (relation.type().equals("drawing")) {
        drawing(parts, relation.target(), text);
      }
    }
  }

  private static void drawing(OfficePackage parts, String part, SheetText text)
      throws SAXException {
    var shapes = new DrawingText();
    parts.read(part, shapes);
    text.beside(shapes.line());
    for (Relation relation : new TreeMap<>(parts.relations(part)).values()) {
      if (relation.type().equals("chart") || relation.type().equals("diagramData")) {
        var chart = new DrawingText();
        parts.read(relation.target(), chart);
        text.beside(chart.line());
      }
    }
  }
}
