package brimful.batch.ledger;

import brimful.batch.ledger.LedgerEvent.Call;
import brimful.batch.ledger.LedgerEvent.Verdict;
import brimful.batch.table.Bill;
import brimful.batch.table.Cell;
import brimful.batch.table.CellJson;
import brimful.batch.table.Row;
import brimful.batch.table.Table;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/// The maps of a ledger in its file, and the effects of events on them.
///
/// The same events in the same order give the same maps. For one thread, which must not be
/// interrupted, because an interrupt would close the file.
final class LedgerStore implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Sums of fractions leave rounding errors, which must not look like a call in flight.
  private static final double DUST_USD = 1e-9;

  private final MVStore store;
  private final MVMap<String, String> cells;
  private final MVMap<Integer, String> rows;
  private final MVMap<String, String> warmUps;
  private final MVMap<String, String> facts;
  private final MVMap<String, String> calls;
  private final MVMap<String, String> holders;
  private final SequencedMap<String, Cell> ended = new LinkedHashMap<>();
  private double spentUsd;
  private double reservedUsd;
  private int lost;

  LedgerStore(MVStore store) {
    this.store = store;
    cells = store.openMap("cells");
    rows = store.openMap("rows");
    warmUps = store.openMap("warm-ups");
    facts = store.openMap("facts");
    calls = store.openMap("calls");
    holders = store.openMap("holders");
    cells.values().forEach(text -> count(CellJson.read(text), 1));
    warmUps.values().forEach(text -> count(warmUpOf(text), 1));
  }

  /// Declares the batch's cells.
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
  }

  /// Marks calls that were in flight when the program was killed.
  void recover() {
    lose("");
  }

  /// Returns the verdict that an event would get.
  Verdict check(LedgerEvent event) {
    return switch (event) {
      case LedgerEvent.Taken(String unit, UnitHolder by) -> {
        Optional<UnitHolder> holder = holder(unit);
        boolean others = holder.isPresent() && !holder.get().place().equals(by.place());
        boolean later = holder.isPresent() && holder.get().delivery() > by.delivery();
        yield others || later ? Verdict.OVERTAKEN : Verdict.GRANTED;
      }
      case LedgerEvent.Sent(Call call, List<String> keys) ->
          keys.stream().allMatch(key -> cell(key).isOpen()) ? check(call) : Verdict.OVERTAKEN;
      case LedgerEvent.Warming(Call call, _) -> check(call);
      case LedgerEvent.Begun _,
          LedgerEvent.Left _,
          LedgerEvent.Settled _,
          LedgerEvent.Warmed _,
          LedgerEvent.Reopened _,
          LedgerEvent.Gathered _ ->
          Verdict.GRANTED;
    };
  }

  private Verdict check(Call call) {
    boolean own =
        call.by().equals(UnitHolder.ALONE)
            || holder(call.unit()).filter(call.by()::equals).isPresent();
    if (!own) {
      return Verdict.OVERTAKEN;
    }
    return spentUsd + reservedUsd + call.usdMax() > call.usdLimit()
        ? Verdict.BROKE
        : Verdict.GRANTED;
  }

  /// Applies an event, and returns its verdict.
  Verdict apply(LedgerEvent event) {
    Verdict verdict = check(event);
    if (verdict == Verdict.GRANTED) {
      happen(event);
    }
    return verdict;
  }

  private void happen(LedgerEvent event) {
    switch (event) {
      case LedgerEvent.Begun(String run) -> facts.put("run", run);
      case LedgerEvent.Taken(String unit, UnitHolder by) -> {
        holders.put(unit, "%s %s".formatted(by.delivery(), by.place()));
        lose(unit);
      }
      case LedgerEvent.Left(String unit, UnitHolder by) -> {
        if (holder(unit).filter(holder -> holder.place().equals(by.place())).isPresent()) {
          holders.remove(unit);
        }
      }
      case LedgerEvent.Sent(Call call, List<String> keys) ->
          keys.forEach(key -> {
            put(key, new Cell.Sent(call.usdMax() / keys.size(), cell(key).bill()));
            calls.put(key, call.id());
          });
      case LedgerEvent.Settled(String call, Map<String, Cell> settled) ->
          settled.forEach((key, cell) -> {
            // The reply to a call that was given up is welcome, unless the call was repeated.
            if (call.equals(calls.get(key))) {
              put(key, cell);
            }
          });
      case LedgerEvent.Warming(Call call, Instant at) ->
          put(
              call.unit(),
              new BatchLedger.WarmUp(
                  at,
                  warmUp(call.unit()).map(BatchLedger.WarmUp::bill).orElse(Bill.NOTHING),
                  call.usdMax()));
      case LedgerEvent.Warmed(String unit, BatchLedger.WarmUp warmUp) -> put(unit, warmUp);
      case LedgerEvent.Reopened(List<String> keys) ->
          keys.forEach(key -> {
            if (cell(key) instanceof Cell.Failed failed) {
              put(key, new Cell.Pending(failed.bill()));
            }
          });
      case LedgerEvent.Gathered(String key, Cell cell, List<String> parts) ->
          gather(key, cell, parts);
    }
  }

  private void gather(String key, Cell cell, List<String> parts) {
    Bill bill = cell(key).bill();
    for (String part : parts) {
      Cell own = cell(part);
      bill = bill.plus(own.bill());
      replace(part, own.billed(Bill.NOTHING));
    }
    put(key, cell.billed(bill.plus(cell.bill())));
  }

  /// Gives up the calls in flight of a unit, or of all.
  ///
  /// @param prefix of the keys of its cells
  private void lose(String prefix) {
    for (String key : below(cells, prefix)) {
      if (cell(key) instanceof Cell.Sent sent) {
        put(key, sent.lost());
        lost++;
      }
    }
    for (String key : below(warmUps, prefix)) {
      warmUp(key)
          .filter(warmUp -> warmUp.usdMax() > 0)
          .ifPresent(warmUp -> put(key, warmUp.lost()));
    }
  }

  private static List<String> below(MVMap<String, String> map, String prefix) {
    var keys = new ArrayList<String>();
    Iterator<String> all = map.keyIterator(prefix);
    while (all.hasNext()) {
      String key = all.next();
      if (!key.startsWith(prefix)) {
        break;
      }
      keys.add(key);
    }
    return keys;
  }

  private void replace(String key, Cell cell) {
    count(cell(key), -1);
    count(cell, 1);
    cells.put(key, CellJson.write(cell));
  }

  private void put(String key, Cell cell) {
    replace(key, cell);
    if (cell instanceof Cell.Answered || cell instanceof Cell.Failed) {
      ended.put(key, cell);
    }
  }

  private void put(String unit, BatchLedger.WarmUp warmUp) {
    warmUp(unit).ifPresent(before -> count(before, -1));
    count(warmUp, 1);
    warmUps.put(unit, EventJson.tree(warmUp).toString());
  }

  private void count(Cell cell, int sign) {
    count(cell.bill(), cell instanceof Cell.Sent sent ? sent.usdMax() : 0, sign);
  }

  private void count(BatchLedger.WarmUp warmUp, int sign) {
    count(warmUp.bill(), warmUp.usdMax(), sign);
  }

  private void count(Bill bill, double usdMax, int sign) {
    spentUsd += sign * bill.mostUsd();
    reservedUsd += sign * usdMax;
    reservedUsd = reservedUsd < DUST_USD ? 0 : reservedUsd;
  }

  /// Returns the state of a cell.
  Cell cell(String key) {
    String json = cells.get(key);
    return json == null ? Cell.untouched() : CellJson.read(json);
  }

  Optional<BatchLedger.WarmUp> warmUp(String unit) {
    return Optional.ofNullable(warmUps.get(unit)).map(LedgerStore::warmUpOf);
  }

  private static BatchLedger.WarmUp warmUpOf(String text) {
    return EventJson.warmUp(CellJson.tree(text));
  }

  private Optional<UnitHolder> holder(String unit) {
    return Optional.ofNullable(holders.get(unit))
        .map(text -> {
          int space = text.indexOf(' ');
          return new UnitHolder(
              text.substring(space + 1), Integer.parseInt(text.substring(0, space)));
        });
  }

  /// Returns the most that all finished calls of all runs can have cost, in USD.
  double spentUsd() {
    return spentUsd;
  }

  /// Returns the most that finished calls can have cost which are not in a table.
  double besideUsd(Table table) {
    double beside = spentUsd - table.bill().mostUsd();
    return beside < DUST_USD ? 0 : beside;
  }

  /// Returns the most that calls in flight can cost, in USD.
  double reservedUsd() {
    return reservedUsd;
  }

  /// Returns how many cells were lost since the ledger was opened.
  int lost() {
    return lost;
  }

  /// Returns the cells that were answered or failed since the last call of this method.
  Map<String, Cell> ended() {
    var now = new LinkedHashMap<>(ended);
    ended.clear();
    return now;
  }

  /// Returns a fact; empty if unknown.
  String fact(String name) {
    String value = facts.get(name);
    return value == null ? "" : value;
  }

  void fact(String name, String value) {
    facts.put(name, value);
  }

  boolean isEmpty() {
    return cells.isEmpty() && rows.isEmpty();
  }

  /// Returns the batch's present table.
  Table table() {
    var declared = new ArrayList<Row>();
    for (String text : rows.values()) {
      JsonNode json = CellJson.tree(text);
      declared.add(
          new Row(
              json.path("unit").asText(),
              json.path("question").asText(),
              json.path("text").asText(),
              json.path("key").asText()));
    }
    return table(declared);
  }

  /// Returns the present table of some rows.
  Table table(List<Row> wanted) {
    var lines = new ArrayList<Table.Line>();
    wanted.forEach(row -> lines.add(new Table.Line(row, cell(row.key()))));
    Bill warm = Bill.NOTHING;
    for (String text : warmUps.values()) {
      warm = warm.plus(warmUpOf(text).bill());
    }
    return new Table(fact("model"), lines, warm);
  }

  /// Returns the name of the file.
  String file() {
    return store.getFileStore().getFileName();
  }

  /// Returns once everything is on disk.
  void flush() {
    store.commit();
    store.sync();
  }

  @Override
  public void close() {
    // Not compacted: every commit reuses free space, and moving chunks is a risk.
    store.close();
  }
}
