package brimful.batch.table;

import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.Writer;
import java.util.regex.Pattern;

/// Writes CSV for spreadsheets: RFC 4180.
public final class CsvText {
  private static final String FORMULA_STARTS = "=+-@\t\r";
  private static final Pattern NUMBER = Pattern.compile("[-+]?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");

  private CsvText() {}

  /// Writes rows of cells, and closes the writer.
  public static void write(Iterable<? extends Iterable<String>> rows, Writer out)
      throws IOException {
    CsvSchema schema = CsvSchema.emptySchema().withLineSeparator("\r\n");
    try (SequenceWriter writer = new CsvMapper().writer(schema).writeValues(out)) {
      for (Iterable<String> row : rows) {
        writer.write(row);
      }
    }
  }

  /// Returns a text of documents or models with a leading apostrophe if a spreadsheet would take it
  /// for a formula.
  public static String guarded(String text) {
    boolean formula = !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0;
    return formula && !NUMBER.matcher(text).matches() ? "'" + text : text;
  }
}
