package brimful.collection;

import brimful.index.LuceneIndex;
import brimful.source.Sources;
import brimful.store.AtomicFile;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Describes an index in a file in its folder, so that an index that nothing needs can be deleted.
/// The file's time is the index's last use.
///
/// @param locations what it was made from: absolute paths, and addresses without passwords
/// @param copies the names of the addresses' clone folders
/// @param format its format, as in [LuceneIndex#FORMAT]
public record IndexNote(
    List<String> locations, List<String> copies, String tokenizer, String format) {
  private static final String FILE = "brimful.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  public IndexNote {
    locations = List.copyOf(locations);
    copies = List.copyOf(copies);
  }

  /// Returns the note of an index that this program makes.
  public static IndexNote of(List<String> locations, String tokenizer) {
    return new IndexNote(
        locations.stream().map(IndexNote::kept).toList(),
        locations.stream()
            .flatMap(location -> Sources.copy(location, Path.of("")).stream())
            .map(copy -> copy.getFileName().toString())
            .toList(),
        tokenizer,
        LuceneIndex.FORMAT);
  }

  /// Returns the path that a location needs: of a repository at a commit, the repository.
  private static String kept(String location) {
    return Sources.isAddress(location)
        ? Sources.shown(location)
        : Sources.local(location)
            .map(path -> path.toAbsolutePath().normalize().toString())
            .orElse(location);
  }

  /// Writes the note into a folder, as used now. An index works without it, too.
  public void keep(Path folder) {
    try {
      if (read(folder).filter(this::equals).isPresent()) {
        Files.setLastModifiedTime(folder.resolve(FILE), FileTime.from(Instant.now()));
        return;
      }
      ObjectNode node = JSON.createObjectNode().put("tokenizer", tokenizer).put("format", format);
      locations.forEach(node.putArray("locations")::add);
      copies.forEach(node.putArray("copies")::add);
      AtomicFile.write(folder.resolve(FILE), JSON.writeValueAsBytes(node));
    } catch (IOException _) {
      // A read-only cache is not pruned either.
    }
  }

  /// Reads the note in a folder; empty if there is none, or it is unreadable.
  public static Optional<IndexNote> read(Path folder) {
    try {
      JsonNode node = JSON.readTree(Files.readAllBytes(folder.resolve(FILE)));
      return Optional.of(
          new IndexNote(
              texts(node.path("locations")),
              texts(node.path("copies")),
              node.path("tokenizer").asText(),
              node.path("format").asText()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static List<String> texts(JsonNode list) {
    var texts = new ArrayList<String>();
    list.forEach(one -> texts.add(one.asText()));
    return texts;
  }

  /// Returns when the index in a folder was last used.
  public static Instant used(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    return Files.getLastModifiedTime(Files.exists(file) ? file : folder).toInstant();
  }
}
