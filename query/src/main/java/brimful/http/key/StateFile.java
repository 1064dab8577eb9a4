package brimful.http.key;

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

/// A JSON file that other processes may replace at any time. It is reread when it has changed, and
/// set aside when it is damaged. Not thread-safe.
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

  /// Reads the file if it has changed since the last read.
  ///
  /// @param reader throws an unchecked exception if the content is invalid
  /// @return empty if the file is unchanged or missing, or was damaged and set aside
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

  /// Returns whether the last [#read] found the file unchanged.
  boolean isUnchanged() {
    return unchanged;
  }

  /// Returns where the damaged file was moved; empty if it was not damaged, or has been replaced
  /// since.
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

  /// Identifies a version of the file. Each version is a new file, so two changes within one tick
  /// of the clock are distinct.
  private String stamp() throws IOException {
    try {
      BasicFileAttributes is = Files.readAttributes(path, BasicFileAttributes.class);
      return "%s %s %s".formatted(is.lastModifiedTime().toInstant(), is.size(), is.fileKey());
    } catch (NoSuchFileException e) {
      return NONE;
    }
  }
}
