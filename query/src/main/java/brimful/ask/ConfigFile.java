package brimful.ask;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/// The person's configuration file, `config.properties`: read and changed by name.
///
/// It may hold keys, so only its owner can read it. A change keeps the other lines as they are.
///
/// @param path where it is, or will be
public record ConfigFile(Path path) {
  private static final String NAME = "config.properties";
  private static final int FILE_BYTES_MAX = 1 << 20;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  /// Finds the file: in `$BRIMFUL_HOME`, else in `$XDG_CONFIG_HOME/brimful`, else in
  /// `~/.config/brimful`.
  public static ConfigFile of(Map<String, String> environment) {
    String own = environment.getOrDefault("BRIMFUL_HOME", "");
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
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s has more than %,d bytes: that is no configuration",
                path,
                FILE_BYTES_MAX));
      }
      // Bytes that are not UTF-8 are read as such: a comment must not make a file unreadable.
      properties.load(new StringReader(new String(Files.readAllBytes(path), UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var values = new TreeMap<String, String>();
    properties
        .stringPropertyNames()
        .forEach(name -> values.put(name, properties.getProperty(name)));
    return values;
  }

  /// Returns all entries for people: keys are masked.
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
  /// @throws IllegalArgumentException if the name is not known or the value is wrong
  public void set(String name, String value) {
    if (!SettingsReader.known(name)) {
      throw new IllegalArgumentException(SettingsReader.unknown(name));
    }
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "the value of " + name + " has a line break: write one line");
    }
    new SettingsReader(Map.of(), Map.of(name, value)).read(path.toAbsolutePath());
    try {
      write(changed(name, value.strip()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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

  /// Writes beside the file and moves it there, so that a kill leaves the old one or the new one.
  private void write(List<String> lines) throws IOException {
    Path file = path.toAbsolutePath();
    Path folder = file.getParent() == null ? file : file.getParent();
    Files.createDirectories(folder);
    boolean posix = Files.getFileStore(folder).supportsFileAttributeView("posix");
    FileAttribute<?>[] owner =
        posix
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
            : new FileAttribute<?>[0];
    Path fresh = Files.createTempFile(folder, NAME, ".new", owner);
    try {
      Files.write(fresh, lines, UTF_8);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
