package brimful.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.corpus.HomePath;
import brimful.corpus.UserError;
import brimful.store.AtomicFile;
import brimful.store.Disk;
import brimful.store.LockWait;
import brimful.store.ProcessLock;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/// The person's configuration file, `config.properties`: read and changed by name.
///
/// It may contain keys, so only its owner can read it. A change keeps the other lines.
///
/// @param path where it is, or will be created
public record ConfigFile(Path path) {
  private static final String NAME = "config.properties";
  private static final int FILE_BYTES_MAX = 1 << 20;
  private static final String LOCK = "config.lock";

  /// A change takes milliseconds.
  private static final LockWait PATIENCE = LockWait.quiet(Duration.ofSeconds(10));

  /// Finds the file: in `$BRIMFUL_HOME`, else in `$XDG_CONFIG_HOME/brimful`, else in
  /// `~/.config/brimful`.
  public static ConfigFile of(Map<String, String> environment) {
    String own = HomePath.expanded(environment.getOrDefault("BRIMFUL_HOME", ""), environment);
    String xdg = environment.getOrDefault("XDG_CONFIG_HOME", "");
    Path folder =
        !own.isBlank()
            ? Path.of(own)
            : !xdg.isBlank()
                ? Path.of(xdg, "brimful")
                : HomeFolder.of(environment).path().resolve(".config").resolve("brimful");
    return new ConfigFile(folder.resolve(NAME));
  }

  /// Returns all entries, sorted by name; none if there is no file.
  public Map<String, String> values() {
    var properties = new Properties();
    try {
      if (!Files.exists(path)) {
        return Map.of();
      }
      if (Files.size(path) > FILE_BYTES_MAX) {
        throw new UserError(
            UserError.Kind.CONFIG,
            String.format(
                Locale.ROOT,
                "%s has more than %,d bytes: that is not a configuration",
                path,
                FILE_BYTES_MAX));
      }
      // Invalid UTF-8 is tolerated: a comment must not make a file unreadable.
      properties.load(new StringReader(new String(Files.readAllBytes(path), UTF_8)));
    } catch (IllegalArgumentException e) {
      throw new UserError(
          UserError.Kind.CONFIG,
          "%s has a broken \\u escape: write it with four hex digits".formatted(path),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var values = new TreeMap<String, String>();
    properties
        .stringPropertyNames()
        .forEach(name -> values.put(name, properties.getProperty(name)));
    return values;
  }

  /// Returns a text that is another one after each change of the file; the same while there is
  /// none.
  public String stamp() {
    try {
      var attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return "%s %s %s"
          .formatted(attributes.fileKey(), attributes.lastModifiedTime(), attributes.size());
    } catch (IOException e) {
      return "";
    }
  }

  /// Returns all entries for people, with masked keys.
  public Map<String, String> masked() {
    var shown = new TreeMap<String, String>();
    values()
        .forEach((name, value) ->
            shown.put(
                name,
                name.startsWith(SettingsReader.KEY_PREFIX) ? new ApiKey(value).masked() : value));
    return shown;
  }

  /// Sets an entry, or removes it.
  ///
  /// @param value the new value; blank removes the entry
  /// @throws UserError if the name is not known or the value is wrong
  public void set(String name, String value) {
    if (!SettingsReader.known(name)) {
      throw new UserError(UserError.Kind.USAGE, SettingsReader.unknown(name));
    }
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw new UserError(
          UserError.Kind.USAGE, "the value of " + name + " has a line break: write one line");
    }
    try {
      new SettingsReader(Map.of(), Map.of(name, value)).read(path.toAbsolutePath());
    } catch (UserError e) {
      throw new UserError(UserError.Kind.USAGE, e.line(), e);
    }
    Path file = path.toAbsolutePath();
    try (ProcessLock _ =
        ProcessLock.take(file.resolveSibling(LOCK), PATIENCE, "is changing the configuration")) {
      String lines = String.join("\n", changed(name, value.strip())) + "\n";
      AtomicFile.write(file, lines.getBytes(UTF_8));
    } catch (IOException e) {
      throw Disk.failure(
          e, file, "the configuration", "cannot write %s: make it writable".formatted(file));
    }
  }

  private List<String> changed(String name, String value) throws IOException {
    var lines = new ArrayList<String>();
    if (Files.exists(path)) {
      new String(Files.readAllBytes(path), UTF_8).lines().forEach(lines::add);
    }
    lines.removeIf(line -> line.strip().matches("\\Q" + name + "\\E\\s*([=:\\s].*)?"));
    if (!value.isEmpty()) {
      lines.add(name + "=" + value.replace("\\", "\\\\"));
    }
    return lines;
  }
}
