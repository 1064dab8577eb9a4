package brimful.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/// A ledger's maps, as they are in its file. Used by one thread, which nobody may interrupt: the
/// file would be closed.
final class LedgerStore implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final MVStore store;
  private final MVMap<String, String> cells;
  private final MVMap<Integer, String> rows;
  private final MVMap<String, String> warmUps;
  private final MVMap<String, String> facts;

  LedgerStore(MVStore store) {
    this.store = store;
    cells = store.openMap("cells");
    rows = store.openMap("rows");
    warmUps = store.openMap("warm-ups");
    facts = store.openMap("facts");
  }

  /// Says what the batch consists of now.
  void begin(String model, List<Row> wanted) {
    facts.put("model", model);
    rows.clear();
    for (int i = 0; i < wanted.size(); i++) {
      Row row = wanted.get(i);
      String json =
          JSON.createObjectNode()
              .put("unit", row.unit())
              .put("question", row.question())
              .put("text", row.text())
              .put("key", row.key())
              .toString();
      rows.put(i, json);
    }
    flush();
  }

  /// Marks what was under way when the program was killed, and returns how many cells that were.
  int recover() {
    int lost = 0;
    for (String key : List.copyOf(cells.keySet())) {
      if (cell(key) instanceof Cell.Sent sent) {
        cells.put(key, CellJson.write(sent.lost()));
        lost++;
      }
    }
    flush();
    return lost;
  }

  /// Opens the failed cells of the batch again, and returns how many they were.
  int retryFailed() {
    int again = 0;
    for (Table.Line line : table().lines()) {
      if (line.cell() instanceof Cell.Failed failed) {
        cells.put(line.row().key(), CellJson.write(new Cell.Pending(failed.bill())));
        again++;
      }
    }
    flush();
    return again;
  }

  /// Returns what is known of a cell.
  Cell cell(String key) {
    String json = cells.get(key);
    return json == null ? Cell.untouched() : CellJson.read(json);
  }

  /// Writes cells, all or none, and returns when they are on the disk.
  void put(Map<String, ? extends Cell> changed) {
    changed.forEach((key, cell) -> cells.put(key, CellJson.write(cell)));
    flush();
  }

  Optional<Ledger.WarmUp> warmUp(String key) {
    return Optional.ofNullable(warmUps.get(key)).map(LedgerStore::parsed);
  }

  private static Ledger.WarmUp parsed(String text) {
    JsonNode json = CellJson.tree(text);
    return new Ledger.WarmUp(
        Instant.parse(json.path("at").asText()), CellJson.bill(json.path("bill")));
  }

  /// Writes a warm-up; before it is answered, its bill is that of a call of unknown fate.
  void put(String key, Ledger.WarmUp warmUp) {
    var json = JSON.createObjectNode().put("at", warmUp.at().toString());
    CellJson.write(json.putObject("bill"), warmUp.bill());
    warmUps.put(key, json.toString());
    flush();
  }

  /// Returns the batch as it stands.
  Table table() {
    var lines = new ArrayList<Table.Line>();
    for (String text : rows.values()) {
      JsonNode json = CellJson.tree(text);
      var row =
          new Row(
              json.path("unit").asText(),
              json.path("question").asText(),
              json.path("text").asText(),
              json.path("key").asText());
      lines.add(new Table.Line(row, cell(row.key())));
    }
    Bill warm = Bill.NOTHING;
    for (String text : warmUps.values()) {
      warm = warm.plus(parsed(text).bill());
    }
    String model = facts.get("model");
    return new Table(model == null ? "" : model, lines, warm);
  }

  /// Returns the most that all runs together can have cost, cells of changed documents included.
  double mostUsd() {
    double usd = 0;
    for (String text : cells.values()) {
      usd += CellJson.read(text).bill().mostUsd();
    }
    for (String text : warmUps.values()) {
      usd += parsed(text).bill().mostUsd();
    }
    return usd;
  }

  private void flush() {
    store.commit();
    store.sync();
  }

  @Override
  public void close() {
    // Not compacted: every commit reuses what is free, and moving chunks about is a risk.
    store.close();
  }
}
