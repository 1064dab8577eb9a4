package brimful.extract.office;

import brimful.extract.office.cell.CellText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.xml.sax.Attributes;
import org.xml.sax.helpers.DefaultHandler;

/// What the workbook and styles parts say: the sheets, the first day, and the formats of numbers.
///
/// Handles the events of both parts; not thread-safe.
final class XlsxBook extends DefaultHandler {
  /// @param id of the relation to the sheet's part
  record Sheet(String name, String id, boolean hidden) {}

  /// @param index the format's number
  record Format(int index, String code) {
    static final Format GENERAL = new Format(0, "General");
  }

  final List<Sheet> sheets = new ArrayList<>();
  boolean from1904;
  private final Map<Integer, String> codes = new HashMap<>();
  private final List<Integer> styles = new ArrayList<>();
  private boolean inStyles;

  @Override
  public void startElement(String uri, String name, String qName, Attributes attributes) {
    switch (name) {
      case "sheet" -> {
        String state = Xml.value(attributes, "state");
        sheets.add(
            new Sheet(
                Xml.value(attributes, "name"),
                Xml.value(attributes, "id"),
                state.equals("hidden") || state.equals("veryHidden")));
      }
      case "workbookPr" -> from1904 = Xml.on(attributes, "date1904");
      case "numFmt" ->
          codes.put(Xml.number(attributes, "numFmtId", 0), Xml.value(attributes, "formatCode"));
      case "cellXfs" -> inStyles = true;
      case "xf" -> {
        if (inStyles) {
          styles.add(Xml.number(attributes, "numFmtId", 0));
        }
      }
      default -> {
        // Nothing that is shown.
      }
    }
  }

  @Override
  public void endElement(String uri, String name, String qName) {
    if (name.equals("cellXfs")) {
      inStyles = false;
    }
  }

  /// Returns the number format of a cell style.
  Format format(int style) {
    if (style < 0 || style >= styles.size()) {
      return Format.GENERAL;
    }
    int index = styles.get(style);
    return new Format(index, codes.getOrDefault(index, CellText.builtIn(index)));
  }
}
