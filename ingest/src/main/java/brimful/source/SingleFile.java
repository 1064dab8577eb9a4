package brimful.source;

import brimful.corpus.DocumentId;
import brimful.corpus.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.util.List;

/// One file that was asked for by name: no rule leaves it out, and a link to it is followed.
record SingleFile(Path path, String name, Clock clock) implements Source {

  @Override
  public List<Listed> list() {
    try {
      var attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return attributes.isRegularFile()
          ? List.of(FolderSource.file(DocumentId.of(name), path, attributes, clock.instant()))
          : List.of(new Listed.Left(DocumentId.of(name), new Outcome.Skipped("special file")));
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look at %s: make it readable".formatted(path), e);
    }
  }

  @Override
  public String location() {
    return path.toString();
  }

  @Override
  public void close() {
    // A file holds nothing open between reads.
  }
}
