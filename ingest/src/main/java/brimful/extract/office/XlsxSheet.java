package brimful.extract.office;

import brimful.corpus.CellRange;
import brimful.extract.office.OfficePackage.Relation;
import brimful.extract.office.cell.CellText;
import java.util.Map;
import java.util.Optional;
import org.apache.poi.ss.util.CellAddress;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/// Reads the rows of a sheet as they come, so a million of them take no memory.
///
/// A formula without a cached value is shown itself. Handles the events of one part; not
/// thread-safe.
final class XlsxSheet extends DefaultHandler {
  private final SheetText out;
  private final XlsxBook book;
  private final XlsxStrings strings;
  private final XlsxComments comments;
  private final Map<String, Relation> relations;
  private final CellText numbers;
  private final StringBuilder value = new StringBuilder();
  private final StringBuilder formula = new StringBuilder();
  private final StringBuilder inline = new StringBuilder();
  private StringBuilder into = new StringBuilder();
  private boolean inText;
  private int phonetic;
  private int row;
  private int column;
  private int style;
  private String reference = "";
  private String type = "";

  XlsxSheet(
      SheetText out,
      XlsxBook book,
      XlsxStrings strings,
      XlsxComments comments,
      Map<String, Relation> relations) {
    this.out = out;
    this.book = book;
    this.strings = strings;
    this.comments = comments;
    this.relations = relations;
    numbers = new CellText(book.from1904);
  }

  @Override
  public void startElement(String uri, String name, String qName, Attributes attributes)
      throws SAXException {
    switch (name) {
      case "row" -> {
        row = Xml.find(attributes, "r").flatMap(XlsxSheet::number).orElse(row + 1);
        column = 0;
        out.row(row);
      }
      case "c" -> cell(attributes);
      case "v" -> collect(value);
      case "f" -> collect(formula);
      case "hyperlink" -> link(attributes);
      case "oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter" -> {
        value.setLength(0);
        collect(value);
      }
      case "rPh" -> phonetic++;
      case "t" -> {
        if (phonetic == 0) {
          collect(inline);
        }
      }
      default -> {
        // Formats.
      }
    }
  }

  private static Optional<Integer> number(String digits) {
    return digits.matches("[1-9]\\d{0,6}")
        ? Optional.of(Integer.parseInt(digits))
        : Optional.empty();
  }

  private void cell(Attributes attributes) {
    reference = Xml.value(attributes, "r");
    column = CellRange.parse(reference).map(CellRange::firstColumn).orElse(column + 1);
    style = Xml.number(attributes, "s", 0);
    type = Xml.value(attributes, "t");
    value.setLength(0);
    formula.setLength(0);
    inline.setLength(0);
  }

  private void link(Attributes attributes) throws SAXException {
    Relation relation = relations.get(Xml.value(attributes, "id"));
    Optional<CellRange> cell = CellRange.parse(Xml.value(attributes, "ref"));
    if (relation != null && relation.external() && cell.isPresent()) {
      CellRange at = cell.get();
      out.link(new CellAddress(at.firstRow() - 1, at.firstColumn() - 1), relation.target());
    }
  }

  private void collect(StringBuilder target) {
    into = target;
    inText = true;
  }

  @Override
  public void endElement(String uri, String name, String qName) throws SAXException {
    switch (name) {
      case "v", "f", "t" -> inText = false;
      case "rPh" -> phonetic--;
      case "oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter" -> {
        inText = false;
        out.margin(value.toString());
      }
      case "c" -> {
        String comment = comments.take(reference);
        String text = text();
        out.cell(column, comment.isEmpty() ? text : (text + " " + comment).strip());
      }
      case "row" -> out.endRow();
      default -> {
        // Formats.
      }
    }
  }

  @Override
  public void characters(char[] chars, int start, int length) {
    if (inText) {
      into.append(chars, start, length);
    }
  }

  private String text() {
    if (type.equals("inlineStr")) {
      return inline.toString();
    }
    String raw = value.toString();
    if (raw.isEmpty()) {
      return formula.isEmpty() ? "" : "=" + formula;
    }
    return switch (type) {
      case "s" -> strings.get(raw);
      case "b" -> raw.equals("1") ? "TRUE" : "FALSE";
      case "d" -> raw.replaceFirst("T00:00(?::00(?:\\.0+)?)?$", "").replace('T', ' ');
      case "str", "e" -> raw;
      default -> number(raw, book.format(style));
    };
  }

  private String number(String raw, XlsxBook.Format format) {
    try {
      return numbers.number(Double.parseDouble(raw), format.index(), format.code());
    } catch (IllegalArgumentException e) {
      return raw;
    }
  }
}
