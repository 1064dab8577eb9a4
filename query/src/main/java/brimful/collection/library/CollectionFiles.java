package brimful.collection.library;

import brimful.kafka.record.CollectionKey;
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
import java.time.Duration;
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

/// Stores collections, each as a JSON file in a folder of its own, so that a restarted server knows
/// them. A file is replaced atomically.
///
/// Renaming its file deletes a collection; the folder is deleted as soon as nobody works in it. A
/// collection with a damaged file is set aside, and the others remain. Not thread-safe.
final class CollectionFiles {
  private static final Logger LOG = LoggerFactory.getLogger(CollectionFiles.class);

  private static final String FILE = "collection.json";
  private static final String DELETED = "deleted.json";
  private static final int TAG_CHARS = 8;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final String tokenizer;

  /// @param folder contains a folder for each collection
  CollectionFiles(Path folder, String tokenizer) {
    this.folder = folder;
    this.tokenizer = tokenizer;
  }

  /// Returns a collection's folder.
  Path folder(Collection collection) {
    return folder.resolve(collection.folder());
  }

  /// Returns the name of a new collection's folder.
  static String fresh(String name) {
    return name + "~" + UUID.randomUUID().toString().substring(0, TAG_CHARS);
  }

  /// Returns the folders in which a collection of some name is kept, changing nothing.
  static List<Path> of(Path folder, String name) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(each -> each.getFileName().toString().startsWith(name + "~"))
          .filter(each -> Files.exists(each.resolve(FILE)) && !Damage.isAside(each))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read %s: make it readable".formatted(folder), e);
    }
  }

  /// Reads all collections, by name.
  Map<String, Collection> read() {
    var collections = new TreeMap<String, Collection>();
    for (Path each : folders()) {
      read(each).ifPresent(collection -> collections.put(collection.name(), collection));
    }
    return collections;
  }

  /// Returns the folders of deleted collections that still exist.
  List<Path> deleted() {
    return folders().stream()
        .filter(each -> Files.exists(each.resolve(DELETED)) && !Files.exists(each.resolve(FILE)))
        .toList();
  }

  private List<Path> folders() {
    try {
      // Not private: workers may read its uploads, too.
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

  private Optional<Collection> read(Path each) {
    Path file = each.resolve(FILE);
    try {
      return Files.exists(file)
          ? Optional.of(collection(each.getFileName().toString(), JSON.readTree(file.toFile())))
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

  void write(Collection collection) {
    ObjectNode node = JSON.createObjectNode();
    node.put("name", collection.name()).put("created", collection.created().toString());
    for (CollectionSource source : collection.sources()) {
      node.withArray("sources")
          .addObject()
          .put("id", source.id())
          .put("location", source.location())
          .put("added", source.added().toString())
          .put("synced", source.synced().toString())
          .put("job", source.job())
          .put("every", source.every().toString());
    }
    Path file = folder(collection).resolve(FILE);
    try {
      AtomicFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(node));
    } catch (IOException e) {
      throw Disk.failure(
          e, file, "the collection", "cannot write %s: make its folder writable".formatted(file));
    }
  }

  /// Marks a collection as deleted; from now on it does not exist.
  void markDeleted(Collection collection) {
    Path own = folder(collection);
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

  /// Deletes a folder; the next start deletes what cannot be deleted now.
  static void clear(Path each) {
    try {
      Folders.delete(each);
    } catch (IOException e) {
      LOG.warn("folder cannot be deleted now folder={} cause={}", each, e.toString());
    }
  }

  private Collection collection(String own, JsonNode node) {
    List<CollectionSource> sources = new ArrayList<>();
    for (JsonNode source : node.path("sources")) {
      sources.add(
          new CollectionSource(
              source.path("id").asText(),
              source.path("location").asText(),
              Instant.parse(source.path("added").asText()),
              Instant.parse(source.path("synced").asText()),
              source.path("job").asText(),
              Duration.parse(source.path("every").asText("PT0S")),
              ""));
    }
    var key = new CollectionKey(node.path("name").asText(), tokenizer);
    return new Collection(key.name(), own, Instant.parse(node.path("created").asText()), sources);
  }
}
