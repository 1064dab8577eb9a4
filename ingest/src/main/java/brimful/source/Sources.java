package brimful.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.AmbiguousObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.errors.RevisionSyntaxException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryBuilder;
import org.eclipse.jgit.revwalk.RevWalk;

/// Finds out what a location is, and opens it.
///
/// | location | what is read |
/// |---|---|
/// | `folder`, a git work tree or not | its files as they are |
/// | `file` | that file |
/// | `repo.git`, a bare repository | the tree of its HEAD |
/// | `repo.git@v1.2`, `worktree@HEAD~3` | the tree of that commit, branch or tag |
/// | `https://…`, `ssh://…`, `git://…`, `file://…`, `git@host:owner/name.git`, each with `@REF` or not | the tree of a copy in the cache folder |
///
/// What exists in the file system under the whole text is taken for that.
public final class Sources {
  private static final Pattern URL =
      Pattern.compile("(?:(?:https?|ssh|git|file)://[^/]*/|[\\w.-]+@[\\w.-]+:).+");

  /// The address, and a `@REF` behind it that is not the `@scope` of a path.
  private static final Pattern AT_REF =
      Pattern.compile("((?:\\w+://[^/]*/|[\\w.-]+@[^:]+:)(?:.*?\\.git|.*?[^/@]))@([^@/].*)");

  private final Rules rules;
  private final Path cacheFolder;
  private final Clock clock;

  /// @param cacheFolder where copies of remote repositories are kept
  /// @param clock tells which files have just been changed
  public Sources(Rules rules, Path cacheFolder, Clock clock) {
    this.rules = rules;
    this.cacheFolder = cacheFolder;
    this.clock = clock;
  }

  /// Opens a location; the caller closes it.
  ///
  /// @throws IllegalArgumentException if there is no such path, repository or commit
  /// @throws UncheckedIOException if it is there but can't be read or fetched
  public Source open(String location) {
    Optional<Path> path = existing(location);
    if (path.isPresent()) {
      return local(path.get());
    }
    if (URL.matcher(location).matches()) {
      return remote(location);
    }
    for (int at = location.indexOf('@', 1); at > 0; at = location.indexOf('@', at + 1)) {
      Optional<Path> repository = existing(location.substring(0, at));
      if (repository.isPresent()) {
        return tree(repositoryAt(repository.get()), location.substring(at + 1));
      }
    }
    throw new IllegalArgumentException(
        "no file or folder \"%s\": check the path, or name a git address".formatted(location));
  }

  private Source local(Path path) {
    try {
      Path real = path.toRealPath();
      if (!Files.isDirectory(real)) {
        String name = Optional.ofNullable(path.getFileName()).orElse(path).toString();
        return new SingleFile(real, name, clock);
      }
      if (isBare(real)) {
        return tree(repositoryAt(real), Constants.HEAD);
      }
      return new FolderSource(real, rules, clock, Path.of(System.getProperty("user.home", "/")));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look at %s: make it readable".formatted(path), e);
    }
  }

  private Source remote(String location) {
    Matcher atRef = AT_REF.matcher(location);
    boolean named = atRef.matches();
    String url = named ? atRef.group(1) : location;
    String ref = named ? atRef.group(2) : Constants.HEAD;
    return tree(new Remote(url, cacheFolder).open(ref), ref);
  }

  private Source tree(Repository repository, String ref) {
    try (var walk = new RevWalk(repository)) {
      ObjectId commit = repository.resolve(ref + "^{commit}");
      if (commit == null) {
        throw unknown(repository, ref);
      }
      return new GitTreeSource(repository, walk.parseCommit(commit).getTree(), rules);
    } catch (AmbiguousObjectException | IncorrectObjectTypeException | RevisionSyntaxException e) {
      throw unknown(repository, ref);
    } catch (IOException e) {
      repository.close();
      throw new UncheckedIOException(
          "cannot read commit \"%s\" of %s: check the repository with git fsck"
              .formatted(ref, repository.getDirectory()),
          e);
    }
  }

  private static IllegalArgumentException unknown(Repository repository, String ref) {
    repository.close();
    return new IllegalArgumentException(
        ref.equals(Constants.HEAD)
            ? "%s has no commit yet: commit something, or name a folder of files"
                .formatted(repository.getDirectory())
            : "no commit \"%s\" in %s: name a commit, branch or tag that it has, by enough letters"
                .formatted(ref, repository.getDirectory()));
  }

  private static Repository repositoryAt(Path path) {
    try {
      var builder = new RepositoryBuilder().setMustExist(true);
      return isBare(path)
          ? builder.setGitDir(path.toFile()).setBare().build()
          : builder.setWorkTree(path.toFile()).build();
    } catch (RepositoryNotFoundException e) {
      throw new IllegalArgumentException(
          "%s is not a git repository: name the top of a work tree or a bare repository before the @"
              .formatted(path),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot open repository %s: check it with git fsck".formatted(path), e);
    }
  }

  private static boolean isBare(Path folder) {
    return Files.isRegularFile(folder.resolve(Constants.HEAD))
        && Files.isDirectory(folder.resolve("objects"))
        && Files.isDirectory(folder.resolve("refs"));
  }

  private static Optional<Path> existing(String text) {
    try {
      Path path = Path.of(text);
      return !text.isBlank() && Files.exists(path) ? Optional.of(path) : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
