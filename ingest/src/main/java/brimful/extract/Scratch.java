package brimful.extract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The folder for what a parsing process puts on disk. A process that is killed leaves everything
/// there, up to the whole of a large archive, so the folder goes when its process goes.
final class Scratch {
  private static final String PREFIX = "brimful-";

  private Scratch() {}

  static Path make() throws IOException {
    return Files.createTempDirectory(PREFIX);
  }

  /// Deletes a folder that [#make] made and what is in it, as far as that goes; no other folder.
  static void delete(Path folder) {
    Path name = folder.getFileName();
    if (name == null || !name.toString().startsWith(PREFIX)) {
      return;
    }
    try (Stream<Path> walk = Files.walk(folder)) {
      List<Path> deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | java.io.UncheckedIOException e) {
      // What stays is the system's to clean: it is in its folder for temporary files.
    }
  }
}
