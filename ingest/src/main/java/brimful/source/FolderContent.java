package brimful.source;

import brimful.corpus.DocumentId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;

/// The bytes of a file below a folder. No link is followed: the path may have become one since the
/// listing.
///
/// @param root what nothing beside the file may lie outside of, by its real path
record FolderContent(Path root, Path path) implements Listed.Content {

  @Override
  public InputStream open() throws IOException {
    return Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public Optional<Listed.File> beside(String relative) throws IOException {
    Path other = path.resolveSibling(relative).normalize();
    if (!other.startsWith(root) || other.equals(root)) {
      return Optional.empty();
    }
    try {
      // The real path differs where a link is in the way.
      if (!other.toRealPath().equals(other)) {
        return Optional.empty();
      }
      var attributes =
          Files.readAttributes(other, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return attributes.isRegularFile()
          ? Optional.of(
              FolderSource.file(
                  DocumentId.of(root.relativize(other).toString()),
                  new FolderContent(root, other),
                  attributes,
                  Instant.MAX))
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }
}
