package brimful.cli.setup;

import brimful.collection.Home;
import brimful.model.ConfigFile;
import brimful.store.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What Brimful has made on this machine, by the names that it gives; whatever else lies in the
/// same folders is somebody else's.
///
/// @param home where caches are
/// @param configuration where settings are; may be the same folder
/// @param installed the folder of an unpacked archive that is running
public record OwnPaths(Path home, Path configuration, Optional<Path> installed) {
  /// Tells where an archive is unpacked; its launcher sets it.
  private static final String INSTALLED = "BRIMFUL_INSTALLED";

  private static final SequencedMap<String, String> CACHES = caches();

  private static final SequencedMap<String, String> SETTINGS = settings();

  private static final List<String> ARCHIVE =
      List.of(
          "bin/brimful",
          "lib",
          "runtime",
          "LICENSE",
          "NOTICE",
          "README.md",
          "CHANGELOG.md",
          "SECURITY.md");

  private static final Set<String> ARCHIVE_PROOF =
      Set.of("bin/brimful", "lib/brimful.jar", "runtime/bin/java");

  private static final Pattern SET_ASIDE = Pattern.compile("\\.(damaged-.*|rebuilt|dropped)");

  /// One file or folder.
  ///
  /// @param what for people
  public record Part(Path path, String what, long bytes) {}

  public static OwnPaths of(Map<String, String> environment) {
    String installed = environment.getOrDefault(INSTALLED, "");
    return new OwnPaths(
        Home.of(environment).cache(),
        ConfigFile.of(environment).path().toAbsolutePath().resolveSibling(""),
        installed.isBlank() ? Optional.empty() : archive(Path.of(installed)));
  }

  private static SequencedMap<String, String> caches() {
    var names = new LinkedHashMap<String, String>();
    names.put("index", "indexes");
    names.put("readers", "indexes of older versions");
    names.put("git", "copies of git repositories");
    names.put("dense", "vectors and the encoder");
    names.put("ocr", "what OCR has read");
    names.put("transcripts", "what was said in recordings");
    names.put("library", "a server's collections, with uploads");
    names.put("batches", "a server's batches");
    names.put("windows", "what readings of whole corpora have asked and paid");
    names.put("conversations", "the conversations of a server's users");
    names.put("chat-history", "the lines that were typed in sessions");
    names.put("collections", "indexes of collections in Kafka");
    names.put("dev-broker", "the development broker's data");
    names.put("outputs.tsv", "the list of written files");
    names.put("library.lock", "a lock");
    return names;
  }

  private static SequencedMap<String, String> settings() {
    var names = new LinkedHashMap<String, String>();
    names.put("config.properties", "settings");
    names.put("keys.json", "a server's keys, hashed");
    names.put("token-factors.json", "what local runners taught about token counts");
    names.put("spending.log", "the record of spending");
    names.put("spending.log.lock", "a lock");
    names.put("config.lock", "a lock");
    names.put("keys.lock", "a lock");
    return names;
  }

  /// Returns the folder if an archive is unpacked there, and nothing that only looks like one.
  private static Optional<Path> archive(Path folder) {
    return ARCHIVE_PROOF.stream().allMatch(name -> Files.isRegularFile(folder.resolve(name)))
        ? Optional.of(folder.toAbsolutePath())
        : Optional.empty();
  }

  /// Returns what is in the cache.
  public List<Part> caches(Path folder) {
    return parts(folder, CACHES);
  }

  /// Returns all that Brimful made, apart from the program.
  public List<Part> made() {
    return Stream.concat(parts(home, CACHES).stream(), parts(configuration, SETTINGS).stream())
        .toList();
  }

  /// Returns the parts of the program; none for a checkout.
  public List<Part> program() {
    return installed
        .map(folder ->
            ARCHIVE.stream()
                .map(folder::resolve)
                .filter(path -> Files.exists(path, LinkOption.NOFOLLOW_LINKS))
                .map(path -> part(path, "the program"))
                .toList())
        .orElse(List.of());
  }

  private static List<Part> parts(Path folder, Map<String, String> names) {
    var all = new ArrayList<Part>();
    names.forEach((name, what) -> {
      for (Path path : named(folder, name)) {
        all.add(part(path, what));
      }
    });
    return all;
  }

  /// Returns the file of a name, and those that were set aside from it.
  private static List<Path> named(Path folder, String name) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(path -> {
            String is = path.getFileName().toString();
            return is.equals(name)
                || (is.startsWith(name)
                    && SET_ASIDE.matcher(is.substring(name.length())).matches());
          })
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read %s: make it readable".formatted(folder), e);
    }
  }

  private static Part part(Path path, String what) {
    try {
      return new Part(path, what, Folders.bytes(path));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read %s: make it readable".formatted(path), e);
    }
  }

  /// Deletes a part; a link is removed and not followed.
  public static void delete(Part part) {
    try {
      Folders.delete(part.path());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot delete %s: delete it yourself".formatted(part.path()), e);
    }
  }

  /// Removes folders that deletion has left empty; others stay.
  public void deleteEmptyFolders() {
    var folders = new ArrayList<>(List.of(home, configuration));
    installed.ifPresent(folder -> folders.addAll(List.of(folder.resolve("bin"), folder)));
    for (Path folder : folders) {
      try {
        Files.deleteIfExists(folder);
      } catch (IOException e) {
        // It has something of somebody else's.
      }
    }
  }
}
