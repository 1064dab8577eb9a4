package brimful.batch.table;

import brimful.answer.Citation;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Writer;

/// A table as JSON lines: a complete object for each cell.
final class JsonTable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonTable() {}

  static void write(Table table, Writer out) throws IOException {
    for (Table.Line line : table.lines()) {
      out.write(line(table, line).toString());
      out.write('\n');
    }
  }

  /// Returns one cell.
  static ObjectNode line(Table table, Table.Line line) {
    ObjectNode json = JSON.createObjectNode();
    json.put("unit", line.row().unit()).put("question", line.row().question());
    json.put("text", line.row().text()).put("model", table.model());
    json.put("state", line.cell().state());
    switch (line.cell()) {
      case Cell.Answered answered -> {
        json.set("answer", CellJson.tree(answered.json()));
        json.put("confidence", answered.confidence()).put("held", answered.held());
        ArrayNode citations = json.putArray("citations");
        for (Citation cited : answered.citations()) {
          citations
              .addObject()
              .put("place", cited.display())
              .put("verified", cited.verified())
              .put("problem", cited.problem());
        }
      }
      case Cell.Failed(Cause cause, String message, _) -> {
        json.put("cause", cause.word()).put("message", message);
        json.put("maybe_billed", cause.maybeBilled());
      }
      case Cell.Pending _, Cell.Draft _, Cell.Sent _ -> {}
    }
    json.setAll(CellJson.tree(line.cell().bill()));
    return json.put("key", line.row().key());
  }
}
