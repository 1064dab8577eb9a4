package brimful.exhaustive.job;

import brimful.batch.ledger.LedgerFile;
import brimful.collection.Home;
import brimful.corpus.UserError;
import brimful.store.Damage;
import brimful.store.Folders;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The batches and readings that a server keeps in a home, for programs beside the server.
///
/// A running server forgets what is gone from its home, and stops what runs of it.
///
/// @param home of the server
/// @param origin where the collections are kept; see
///   [brimful.collection.library.CollectionService#origin]
public record KeptRuns(Home home, String origin) {
  private static final Logger LOG = LoggerFactory.getLogger(KeptRuns.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  /// The field of an order that says where its collections are kept.
  public static final String ORIGIN = "origin";

  private static final String LEDGER = ".ledger";

  /// What became of the batches and readings of a collection, as their folders' names.
  ///
  /// @param deleted those that are gone
  /// @param running those whose ledger somebody has: their server stops and deletes them
  /// @param others those that may be of another collection of that name, and stay
  public record Forgotten(List<String> deleted, List<String> running, List<String> others) {}

  /// Deletes all of a collection that was dropped, since their answers quote it; nothing of which
  /// it is not certain.
  public Forgotten forget(String collection) {
    var forgotten = new Forgotten(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    try {
      for (Path folder : List.of(home.batches(), home.windows().resolve(ReadingJobs.FOLDER))) {
        for (Path run : of(folder, collection)) {
          forget(run, forgotten);
        }
      }
    } catch (IOException e) {
      throw undeleted(e, collection);
    }
    return forgotten;
  }

  private void forget(Path run, Forgotten forgotten) throws IOException {
    String name = run.getFileName().toString();
    if (origin.isEmpty() || !order(run).path(ORIGIN).asText("").equals(origin)) {
      forgotten.others().add(name);
      return;
    }
    List<Path> ledgers = ledgers(run);
    if (ledgers.stream().anyMatch(LedgerFile::isInUse)) {
      // Without its order, the server that runs it stops it, and deletes the rest.
      Files.deleteIfExists(run.resolve(ReadingFiles.ORDER));
      forgotten.running().add(name);
      return;
    }
    for (Path ledger : ledgers) {
      Files.deleteIfExists(ledger);
    }
    Folders.delete(run);
    forgotten.deleted().add(name);
  }

  /// Returns the ledgers of a run: a batch has its own, a reading those of its windows.
  private List<Path> ledgers(Path run) throws IOException {
    var ledgers = new ArrayList<Path>();
    try (Stream<Path> own = Files.list(run)) {
      own.filter(file -> file.toString().endsWith(LEDGER)).forEach(ledgers::add);
    }
    ReadingFiles.ledgers(run).forEach(name -> ledgers.add(home.windows().resolve(name)));
    return ledgers;
  }

  private UserError undeleted(IOException e, String collection) {
    return new UserError(
        UserError.Kind.CANNOT_WRITE,
        "cannot delete the batches and readings of %s in %s: make it writable, and send its server DELETE /v1/collections/%1$s"
            .formatted(collection, home.cache()),
        e);
  }

  /// Returns the folders of runs of a collection.
  private static List<Path> of(Path folder, String collection) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(each -> !Damage.isAside(each) && isOf(each, collection)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read %s".formatted(folder), e);
    }
  }

  /// A batch has one collection, a reading some.
  private static boolean isOf(Path run, String collection) {
    try {
      JsonNode order = order(run);
      return order.at("/options/collection").asText("").equals(collection)
          || order.path("collections").valueStream().anyMatch(it -> it.asText().equals(collection));
    } catch (IOException e) {
      LOG.warn("order cannot be read folder={} cause={}", run, e.toString());
      return false;
    }
  }

  private static JsonNode order(Path run) throws IOException {
    Path file = run.resolve(ReadingFiles.ORDER);
    return Files.exists(file) ? JSON.readTree(file.toFile()) : JSON.createObjectNode();
  }
}
