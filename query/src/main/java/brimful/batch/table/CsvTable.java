package brimful.batch.table;

import brimful.answer.Citation;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A table for spreadsheets: RFC 4180 in UTF-8 with a byte order mark, a row for each cell.
///
/// Text of documents and models may look like a formula to a spreadsheet, so such text gets a
/// leading apostrophe.
final class CsvTable {
  private static final List<String> COLUMNS =
      List.of(
          "unit",
          "question",
          "answer",
          "confidence",
          "citations",
          "unverified",
          "state",
          "cause",
          "tokens_in",
          "tokens_cached",
          "tokens_out",
          "cost_usd");

  private static final String FORMULA_STARTS = "=+-@\t\r";
  private static final Pattern NUMBER = Pattern.compile("[-+]?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");

  private CsvTable() {}

  static void write(Table table, Writer out) throws IOException {
    out.write('\uFEFF');
    CsvSchema schema = CsvSchema.emptySchema().withLineSeparator("\r\n");
    try (SequenceWriter rows = new CsvMapper().writer(schema).writeValues(out)) {
      rows.write(COLUMNS);
      for (Table.Line line : table.lines()) {
        rows.write(row(line));
      }
    }
  }

  private static List<String> row(Table.Line line) {
    Cell cell = line.cell();
    Bill bill = cell.bill();
    return List.of(
        guarded(line.row().unit()),
        guarded(line.row().question()),
        cell instanceof Cell.Answered answered ? guarded(text(CellJson.tree(answered.json()))) : "",
        cell instanceof Cell.Answered answered ? Double.toString(answered.confidence()) : "",
        guarded(cited(cell, true)),
        guarded(cited(cell, false)),
        cell.state(),
        cell instanceof Cell.Failed(Cause cause, String message, _)
            ? guarded(cause.word() + ": " + message)
            : "",
        Long.toString(bill.tokensIn()),
        Long.toString(bill.tokensCached()),
        Long.toString(bill.tokensOut()),
        String.format(Locale.ROOT, "%.8f", bill.usd()));
  }

  private static String cited(Cell cell, boolean verified) {
    return cell instanceof Cell.Answered answered
        ? answered.citations().stream()
            .filter(cited -> cited.verified() == verified)
            .map(Citation::display)
            .collect(Collectors.joining("; "))
        : "";
  }

  private static String text(JsonNode answer) {
    if (answer.isNull()) {
      return "";
    }
    if (answer.isArray() && answer.valueStream().allMatch(JsonNode::isValueNode)) {
      return answer.valueStream().map(JsonNode::asText).collect(Collectors.joining("; "));
    }
    return answer.isValueNode() ? answer.asText() : answer.toString();
  }

  static String guarded(String text) {
    boolean formula =
        !text.isEmpty()
            && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0
            && !NUMBER.matcher(text).matches();
    return formula ? "'" + text : text;
  }
}
