package brimful.extract.chat;

import brimful.source.Listed;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/// Finds the names of a Slack workspace's people for a day of a channel, and keeps those found
/// last: an export has thousands of days. Without names the day is read all the same.
///
/// Safe for many threads.
public final class SlackNames {
  private static final String FILE = "users.json";

  private record Known(String stamp, Map<String, String> names) {}

  private volatile Known last = new Known("", Map.of());

  /// Returns the names beside a file of a source.
  public Map<String, String> of(Listed.Content day) {
    try {
      Optional<Listed.File> users = day.beside("../" + FILE);
      if (users.isEmpty()) {
        return Map.of();
      }
      return of(users.get().id() + " " + users.get().stamp(), users.get().content()::open);
    } catch (IOException e) {
      return Map.of();
    }
  }

  /// Returns the names in a zip.
  ///
  /// @param path the day's own, within the zip
  public Map<String, String> of(ZipFile zip, String path) {
    int folder = path.lastIndexOf('/', Math.max(0, path.lastIndexOf('/') - 1));
    ZipArchiveEntry users = zip.getEntry(path.substring(0, folder + 1) + FILE);
    try {
      return users == null ? Map.of() : of(users.getName(), () -> zip.getInputStream(users));
    } catch (IOException e) {
      return Map.of();
    }
  }

  private interface Opening {
    InputStream open() throws IOException;
  }

  private Map<String, String> of(String stamp, Opening opening) throws IOException {
    Known known = last;
    if (!known.stamp().equals(stamp)) {
      try (InputStream in = opening.open()) {
        known = new Known(stamp, Map.copyOf(SlackPeople.read(in)));
      }
      last = known;
    }
    return known.names();
  }
}
