package brimful.cli.project;

import brimful.corpus.UserError;
import brimful.source.Sources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/// The file of settings that holds for a folder: the nearest one in it or above it, up to the top
/// of its repository; outside of a repository, the folder's own.
///
/// @param file where it is
/// @param root the top of the project
public record ProjectFile(Path file, Path root, ProjectSettings settings) {
  public static final String NAME = ".brimful.yml";

  private static final int BYTES_MAX = 64 << 10;

  /// Finds and reads the file that holds for a folder.
  ///
  /// @return empty if there is none
  /// @throws UserError if it cannot be understood
  public static Optional<ProjectFile> around(Path folder) {
    Path real = real(folder);
    Path root = Sources.workTree(real).orElse(real);
    for (Path at = real; at != null && at.startsWith(root); at = at.getParent()) {
      Path file = at.resolve(NAME);
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        return Optional.of(read(file, root));
      }
    }
    return Optional.empty();
  }

  private static ProjectFile read(Path file, Path root) {
    // A link could make a message tell what is in another file.
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw error(file, "is no file of its own: write settings into it, or remove it");
    }
    try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] bytes = in.readNBytes(BYTES_MAX + 1);
      if (bytes.length > BYTES_MAX) {
        throw error(file, "is larger than 64 KiB: keep settings only");
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return new ProjectFile(file, root, new ProjectReader(file, root).read(text));
    } catch (CharacterCodingException e) {
      throw error(file, "is not UTF-8: save it as UTF-8");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read %s: make it readable".formatted(file), e);
    }
  }

  static UserError error(Path file, String line) {
    return new UserError(UserError.Kind.CONFIG, "%s %s".formatted(file, line));
  }

  static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot read the attributes of %s: make it readable".formatted(path), e);
    }
  }

  /// Returns the path of a folder in the project as ids have it, as seen from the file.
  ///
  /// @return with a final slash; empty for the file's own folder
  public String below(Path folder) {
    String below = file.resolveSibling("").relativize(real(folder)).toString().replace('\\', '/');
    return below.isEmpty() ? "" : below + "/";
  }

  /// Returns one line for people: the file, and what it sets.
  public String display() {
    return settings.isEmpty()
        ? "%s sets nothing".formatted(file)
        : "%s sets %s".formatted(file, String.join(", ", settings.names()));
  }
}
