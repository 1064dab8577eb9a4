package brimful.batch.table;

import brimful.answer.Citation;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
          "cost_usd",
          "held");

  private CsvTable() {}

  static void write(Table table, Writer out) throws IOException {
    out.write('\uFEFF');
    var rows = new ArrayList<List<String>>();
    rows.add(COLUMNS);
    table.lines().forEach(line -> rows.add(row(line)));
    CsvText.write(rows, out);
  }

  private static List<String> row(Table.Line line) {
    Cell cell = line.cell();
    Bill bill = cell.bill();
    return List.of(
        CsvText.guarded(line.row().unit()),
        CsvText.guarded(line.row().question()),
        cell instanceof Cell.Answered answered
            ? CsvText.guarded(text(CellJson.tree(answered.json())))
            : "",
        cell instanceof Cell.Answered answered ? Double.toString(answered.confidence()) : "",
        CsvText.guarded(cited(cell, true)),
        CsvText.guarded(cited(cell, false)),
        cell.state(),
        cell instanceof Cell.Failed(Cause cause, String message, _)
            ? CsvText.guarded(cause.word() + ": " + message)
            : "",
        Long.toString(bill.tokensIn()),
        Long.toString(bill.tokensCached()),
        Long.toString(bill.tokensOut()),
        String.format(Locale.ROOT, "%.8f", bill.usd()),
        cell instanceof Cell.Answered answered
            ? String.format(Locale.ROOT, "%.4f", answered.held())
            : "");
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
}
