package brimful.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// The person's home folder, or a folder that stands in for it where there is none.
///
/// A service or a container often runs as a user without a home: `HOME` is unset, or names `/` or a
/// folder that does not exist, and Java says `?`. Then a folder for temporary files takes its
/// place, which only its owner may enter.
///
/// @param makeshift whether it is a stand-in, whose content may be gone after a restart
public record HomeFolder(Path path, boolean makeshift) {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  /// Finds the folder: `HOME`, else `USERPROFILE`, else what Java takes for it.
  public static HomeFolder of(Map<String, String> environment) {
    return of(
        environment,
        System.getProperty("user.home", ""),
        Path.of(System.getProperty("java.io.tmpdir")));
  }

  /// @param java what Java takes for the person's home
  /// @param temporary where a stand-in is made
  static HomeFolder of(Map<String, String> environment, String java, Path temporary) {
    return Stream.of(
            environment.getOrDefault("HOME", ""), environment.getOrDefault("USERPROFILE", ""), java)
        .filter(HomeFolder::serves)
        .findFirst()
        .map(name -> new HomeFolder(Path.of(name), false))
        .orElseGet(() -> new HomeFolder(standIn(temporary), true));
  }

  private static boolean serves(String name) {
    try {
      Path path = Path.of(name);
      // A home that cannot be written to still serves who has made our folders there.
      return path.isAbsolute()
          && Stream.of(path, path.resolve(".cache"), path.resolve(".config"))
              .anyMatch(folder -> Files.isDirectory(folder) && Files.isWritable(folder));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /// Returns a folder of a lasting name, or, where somebody else has made one of that name, of a
  /// new one: what lies in it is believed.
  private static Path standIn(Path temporary) {
    try {
      Path probe = Files.createTempFile(temporary, "brimful-", "");
      String owner = Files.getOwner(probe).getName();
      Files.delete(probe);
      Path folder = temporary.resolve("brimful-" + owner.replaceAll("[^\\w.-]", "_"));
      try {
        Files.createDirectory(folder);
      } catch (FileAlreadyExistsException e) {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
            || !Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).getName().equals(owner)) {
          return Files.createTempDirectory(temporary, "brimful-");
        }
      }
      if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(folder, OWNER_ONLY);
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "there is no home folder, and none can be made in %s: set BRIMFUL_HOME to a folder"
              .formatted(temporary),
          e);
    }
  }
}
