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

/// What an index is for, as a file in its folder says, so that it can be deleted when nothing needs
/// it any more. When it was last used is the time of that file.
///
/// @param locations that it was made from: absolute paths, and addresses without passwords
/// @param copies the names of the folders that addresses are copied to
/// @param format what it is made of, as [LuceneIndex#FORMAT]
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

  /// Of a repository at a commit, the repository is what can be gone.
  private static String kept(String location) {
    return Sources.isAddress(location)
        ? Sources.shown(location)
        : Sources.local(location)
            .map(path -> path.toAbsolutePath().normalize().toString())
            .orElse(location);
  }

  /// Keeps the note in a folder, used just now. An index without one works all the same.
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
      // A cache that cannot be written is not pruned either.
    }
  }

  /// Reads the note in a folder; empty if there is none that can be read.
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
