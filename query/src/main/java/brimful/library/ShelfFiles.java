package brimful.library;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Keeps what collections consist of, a JSON file each, so that a server that starts again knows
/// them. A file is replaced in one step. Not safe for several threads.
final class ShelfFiles {
  private static final String FILE = "collection.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;

  /// @param folder has a folder for each collection
  ShelfFiles(Path folder) {
    this.folder = folder;
  }

  /// Returns where a collection's things are kept.
  Path folder(String name) {
    return folder.resolve(name);
  }

  /// Reads all collections, by name.
  Map<String, Shelf> read() {
    var shelves = new TreeMap<String, Shelf>();
    try {
      // Also for workers, which may read what is uploaded to it.
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make %s: make it writable".formatted(folder), e);
    }
    try (Stream<Path> folders = Files.list(folder)) {
      for (Path each : folders.toList()) {
        Path file = each.resolve(FILE);
        if (Files.exists(file)) {
          Shelf shelf = shelf(JSON.readTree(file.toFile()));
          shelves.put(shelf.name(), shelf);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the collections in %s".formatted(folder), e);
    }
    return shelves;
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
    Path file = folder(shelf.name()).resolve(FILE);
    try {
      Files.createDirectories(folder(shelf.name()));
      Path draft = Files.createTempFile(folder(shelf.name()), "collection", ".json");
      Files.write(draft, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(node));
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot write %s: make its folder writable".formatted(file), e);
    }
  }

  private static Shelf shelf(JsonNode node) {
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
    return new Shelf(
        node.path("name").asText(), Instant.parse(node.path("created").asText()), places);
  }
}
