package brimful.exhaustive.job;

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
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The batches and readings that a server keeps in a home, for programs beside the server.
///
/// A running server forgets what is gone from its home, and stops what runs of it.
///
/// @param home of the server
public record KeptRuns(Home home) {
  private static final Logger LOG = LoggerFactory.getLogger(KeptRuns.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Deletes all of a collection that was dropped: their answers quote it.
  ///
  /// @return how many there were
  public int forget(String collection) {
    List<Path> batches = of(home.batches(), collection);
    List<Path> readings = of(home.windows().resolve(ReadingJobs.FOLDER), collection);
    try {
      for (Path batch : batches) {
        Folders.delete(batch);
      }
    } catch (IOException e) {
      throw undeleted(e, collection);
    }
    readings.forEach(reading -> new ReadingFiles(reading).delete(this::deleteLedger));
    return batches.size() + readings.size();
  }

  /// A server that reads with it goes on with a file that nobody can open any more, until it stops.
  private void deleteLedger(String name) {
    try {
      Files.deleteIfExists(home.windows().resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private UserError undeleted(IOException e, String collection) {
    return new UserError(
        UserError.Kind.CANNOT_WRITE,
        "cannot delete the batches and readings of %s in %s: make it writable, and drop it again"
            .formatted(collection, home.cache()),
        e);
  }

  /// Returns the folders of runs of a collection.
  private static List<Path> of(Path folder, String collection) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(each -> !Damage.isAside(each) && isOf(each, collection)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read %s".formatted(folder), e);
    }
  }

  /// A batch has one collection, a reading some.
  private static boolean isOf(Path run, String collection) {
    Path file = run.resolve(ReadingFiles.ORDER);
    try {
      JsonNode order = Files.exists(file) ? JSON.readTree(file.toFile()) : JSON.createObjectNode();
      return order.at("/options/collection").asText("").equals(collection)
          || order.path("collections").valueStream().anyMatch(it -> it.asText().equals(collection));
    } catch (IOException e) {
      LOG.warn("order cannot be read file={} cause={}", file, e.toString());
      return false;
    }
  }
}
