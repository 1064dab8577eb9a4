package brimful.extract.office;

import brimful.extract.format.ListMarks;
import org.apache.tika.sax.XHTMLContentHandler;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.AttributesImpl;

/// What our parsers write beyond Tika's XHTML, and what reads it.
public final class Xhtml {
  /// An attribute of `li`: the item's number, or `-`.
  public static final String MARK = ListMarks.ATTRIBUTE;

  /// An attribute of a sheet's `h1`: there if the sheet is hidden.
  public static final String HIDDEN = "data-hidden";

  /// An attribute of `tr`: the number of a sheet's row.
  public static final String ROW = "data-row";

  /// An attribute of `tr`: the number of the last column with text.
  public static final String COLUMNS = "data-columns";

  private Xhtml() {}

  static void item(XHTMLContentHandler out, String mark, String text) throws SAXException {
    var attributes = new AttributesImpl();
    attributes.addAttribute("", MARK, MARK, "CDATA", mark);
    out.startElement("li", attributes);
    lines(out, text);
    out.endElement("li");
  }

  /// Writes a text with its line breaks.
  public static void lines(XHTMLContentHandler out, String text) throws SAXException {
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      if (i > 0) {
        out.startElement("br");
        out.endElement("br");
      }
      out.characters(lines[i]);
    }
  }
}
