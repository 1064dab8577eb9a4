package brimful.exhaustive.job;

import brimful.exhaustive.WindowReader;
import brimful.store.AtomicFile;
import brimful.store.Disk;
import brimful.store.Folders;
import brimful.view.JsonTrees;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The files of a reading: its order, its money, and its answer.
///
/// @param folder of one reading
record ReadingFiles(Path folder) {
  private static final Logger LOG = LoggerFactory.getLogger(ReadingFiles.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Says that a folder is one of a reading.
  static final String ORDER = "order.json";

  private static final String MONEY = "money.json";
  private static final String ANSWER = "answer.json";
  private static final String LEDGER = "ledger";
  private static final String LEDGERS = "ledgers.txt";
  private static final String UNKNOWN = "spent_unknown";
  private static final String KILLED = "killed";

  /// @param origin where its collections are kept
  void order(String caller, Instant created, ReadingOrder order, String origin) {
    ObjectNode kept =
        order
            .kept()
            .put("caller", caller)
            .put("created", created.toString())
            .put(KeptRuns.ORIGIN, origin);
    write(ORDER, kept);
  }

  /// Reads a reading that a server has left.
  ///
  /// @param reader knows what its last run has spent if that was killed
  ReadingJob job(WindowReader reader) {
    JsonNode kept = read(ORDER).orElseThrow();
    return new ReadingJob(
        folder.getFileName().toString(),
        kept.path("caller").asText(),
        ReadingOrder.of(kept),
        Instant.parse(kept.path("created").asText()),
        this,
        money(reader));
  }

  /// What a reading has cost.
  ///
  /// @param known whether that is all: the ledger of a killed run may be lost
  /// @param killed whether a run has begun, and has not ended
  record Money(double spentUsd, boolean known, boolean killed) {
    static final Money NONE = new Money(0, true, false);

    ObjectNode kept() {
      ObjectNode node = JsonTrees.object().put("spent_usd", spentUsd);
      if (!known) {
        node.put(UNKNOWN, true);
      }
      return killed ? node.put(KILLED, true) : node;
    }
  }

  private Money money(WindowReader reader) {
    JsonNode kept = read(MONEY).orElseGet(JsonTrees::object);
    double spent = kept.path("spent_usd").asDouble();
    boolean known = !kept.path(UNKNOWN).asBoolean();
    if (!kept.has(LEDGER)) {
      return new Money(spent, known, kept.path(KILLED).asBoolean());
    }
    try {
      double last =
          reader.spentSince(kept.path(LEDGER).asText(), kept.path("begun_usd").asDouble());
      var all = new Money(spent + last, known, true);
      end(all);
      return all;
    } catch (RuntimeException e) {
      // The file stays: the ledger may come back.
      LOG.warn("spending of reading is not known folder={} cause={}", folder, e.toString());
      return new Money(spent, false, true);
    }
  }

  /// Notes that a run begins. An answer of an earlier one stays until there is another.
  ///
  /// @param begunUsd what the ledger has spent so far
  /// @param earlier what earlier runs have spent
  void begin(String ledger, double begunUsd, Money earlier) {
    note(ledger);
    write(MONEY, earlier.kept().put(LEDGER, ledger).put("begun_usd", begunUsd));
  }

  /// Notes what all runs have spent.
  void end(Money spent) {
    write(MONEY, spent.kept());
  }

  /// Deletes all of it, with the ledgers that it read with: they quote the collection.
  ///
  /// @param ledger deletes the ledger of a name
  void delete(Consumer<String> ledger) {
    try {
      ledgers(folder).forEach(ledger);
      Folders.delete(folder);
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("reading cannot be deleted folder={} cause={}", folder, e.toString());
    }
  }

  /// Returns the names of the ledgers that it read with.
  static List<String> ledgers(Path folder) throws IOException {
    Path names = folder.resolve(LEDGERS);
    return Files.exists(names) ? Files.readAllLines(names).stream().distinct().toList() : List.of();
  }

  private void note(String ledger) {
    try {
      Files.writeString(
          folder.resolve(LEDGERS),
          ledger + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw Disk.failure(e, folder, "the reading", "cannot keep a reading in %s".formatted(folder));
    }
  }

  void answer(JsonNode answer) {
    write(ANSWER, answer);
  }

  Optional<JsonNode> answer() {
    return read(ANSWER);
  }

  private void write(String name, JsonNode json) {
    try {
      AtomicFile.write(folder.resolve(name), json.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw Disk.failure(e, folder, "the reading", "cannot keep a reading in %s".formatted(folder));
    }
  }

  private Optional<JsonNode> read(String name) {
    Path file = folder.resolve(name);
    try {
      return Files.exists(file)
          ? Optional.of(JSON.readTree(Files.readString(file)))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
