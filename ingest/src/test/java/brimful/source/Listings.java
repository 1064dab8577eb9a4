package brimful.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.source.git.GitEnvironment;
import brimful.source.own.OwnFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What the tests of this package share: a clock, files to write, and listings to look at.
public final class Listings {
  static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  private Listings() {}

  public static Path write(Path root, String path, String text) {
    return write(root.resolve(path), text);
  }

  private static Path write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
      Files.setLastModifiedTime(file, FileTime.from(NOW.minusSeconds(3600)));
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Writes a file below a folder whose path is any bytes, whatever encoding this process has.
  static Path write(Path root, byte[] path, String text) {
    var percents = new StringBuilder();
    for (byte b : path) {
      percents.append(b == '/' ? "/" : "%" + HexFormat.of().withUpperCase().toHexDigits(b));
    }
    String base = root.toUri().getRawPath().replaceFirst("/$", "");
    return write(Path.of(URI.create("file://" + base + "/" + percents)), text);
  }

  static FolderSource folder(Path root) {
    return folder(root, Rules.standard());
  }

  static FolderSource folder(Path root, Rules rules) {
    return new FolderSource(
        root, rules, CLOCK, new GitEnvironment(Map.of("GIT_CONFIG_NOSYSTEM", "1")), OwnFiles.NONE);
  }

  /// Returns each id with `read`, or why it is left out.
  static Map<String, String> verdicts(Source source) {
    var verdicts = new TreeMap<String, String>();
    for (Listed listed : source.list()) {
      String verdict =
          switch (listed) {
            case Listed.File _ -> "read";
            case Listed.Left(_, var outcome) -> outcome.display();
          };
      verdicts.put(listed.id().value(), verdict);
    }
    return verdicts;
  }

  static List<String> read(Source source) {
    return source.list().stream()
        .filter(Listed.File.class::isInstance)
        .map(listed -> listed.id().value())
        .toList();
  }

  static Listed.File file(Source source, String id) {
    return source.list().stream()
        .filter(listed -> listed.id().value().equals(id))
        .map(Listed.File.class::cast)
        .findFirst()
        .orElseThrow();
  }

  static String text(Listed.File file) {
    try (InputStream in = file.content().open()) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
