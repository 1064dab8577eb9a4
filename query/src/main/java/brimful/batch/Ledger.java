package brimful.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/// What is known of every cell, on disk before anything else happens.
///
/// A cell is [Cell.Sent] on the disk before its call leaves, and what came of it is there before
/// the next one does. So whatever kills the program, the next run knows of each call that may have
/// been billed. Cells are found by what they depend on: the unit's content, the question, the model
/// and the words of the prompt; those of changed documents stay, for their money was spent.
///
/// One process has the file at a time. Safe for many threads.
public final class Ledger implements AutoCloseable {
  private static final int MEMORY_MB = 16;
  private static final int COMPACT_MILLIS_MAX = 200;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final MVStore store;
  private final MVMap<String, String> cells;
  private final MVMap<Integer, String> rows;
  private final MVMap<String, String> warmUps;
  private final MVMap<String, String> facts;

  private Ledger(MVStore store) {
    this.store = store;
    cells = store.openMap("cells");
    rows = store.openMap("rows");
    warmUps = store.openMap("warm-ups");
    facts = store.openMap("facts");
  }

  /// Another process has the ledger.
  public static final class InUse extends RuntimeException {
    private static final long serialVersionUID = 1;

    InUse(Path file) {
      super(
          "%s is in use by another run: wait for it, or stop it".formatted(file),
          null,
          false,
          false);
    }
  }

  /// Opens a ledger, which is made if it is not there.
  ///
  /// @throws InUse if another process has it
  public static Ledger open(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      return new Ledger(builder(file).open());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep a ledger in %s".formatted(file), e);
    } catch (MVStoreException e) {
      if (e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
        throw new InUse(file);
      }
      throw new UncheckedIOException(
          "%s is no ledger, or is damaged: name another file for the table".formatted(file),
          new IOException(e));
    }
  }

  /// Returns the table as it is in a ledger, which may be in use: a copy is read.
  public static Table peek(Path file) {
    try {
      Path copy = Files.createTempFile("brimful-ledger", ".copy");
      try {
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        try (Ledger ledger = open(copy)) {
          return ledger.table();
        }
      } finally {
        Files.deleteIfExists(copy);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MVStore.Builder builder(Path file) {
    return new MVStore.Builder()
        // Not by NIO, whose channels a thread closes for all when it is interrupted.
        .fileName("file:" + file.toAbsolutePath())
        .autoCommitDisabled()
        .cacheSize(MEMORY_MB);
  }

  /// Says what the batch consists of now.
  synchronized void begin(String model, List<Row> wanted) {
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
  synchronized int recover() {
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
  synchronized int retryFailed() {
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
  synchronized Cell cell(String key) {
    String json = cells.get(key);
    return json == null ? Cell.UNTOUCHED : CellJson.read(json);
  }

  /// Writes cells, all or none, and returns when they are on the disk.
  synchronized void put(Map<String, ? extends Cell> changed) {
    changed.forEach((key, cell) -> cells.put(key, CellJson.write(cell)));
    flush();
  }

  /// A call that only stored a unit's documents in the provider's cache.
  ///
  /// @param at when it was sent
  record WarmUp(Instant at, Bill bill) {}

  synchronized Optional<WarmUp> warmUp(String key) {
    return Optional.ofNullable(warmUps.get(key)).map(Ledger::parsed);
  }

  private static WarmUp parsed(String text) {
    JsonNode json = CellJson.tree(text);
    return new WarmUp(Instant.parse(json.path("at").asText()), CellJson.bill(json.path("bill")));
  }

  /// Writes a warm-up; before it is answered, its bill is that of a call of unknown fate.
  synchronized void put(String key, WarmUp warmUp) {
    var json = JSON.createObjectNode().put("at", warmUp.at().toString());
    CellJson.write(json.putObject("bill"), warmUp.bill());
    warmUps.put(key, json.toString());
    flush();
  }

  /// Returns the batch as it stands.
  public synchronized Table table() {
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
  synchronized double mostUsd() {
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
  public synchronized void close() {
    store.close(COMPACT_MILLIS_MAX);
  }
}
