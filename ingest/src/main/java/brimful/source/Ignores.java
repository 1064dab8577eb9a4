package brimful.source;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.ignore.IgnoreNode;
import org.jspecify.annotations.Nullable;

/// The ignore files that hold at one folder: its own, and those above it, which it overrules.
///
/// Patterns and their precedence are git's, by JGit.
///
/// @param above those of the enclosing folders
/// @param base the folder's path from the top, with a final slash; empty at the top
record Ignores(Optional<Ignores> above, String base, IgnoreNode node) {
  /// Reading of an ignore file stops here, so that no file can stall a listing.
  static final int IGNORE_BYTES_MAX = 1 << 20;

  static Ignores none() {
    return new Ignores(Optional.empty(), "", new IgnoreNode());
  }

  /// What the files say of one path.
  enum Answer {
    IGNORED,
    /// A pattern with `!` took it back.
    KEPT,
    SILENT
  }

  /// Returns these ignores with a file's patterns on top, if it has any.
  ///
  /// @param base the folder that its patterns are relative to
  Ignores with(Path file, String base) {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return this;
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return with(in, base);
    } catch (IOException e) {
      // An ignore file that can't be read ignores nothing; git does the same.
      return this;
    }
  }

  Ignores with(InputStream in, String base) throws IOException {
    var node = new IgnoreNode();
    node.parse(new ByteArrayInputStream(in.readNBytes(IGNORE_BYTES_MAX)));
    return node.getRules().isEmpty() ? this : new Ignores(Optional.of(this), base, node);
  }

  /// @param path from the top, below [#base]
  Answer answer(String path, boolean folder) {
    Ignores level = this;
    while (true) {
      @Nullable Boolean ignored =
          level.node.checkIgnored(path.substring(level.base.length()), folder);
      if (ignored != null) {
        return ignored ? Answer.IGNORED : Answer.KEPT;
      }
      if (level.above.isEmpty()) {
        return Answer.SILENT;
      }
      level = level.above.get();
    }
  }
}
