package brimful.extract.chat;

import brimful.source.Listed;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/// Finds what a Slack export tells of its people and direct messages for a day of a channel, and
/// keeps what it found last: an export has thousands of days. Without names the day is read all the
/// same.
///
/// Safe for many threads.
public final class SlackNames {
  private static final String PEOPLE = "users.json";

  /// Lists conversations of two, and who they are.
  private static final String DIRECT = "dms.json";

  private record Known(String stamp, Map<String, String> names) {}

  private volatile Known people = new Known("", Map.of());
  private volatile Known direct = new Known("", Map.of());

  private record Part(String stamp, Opening opening) {}

  @FunctionalInterface
  private interface Opening {
    InputStream open() throws IOException;
  }

  @FunctionalInterface
  private interface Parts {
    Optional<Part> of(String name) throws IOException;
  }

  @FunctionalInterface
  private interface Reading {
    Map<String, String> read(InputStream in) throws IOException;
  }

  /// Returns what is known of a day in a source.
  ///
  /// @param path its own
  public SlackWorkspace of(Listed.Content day, String path) {
    return workspace(
        path,
        name ->
            day.beside("../" + name)
                .map(one -> new Part(one.id() + " " + one.stamp(), one.content()::open)));
  }

  /// Returns what is known of a day in a zip.
  ///
  /// @param path its own, within the zip
  public SlackWorkspace of(ZipFile zip, String path) {
    String folder = folder(path);
    String above = folder.substring(0, folder.lastIndexOf('/') + 1);
    return workspace(
        path,
        name -> {
          ZipArchiveEntry entry = zip.getEntry(above + name);
          return Optional.ofNullable(entry)
              .map(one -> new Part(one.getName(), () -> zip.getInputStream(one)));
        });
  }

  private static String folder(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  private SlackWorkspace workspace(String path, Parts parts) {
    Known known = read(PEOPLE, "", parts, people, SlackPeople::read);
    people = known;
    Known direct =
        read(
            DIRECT, known.stamp(), parts, this.direct, in -> SlackPeople.direct(in, known.names()));
    this.direct = direct;
    String folder = folder(path);
    String id = folder.substring(folder.lastIndexOf('/') + 1);
    return new SlackWorkspace(known.names(), direct.names().getOrDefault(id, ""));
  }

  /// @param with what else the names depend on
  private static Known read(String name, String with, Parts parts, Known last, Reading reading) {
    try {
      Optional<Part> part = parts.of(name);
      if (part.isEmpty()) {
        return new Known("", Map.of());
      }
      String stamp = part.get().stamp() + "\n" + with;
      if (last.stamp().equals(stamp)) {
        return last;
      }
      try (InputStream in = part.get().opening().open()) {
        return new Known(stamp, Map.copyOf(reading.read(in)));
      }
    } catch (IOException e) {
      return new Known("", Map.of());
    }
  }
}
