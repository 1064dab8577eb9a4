package brimful.extract.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The temporary folder of a parser process. A killed process leaves everything there, up to the
/// whole of a large archive, so the folder is deleted with its process.
public final class ScratchFolder {
  private static final String PREFIX = "brimful-";

  private ScratchFolder() {}

  public static Path make() throws IOException {
    return Files.createTempDirectory(PREFIX);
  }

  /// Deletes a folder that [#make] created, with its content, as far as possible; never another
  /// folder.
  public static void delete(Path folder) {
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
      // The rest is left to the system: it is in the folder for temporary files.
    }
  }
}
