package brimful.exhaustive.job;

import brimful.exhaustive.WindowReader;
import brimful.store.AtomicFile;
import brimful.store.Disk;
import brimful.view.Trees;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// The files of a reading: its order, its money, and its answer.
///
/// @param folder of one reading
record ReadingFiles(Path folder) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Says that a folder is one of a reading.
  static final String ORDER = "order.json";

  private static final String MONEY = "money.json";
  private static final String ANSWER = "answer.json";

  void order(String caller, Instant created, ReadingOrder order) {
    ObjectNode kept = order.kept().put("caller", caller).put("created", created.toString());
    write(ORDER, kept);
  }

  /// Reads a reading that a server has left.
  ///
  /// @param reader knows what its last run has spent if that was killed
  ReadingJob job(WindowReader reader) {
    JsonNode kept = read(ORDER).orElseThrow();
    JsonNode money = read(MONEY).orElseGet(Trees::object);
    double spent = money.path("spent_usd").asDouble();
    if (money.has("ledger")) {
      String ledger = money.path("ledger").asText();
      spent += reader.spentSince(ledger, money.path("begun_usd").asDouble());
      end(spent);
    }
    return new ReadingJob(
        folder.getFileName().toString(),
        kept.path("caller").asText(),
        ReadingOrder.of(kept),
        Instant.parse(kept.path("created").asText()),
        this,
        spent);
  }

  /// Notes that a run begins, and that there is no answer until it ends.
  ///
  /// @param begunUsd what the ledger has spent so far
  /// @param spentUsd what earlier runs have spent
  void begin(String ledger, double begunUsd, double spentUsd) {
    write(
        MONEY,
        Trees.object().put("spent_usd", spentUsd).put("ledger", ledger).put("begun_usd", begunUsd));
    try {
      Files.deleteIfExists(folder.resolve(ANSWER));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Notes what all runs have spent.
  void end(double spentUsd) {
    write(MONEY, Trees.object().put("spent_usd", spentUsd));
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
