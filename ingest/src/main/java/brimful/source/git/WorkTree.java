package brimful.source.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A git work tree as far as listing its files needs it; read without opening a repository.
///
/// So a repository that JGit cannot open is listed like any other: one with SHA-256 ids, with
/// reftables, or of another owner.
///
/// @param root its top folder
/// @param gitFolder where its index lies
/// @param commonFolder where its `info/exclude` lies; another than `gitFolder` only in a work tree
///   that `git worktree` added
public record WorkTree(Path root, Path gitFolder, Path commonFolder) {
  public static final String DOT_GIT = ".git";

  private static final String POINTER = "gitdir:";
  private static final String BRANCH = "ref: refs/heads/";
  private static final Pattern HEAD =
      Pattern.compile("ref:\\s*refs/.*|[0-9a-f]{40}([0-9a-f]{24})?");
  private static final int FOLDERS_UP_MAX = 100;

  /// What a folder's `.git` is.
  public sealed interface Found {
    record Tree(WorkTree tree) implements Found {}

    record None() implements Found {}

    /// Something of that name, which git would not take for a repository either.
    ///
    /// @param problem what is missing
    record Broken(String problem) implements Found {}
  }

  /// Finds the work tree that a folder lies in. As for git, a broken `.git` is passed over.
  public static Optional<WorkTree> around(Path folder) {
    Path at = folder;
    for (int up = 0; up < FOLDERS_UP_MAX && at != null; up++) {
      if (at(at) instanceof Found.Tree(WorkTree tree)) {
        return Optional.of(tree);
      }
      at = at.getParent();
    }
    return Optional.empty();
  }

  /// Looks at a folder's own `.git`, a folder or a file that leads to one.
  public static Found at(Path folder) {
    Path dotGit = folder.resolve(DOT_GIT);
    try {
      if (Files.isDirectory(dotGit)) {
        return found(folder, dotGit);
      }
      if (Files.isRegularFile(dotGit)) {
        return pointedTo(folder, dotGit);
      }
      return Files.exists(dotGit, LinkOption.NOFOLLOW_LINKS)
          ? new Found.Broken("it is no folder")
          : new Found.None();
    } catch (IOException | InvalidPathException e) {
      return new Found.Broken("it cannot be read");
    }
  }

  private static Found pointedTo(Path root, Path dotGit) throws IOException {
    String line = text(dotGit);
    if (!line.startsWith(POINTER)) {
      return new Found.Broken(line.isEmpty() ? "it is empty" : "it names no folder");
    }
    Path gitFolder = root.resolve(line.substring(POINTER.length()).strip()).normalize();
    return Files.isDirectory(gitFolder)
        ? found(root, gitFolder)
        : new Found.Broken("the folder that it names is missing");
  }

  private static Found found(Path root, Path gitFolder) throws IOException {
    Path common = gitFolder.resolve("commondir");
    Path commonFolder =
        Files.isRegularFile(common) ? gitFolder.resolve(text(common)).normalize() : gitFolder;
    Path head = gitFolder.resolve("HEAD");
    // A HEAD may be a link, to a branch that has no commit yet.
    if (!Files.isSymbolicLink(head)
        && (!Files.isRegularFile(head) || !HEAD.matcher(text(head)).matches())) {
      return new Found.Broken("it has no valid HEAD");
    }
    for (String folder : List.of("objects", "refs")) {
      if (!Files.isDirectory(commonFolder.resolve(folder))) {
        return new Found.Broken("it has no %s".formatted(folder));
      }
    }
    return new Found.Tree(new WorkTree(root, gitFolder, commonFolder));
  }

  /// Returns a small file's text; broken bytes do no harm in it.
  private static String text(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return new String(in.readNBytes(1 << 16), UTF_8).strip();
    }
  }

  /// Returns what git tracks, by the settings of the work tree.
  public TrackedFiles tracked(GitConfig config) {
    int idBytes =
        config.value("extensions.objectformat").filter("sha256"::equalsIgnoreCase).isPresent()
            ? TrackedFiles.SHA256_BYTES
            : TrackedFiles.SHA1_BYTES;
    return TrackedFiles.read(
        gitFolder.resolve("index"), idBytes, config.isOn(GitConfig.IGNORE_CASE));
  }

  /// Returns what holds at the top: the user's own excludes, then those of the repository.
  public Ignores excludes(GitConfig config, GitEnvironment environment) {
    Optional<Path> global =
        config
            .value("core.excludesfile")
            .map(named -> environment.expanded(named).map(root::resolve))
            .orElseGet(environment::standardExcludes);
    Ignores none = Ignores.none(config.isOn(GitConfig.IGNORE_CASE));
    return global
        .map(none::withExcludes)
        .orElse(none)
        .withExcludes(commonFolder.resolve("info/exclude"));
  }

  /// Returns the branch that is checked out, if one is.
  Optional<String> branch() {
    try {
      String head = text(gitFolder.resolve("HEAD"));
      return head.startsWith(BRANCH)
          ? Optional.of(head.substring(BRANCH.length()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// Returns the addresses of the remotes in the repository's own settings.
  List<String> remotes() {
    try {
      return GitConfigFile.parse(Files.readAllBytes(commonFolder.resolve("config"))).stream()
          .filter(entry -> entry.section().equals("remote") && entry.name().equals("url"))
          .map(GitConfigFile.Entry::value)
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
