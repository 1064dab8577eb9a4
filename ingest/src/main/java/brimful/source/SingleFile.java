package brimful.source;

import brimful.corpus.DocumentId;
import brimful.corpus.Outcome;
import brimful.source.own.OwnFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// One file that was named directly: no rule skips it, and a link to it is followed.
///
/// @param name its id, as a path
/// @param rest whether it was named among others, as by a shell's `*`: then Brimful's own output is
///   skipped
record SingleFile(Path path, String name, Clock clock, Optional<OwnFiles> rest) implements Source {

  /// Returns the same file with another id.
  ///
  /// @param id as a path
  SingleFile named(String id) {
    return new SingleFile(path, id, clock, rest);
  }

  @Override
  public List<Listed> list() {
    try {
      var attributes = Files.readAttributes(path, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) {
        return List.of(new Listed.Left(DocumentId.of(name), new Outcome.Skipped("special file")));
      }
      if (rest.filter(own -> own.isFile(path, attributes.size())).isPresent()) {
        return List.of(new Listed.Left(DocumentId.of(name), Rule.OWN.skipped()));
      }
      Listed.File file =
          FolderSource.file(
              DocumentId.of(name),
              new FolderSource.FolderContent(path, path),
              attributes,
              clock.instant());
      return List.of(rest.isPresent() ? file : file.takenBack());
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot read the attributes of %s: make it readable".formatted(path), e);
    }
  }

  /// Whoever opens the location knows nothing of the name that it has here.
  @Override
  public DocumentId stored(Listed.File file) {
    return DocumentId.of(path.getFileName().toString());
  }

  @Override
  public String location() {
    return path.toString();
  }

  @Override
  public Optional<Extent> extent() {
    return Optional.of(Extent.of(path));
  }

  @Override
  public void close() {
    // A file holds nothing open between reads.
  }
}
