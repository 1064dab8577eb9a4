package brimful.library;

import brimful.queue.CollectionKey;
import brimful.store.AtomicFile;
import brimful.store.Damage;
import brimful.store.Disk;
import brimful.store.Folders;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps what collections consist of, a JSON file in a folder each, so that a server that starts
/// again knows them. A file is replaced in one step.
///
/// A collection is deleted when its file has another name; the folder follows as soon as nobody
/// works in it. One whose file is damaged is set aside, and the others are there. Not safe for
/// several threads.
final class ShelfFiles {
  private static final Logger LOG = LoggerFactory.getLogger(ShelfFiles.class);

  private static final String FILE = "collection.json";
  private static final String DELETED = "deleted.json";
  private static final int TAG_CHARS = 8;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final String tokenizer;

  /// @param folder has a folder for each collection
  ShelfFiles(Path folder, String tokenizer) {
    this.folder = folder;
    this.tokenizer = tokenizer;
  }

  /// Returns where a collection's things are kept.
  Path folder(Shelf shelf) {
    return folder.resolve(shelf.folder());
  }

  /// Returns the name of a folder for a new collection.
  static String fresh(String name) {
    return name + "~" + UUID.randomUUID().toString().substring(0, TAG_CHARS);
  }

  /// Reads all collections, by name.
  Map<String, Shelf> read() {
    var shelves = new TreeMap<String, Shelf>();
    for (Path each : folders()) {
      read(each).ifPresent(shelf -> shelves.put(shelf.name(), shelf));
    }
    return shelves;
  }

  /// Returns the folders of collections that were deleted and are not gone yet.
  List<Path> deleted() {
    return folders().stream()
        .filter(each -> Files.exists(each.resolve(DELETED)) && !Files.exists(each.resolve(FILE)))
        .toList();
  }

  private List<Path> folders() {
    try {
      // Also for workers, which may read what is uploaded to it.
      Folders.create(folder);
      try (Stream<Path> folders = Files.list(folder)) {
        return folders.filter(each -> !Damage.isAside(each)).sorted().toList();
      }
    } catch (IOException e) {
      throw Disk.failure(
          e,
          folder,
          "the collections",
          "cannot read the collections in %s: make it readable and writable".formatted(folder));
    }
  }

  private Optional<Shelf> read(Path each) {
    Path file = each.resolve(FILE);
    try {
      return Files.exists(file)
          ? Optional.of(shelf(each.getFileName().toString(), JSON.readTree(file.toFile())))
          : Optional.empty();
    } catch (JsonProcessingException | DateTimeException | IllegalArgumentException e) {
      setAside(each, e);
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read %s: make it readable".formatted(file), e);
    }
  }

  private static void setAside(Path each, Exception why) {
    try {
      Path aside = Damage.setAside(each);
      LOG.warn("collection is damaged, set aside folder={} cause={}", aside, why.toString());
    } catch (IOException e) {
      LOG.warn("collection is damaged, passed over folder={} cause={}", each, why.toString());
    }
  }

  void write(Shelf shelf) {
    ObjectNode node = JSON.createObjectNode();
    node.put("name", shelf.name()).put("created", shelf.created().toString());
    for (Shelf.Place place : shelf.sources()) {
      node.withArray("sources")
          .addObject()
          .put("id", place.id())
          .put("location", place.location())
          .put("added", place.added().toString())
          .put("synced", place.synced().toString())
          .put("job", place.job());
    }
    Path file = folder(shelf).resolve(FILE);
    try {
      AtomicFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(node));
    } catch (IOException e) {
      throw Disk.failure(
          e, file, "the collection", "cannot write %s: make its folder writable".formatted(file));
    }
  }

  /// Marks a collection as deleted: from now on there is none.
  void markDeleted(Shelf shelf) {
    Path own = folder(shelf);
    try {
      Files.move(
          own.resolve(FILE),
          own.resolve(DELETED),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete %s: make it writable".formatted(own), e);
    }
  }

  /// Deletes a folder; what cannot be deleted now goes at the next start.
  static void clear(Path each) {
    try {
      Folders.delete(each);
    } catch (IOException e) {
      LOG.warn("folder cannot be deleted now folder={} cause={}", each, e.toString());
    }
  }

  private Shelf shelf(String own, JsonNode node) {
    List<Shelf.Place> places = new ArrayList<>();
    for (JsonNode place : node.path("sources")) {
      places.add(
          new Shelf.Place(
              place.path("id").asText(),
              place.path("location").asText(),
              Instant.parse(place.path("added").asText()),
              Instant.parse(place.path("synced").asText()),
              place.path("job").asText()));
    }
    var key = new CollectionKey(node.path("name").asText(), tokenizer);
    return new Shelf(key.name(), own, Instant.parse(node.path("created").asText()), places);
  }
}
