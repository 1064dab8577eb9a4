package brimful.extract.office;

import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.poi.ss.util.CellAddress;
import org.apache.tika.sax.XHTMLContentHandler;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.AttributesImpl;

/// Writes a workbook as XHTML: a heading for each sheet and a table row with its number for each
/// row that has text. Not thread-safe.
final class SheetText {
  /// More blank cells between two others are written as one; formats reach to column XFD.
  private static final int BLANKS_MAX = 30;

  private static final int LINKS_MAX = 1_000;
  private static final int MARGIN_MIN = 10;

  private final XHTMLContentHandler out;
  private final SortedMap<Integer, String> cells = new TreeMap<>();
  private final Set<String> links = new HashSet<>();
  private int row;

  SheetText(XHTMLContentHandler out) {
    this.out = out;
  }

  void sheet(String name, boolean hidden) throws SAXException {
    var attributes = new AttributesImpl();
    if (hidden) {
      attributes.addAttribute("", Xhtml.HIDDEN, Xhtml.HIDDEN, "CDATA", "true");
    }
    out.startElement("h1", attributes);
    out.characters(name.isBlank() ? "sheet" : name);
    out.endElement("h1");
  }

  /// Begins a row.
  ///
  /// @param number counts from 1
  void row(int number) {
    row = number;
    cells.clear();
  }

  /// Adds a cell to the row, in any order.
  ///
  /// @param column counts from 1
  void cell(int column, String text) {
    if (!text.isBlank()) {
      cells.putIfAbsent(column, text);
    }
  }

  /// Writes the row, if it has text.
  void endRow() throws SAXException {
    if (cells.isEmpty()) {
      return;
    }
    var attributes = new AttributesImpl();
    attributes.addAttribute("", Xhtml.ROW, Xhtml.ROW, "CDATA", String.valueOf(row));
    attributes.addAttribute(
        "", Xhtml.COLUMNS, Xhtml.COLUMNS, "CDATA", String.valueOf(cells.lastKey()));
    out.startElement("tr", attributes);
    int last = 0;
    for (var cell : cells.entrySet()) {
      int blanks = cell.getKey() - last - 1;
      for (int i = 0; i < (blanks > BLANKS_MAX ? 1 : blanks); i++) {
        cell("");
      }
      cell(cell.getValue());
      last = cell.getKey();
    }
    out.endElement("tr");
    cells.clear();
  }

  private void cell(String text) throws SAXException {
    out.startElement("td");
    out.characters(text);
    out.endElement("td");
  }

  /// Writes where a cell leads to: `B7: https://example.org`.
  void link(CellAddress cell, String address) throws SAXException {
    String to = String.valueOf(address).strip();
    if (to.matches("(?i)[a-z][a-z0-9+.-]+:\\S.*") && links.add(to) && links.size() <= LINKS_MAX) {
      beside(cell.formatAsString() + ": " + to);
    }
  }

  /// Writes the header or footer of the printed pages, without its fields such as `&P`.
  void margin(String text) throws SAXException {
    String plain =
        text.replaceAll("&(?:\"[^\"]*\"|\\d+|K[0-9A-Fa-f]{6}|[A-Za-z])", " ")
            .replaceAll("\\s+", " ");
    // The rest of "Page &P of &N".
    if (plain.strip().length() > MARGIN_MIN || !text.matches("(?s).*&[PND].*")) {
      beside(plain.strip());
    }
  }

  /// Writes text that lies on a sheet but in no cell.
  void beside(String text) throws SAXException {
    if (!text.isBlank()) {
      out.element("p", text);
    }
  }
}
