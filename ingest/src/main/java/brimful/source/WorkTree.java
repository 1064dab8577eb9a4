package brimful.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;

/// A git work tree as far as listing its files needs it; read without opening a repository.
///
/// @param root its top folder
/// @param gitFolder where its index lies
/// @param commonFolder where its `info/exclude` lies; another than `gitFolder` only in a work tree
///   that `git worktree` added
record WorkTree(Path root, Path gitFolder, Path commonFolder) {
  private static final String POINTER = "gitdir:";
  private static final int FOLDERS_UP_MAX = 100;

  /// Finds the work tree that a folder lies in.
  static Optional<WorkTree> around(Path folder) {
    Path at = folder;
    for (int up = 0; up < FOLDERS_UP_MAX && at != null; up++) {
      Path dotGit = at.resolve(".git");
      if (Files.isDirectory(dotGit)) {
        return Optional.of(new WorkTree(at, dotGit, dotGit));
      }
      if (Files.isRegularFile(dotGit)) {
        return pointedTo(at, dotGit);
      }
      at = at.getParent();
    }
    return Optional.empty();
  }

  TrackedFiles tracked() {
    return TrackedFiles.read(gitFolder.resolve("index"));
  }

  /// Returns what holds at the top: the user's own excludes, then those of the repository.
  Ignores excludes(Path home) {
    return Ignores.none()
        .with(globalExcludes(home), "")
        .with(commonFolder.resolve("info/exclude"), "");
  }

  private static Path globalExcludes(Path home) {
    Path standard = home.resolve(".config/git/ignore");
    Path userConfig = home.resolve(".gitconfig");
    try {
      if (!Files.isRegularFile(userConfig)) {
        return standard;
      }
      var config = new Config();
      config.fromText(Files.readString(userConfig));
      String named = config.getString("core", null, "excludesFile");
      if (named == null) {
        return standard;
      }
      return named.startsWith("~/") ? home.resolve(named.substring(2)) : home.resolve(named);
    } catch (IOException | ConfigInvalidException e) {
      // Without a readable configuration there are no excludes of the user's.
      return standard;
    }
  }

  private static Optional<WorkTree> pointedTo(Path root, Path dotGit) {
    try {
      String line = Files.readString(dotGit).strip();
      if (!line.startsWith(POINTER)) {
        return Optional.empty();
      }
      Path gitFolder = root.resolve(line.substring(POINTER.length()).strip()).normalize();
      Path common = gitFolder.resolve("commondir");
      Path commonFolder =
          Files.isRegularFile(common)
              ? gitFolder.resolve(Files.readString(common).strip()).normalize()
              : gitFolder;
      return Optional.of(new WorkTree(root, gitFolder, commonFolder));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
