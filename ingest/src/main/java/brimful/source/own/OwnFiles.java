package brimful.source.own;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// The files that Brimful wrote or was configured by, which are not sources.
///
/// All paths are real ones. Immutable.
public final class OwnFiles {
  /// No files.
  public static final OwnFiles NONE = new OwnFiles(Set.of(), Map.of(), Set.of());

  private final Set<Path> files;
  private final Map<Path, Long> outputs;
  private final Set<Path> folders;

  /// @param files that are never sources
  /// @param outputs files that Brimful wrote, with their sizes: not sources while unchanged
  /// @param folders that contain no sources
  public OwnFiles(Set<Path> files, Map<Path, Long> outputs, Set<Path> folders) {
    this.files = Set.copyOf(files);
    this.outputs = Map.copyOf(outputs);
    this.folders = Set.copyOf(folders);
  }

  /// Returns whether a folder contains no sources.
  ///
  /// @param folder by its real path
  public boolean isFolder(Path folder) {
    return folders.contains(folder);
  }

  /// Returns whether a file is not a source. A file that somebody put in the place of our output
  /// has another size and does not begin like our files.
  ///
  /// @param file by its real path
  public boolean isFile(Path file, long bytes) {
    Long written = outputs.get(file);
    return files.contains(file) || (written != null && (written == bytes || hasMark(file)));
  }

  /// Returns whether Brimful wrote a file that is there: nobody changed it since, or it begins like
  /// our files.
  ///
  /// @param file by its real path
  public boolean isOutput(Path file) {
    try {
      return Objects.equals(outputs.get(file), Files.size(file)) || hasMark(file);
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean hasMark(Path file) {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return OwnMark.isIn(in.readNBytes(OwnMark.HEAD_BYTES));
    } catch (IOException e) {
      return false;
    }
  }

  /// Returns a path without links; the file itself need not exist.
  public static Path real(Path path) {
    Path whole = path.toAbsolutePath().normalize();
    try {
      if (Files.exists(whole)) {
        return whole.toRealPath();
      }
      Path folder = whole.getParent();
      return folder == null ? whole : folder.toRealPath().resolve(whole.getFileName());
    } catch (IOException e) {
      return whole;
    }
  }
}
