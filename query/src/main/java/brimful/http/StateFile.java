package brimful.http;

import brimful.http.edge.HttpJson;
import brimful.store.AtomicFile;
import brimful.store.Damage;
import brimful.store.Disk;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A JSON file that other processes replace at any time: read again when it is another one, and set
/// aside when it is damaged. Not safe for several threads.
final class StateFile {
  private static final Logger LOG = LoggerFactory.getLogger(StateFile.class);
  private static final String NEVER = "never";
  private static final String NONE = "none";

  private final Path path;
  private String seen = NEVER;
  private boolean unchanged;
  private Optional<Path> aside = Optional.empty();

  StateFile(Path path) {
    this.path = path;
  }

  /// Reads the file, if it is another one than was read before.
  ///
  /// @param reader throws an unchecked exception if the content is not what it should be
  /// @return empty if it is the same, if there is none, and if it was damaged and set aside
  <T> Optional<T> read(Function<JsonNode, T> reader) {
    try {
      String now = stamp();
      unchanged = now.equals(seen);
      if (unchanged) {
        return Optional.empty();
      }
      seen = now;
      if (now.equals(NONE)) {
        return Optional.empty();
      }
      byte[] bytes = Files.readAllBytes(path);
      try {
        JsonNode node = HttpJson.read(new String(bytes, StandardCharsets.UTF_8));
        if (!node.isObject()) {
          throw new IllegalArgumentException("it holds no JSON object");
        }
        T read = reader.apply(node);
        aside = Optional.empty();
        return Optional.of(read);
      } catch (RuntimeException e) {
        if (stamp().equals(now)) {
          setAside(e);
        } else {
          // Another process has replaced it meanwhile.
          seen = NEVER;
        }
        return Optional.empty();
      }
    } catch (NoSuchFileException e) {
      seen = NEVER;
      return Optional.empty();
    } catch (IOException e) {
      seen = NEVER;
      throw new UncheckedIOException("cannot read %s: make it readable".formatted(path), e);
    }
  }

  private void setAside(RuntimeException why) throws IOException {
    Path moved = Damage.setAside(path);
    aside = Optional.of(moved);
    seen = NONE;
    LOG.warn("file is damaged, set aside file={} cause={}", moved, why.toString());
  }

  /// Whether the last [#read] found the file that it had read before.
  boolean isUnchanged() {
    return unchanged;
  }

  /// Returns where the file was put because it was damaged; empty if it was not, or there is
  /// another one by now.
  Optional<Path> aside() {
    return aside;
  }

  /// Replaces the file.
  void write(byte[] bytes) {
    try {
      AtomicFile.write(path, bytes);
      seen = NEVER;
    } catch (IOException e) {
      throw Disk.failure(
          e,
          path,
          String.valueOf(path.getFileName()),
          "cannot write %s: make its folder writable".formatted(path));
    }
  }

  /// Tells one file from another: each is a new one, so that two changes within one tick of the
  /// clock are seen.
  private String stamp() throws IOException {
    try {
      BasicFileAttributes is = Files.readAttributes(path, BasicFileAttributes.class);
      return "%s %s %s".formatted(is.lastModifiedTime().toInstant(), is.size(), is.fileKey());
    } catch (NoSuchFileException e) {
      return NONE;
    }
  }
}
