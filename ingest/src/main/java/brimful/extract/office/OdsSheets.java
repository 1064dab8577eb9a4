package brimful.extract.office;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/// Reads the sheets of an OpenDocument spreadsheet row by row.
///
/// Handles the events of its content; not thread-safe.
final class OdsSheets extends DefaultHandler {
  /// The most repetitions of a cell or a row that has text.
  private static final int REPEATED_MAX = 100;

  /// The rest of "Page 1 of 3" in a header.
  private static final int FIELD_MIN = 10;

  private final SheetText out;
  private final Set<String> hidden = new HashSet<>();
  private final List<String> comments = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder comment = new StringBuilder();
  private final StringBuilder author = new StringBuilder();
  private String style = "";
  private int row;
  private int rowRepeated = 1;
  private int column;
  private int repeated = 1;
  private String value = "";
  private String fallback = "";
  private boolean cellOpen;
  private boolean inComment;
  private boolean inAuthor;
  private boolean fields;
  private int paragraphs;
  private int skipped;
  private int tables;
  private List<Cell> cells = new ArrayList<>();

  private record Cell(int column, String text) {}

  OdsSheets(SheetText out) {
    this.out = out;
  }

  @Override
  public void startElement(String uri, String name, String qName, Attributes attributes)
      throws SAXException {
    if (skipped > 0
        || name.equals("tracked-changes")
        || name.equals("date-string")
        || (name.equals("date") && inComment)
        || name.equals("ruby-text")) {
      skipped++;
      return;
    }
    switch (name) {
      case "style" -> style = Xml.value(attributes, "name");
      case "table-properties" -> {
        if (Xml.value(attributes, "display").equals("false")) {
          hidden.add(style);
        }
      }
      case "table" -> table(attributes);
      case "table-row" -> row(attributes);
      case "table-cell", "covered-table-cell" -> cell(attributes);
      case "annotation" -> {
        inComment = true;
        comment.setLength(0);
        author.setLength(0);
      }
      case "creator" -> inAuthor = inComment;
      case "p" -> {
        StringBuilder to = inComment ? comment : text;
        to.append(to.isEmpty() ? "" : " ");
        paragraphs++;
      }
      case "sheet-name", "page-number", "page-count", "time", "file-name" -> {
        fields = !cellOpen;
        skipped = cellOpen ? 0 : 1;
      }
      case "s" -> write(" ".repeat(Math.clamp(Xml.number(attributes, "c", 1), 1, 100)));
      case "tab", "line-break" -> write(" ");
      default -> {
        // Formats.
      }
    }
  }

  private void table(Attributes attributes) throws SAXException {
    tables++;
    if (tables == 1) {
      row = 0;
      out.sheet(
          Xml.value(attributes, "name"), hidden.contains(Xml.value(attributes, "style-name")));
    }
  }

  private void row(Attributes attributes) {
    row++;
    rowRepeated = Math.max(1, Xml.number(attributes, "number-rows-repeated", 1));
    column = 0;
    cells = new ArrayList<>();
  }

  private void cell(Attributes attributes) {
    column++;
    repeated = Math.max(1, Xml.number(attributes, "number-columns-repeated", 1));
    cellOpen = true;
    text.setLength(0);
    comments.clear();
    String date = Xml.value(attributes, "date-value");
    String number = Xml.value(attributes, "value");
    String formula = Xml.value(attributes, "formula");
    value = date.replaceFirst("T00:00(?::00(?:\\.0+)?)?$", "").replace('T', ' ');
    fallback = number.isEmpty() ? formula(formula) : number;
  }

  /// Returns `=SUM(B1:B2)` for `of:=SUM([.B1:.B2])`.
  private static String formula(String formula) {
    return formula.replaceFirst("^\\w+:(?==)", "").replaceAll("\\[\\.?|\\]", "").replace(":.", ":");
  }

  @Override
  public void endElement(String uri, String name, String qName) throws SAXException {
    if (skipped > 0) {
      skipped--;
      return;
    }
    switch (name) {
      case "table" -> tables--;
      case "p" -> {
        paragraphs--;
        if (!cellOpen && !inComment && paragraphs == 0) {
          // In a shape, or in the header or footer of the printed pages.
          out.beside(fields && text.length() <= FIELD_MIN ? "" : text.toString().strip());
          text.setLength(0);
          fields = false;
        }
      }
      case "creator" -> inAuthor = false;
      case "annotation" -> {
        inComment = false;
        comments.add(XlsxComments.shown(author.toString().strip(), comment.toString()));
      }
      case "table-cell", "covered-table-cell" -> endCell();
      case "table-row" -> endRow();
      default -> {
        // Formats.
      }
    }
  }

  private void endCell() {
    if (!cellOpen) {
      return;
    }
    cellOpen = false;
    String shown = text.toString().strip();
    String own = !value.isEmpty() ? value : shown.isEmpty() ? fallback : shown;
    String whole = (own + " " + String.join(" ", comments)).strip();
    if (!whole.isEmpty()) {
      for (int i = 0; i < Math.min(REPEATED_MAX, repeated); i++) {
        cells.add(new Cell(column + i, whole));
      }
    }
    column += repeated - 1;
  }

  private void endRow() throws SAXException {
    for (int i = 0; i < Math.min(REPEATED_MAX, cells.isEmpty() ? 0 : rowRepeated); i++) {
      out.row(row + i);
      for (Cell cell : cells) {
        out.cell(cell.column, cell.text);
      }
      out.endRow();
    }
    row += rowRepeated - 1;
  }

  @Override
  public void characters(char[] chars, int start, int length) {
    if (skipped > 0) {
      return;
    }
    if (inAuthor) {
      author.append(chars, start, length);
    } else if (paragraphs > 0) {
      write(new String(chars, start, length));
    }
  }

  private void write(String characters) {
    (inComment ? comment : text).append(characters);
  }
}
