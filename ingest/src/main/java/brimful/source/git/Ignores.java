package brimful.source.git;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The ignore files that apply in one folder: its own and those above, which it overrides.
///
/// Paths are byte strings, see [ByteNames].
///
/// @param above those of the enclosing folders
/// @param base the folder's path from the top, with a final slash; empty at the top
/// @param ignoreCase whether git takes upper and lower case for one here
public record Ignores(Optional<Ignores> above, String base, IgnoreFile file, boolean ignoreCase) {
  /// Reading of an ignore file stops here, so that no file can stall a listing.
  public static final int IGNORE_BYTES_MAX = 1 << 20;

  public static Ignores none() {
    return none(false);
  }

  public static Ignores none(boolean ignoreCase) {
    return new Ignores(Optional.empty(), "", IgnoreFile.empty(), ignoreCase);
  }

  /// The verdict of the files on one path.
  public enum Answer {
    IGNORED,
    /// A pattern with `!` restored it.
    KEPT,
    SILENT
  }

  /// Returns these rules plus those of a folder's own file, if it has one. As in git, a link does
  /// not count as an ignore file.
  ///
  /// @param base the folder that its patterns are relative to
  public Ignores with(Path file, String base) {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        ? read(file, base, LinkOption.NOFOLLOW_LINKS)
        : this;
  }

  /// Returns these rules plus those of a file from elsewhere; links are followed.
  Ignores withExcludes(Path file) {
    return Files.isRegularFile(file) ? read(file, "") : this;
  }

  private Ignores read(Path file, String base, OpenOption... options) {
    try (InputStream in = Files.newInputStream(file, options)) {
      return with(in, base);
    } catch (IOException e) {
      // An unreadable ignore file ignores nothing, as in git.
      return this;
    }
  }

  public Ignores with(InputStream in, String base) throws IOException {
    return with(in.readNBytes(IGNORE_BYTES_MAX), base);
  }

  public Ignores with(byte[] bytes, String base) {
    var file = IgnoreFile.parse(bytes, ignoreCase);
    return file.patterns().isEmpty()
        ? this
        : new Ignores(Optional.of(this), base, file, ignoreCase);
  }

  /// @param path from the top, below [#base]
  public Answer answer(String path, boolean folder) {
    String asked = ignoreCase ? ByteNames.lower(path) : path;
    String name = asked.substring(asked.lastIndexOf('/') + 1);
    Ignores level = this;
    while (true) {
      @Nullable IgnorePattern last =
          level.file.last(asked.substring(level.base.length()), name, folder);
      if (last != null) {
        return last.negated() ? Answer.KEPT : Answer.IGNORED;
      }
      if (level.above.isEmpty()) {
        return Answer.SILENT;
      }
      level = level.above.get();
    }
  }
}
