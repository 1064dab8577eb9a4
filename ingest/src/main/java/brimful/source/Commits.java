package brimful.source;

import brimful.corpus.UserError;
import brimful.source.git.GitConfigFile;
import brimful.source.git.Ignores;
import brimful.source.git.WorkTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.InflaterInputStream;
import org.eclipse.jgit.errors.AmbiguousObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.errors.RevisionSyntaxException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryBuilder;
import org.eclipse.jgit.revwalk.RevWalk;

/// Opens the tree of a commit.
///
/// Separate from [Sources], so that JGit's repository classes are loaded for repositories only:
/// listing a folder is part of every start.
final class Commits {
  private Commits() {}

  /// Opens a commit of the repository at a path, bare or a work tree.
  ///
  /// @param ref anything that git accepts as a commit: a branch, a tag, the start of an id,
  ///   `HEAD~3`
  static Source open(Path path, String ref, Rules rules, Path cacheFolder) {
    requireSha1(path);
    Repository repository = repositoryAt(path);
    Optional<Path> work = repository.isBare() ? Optional.empty() : Optional.of(path);
    var submodules = new Submodules(work, Optional.empty(), cacheFolder);
    return open(repository, path.toString(), ref, rules, submodules);
  }

  /// Opens the repository around a folder or file: its work tree, or what a bare one has at HEAD.
  static RepositoryView view(Path path, String location) {
    if (Files.isDirectory(path) && isBare(path)) {
      return view(path, location, Constants.HEAD);
    }
    Path folder = Files.isDirectory(path) ? path : path.resolveSibling("");
    Path root = WorkTree.around(folder).orElseThrow(() -> noRepository(location)).root();
    requireSha1(root);
    return RepositoryView.of(repositoryAt(root), location, root, path);
  }

  /// Opens the repository at a path for a commit of it.
  static RepositoryView view(Path path, String location, String commit) {
    requireSha1(path);
    return RepositoryView.of(repositoryAt(path), location, commit);
  }

  static UserError noRepository(String location) {
    return new UserError(
        UserError.Kind.INPUT,
        "%s is in no git repository, so it has no diff and no log: name a checkout, or leave out --diff and --log"
            .formatted(location));
  }

  /// JGit reads no other ids yet; it would find nothing, or fail far from the cause.
  static void requireSha1(Path path) {
    Path folder =
        WorkTree.at(path) instanceof WorkTree.Found.Tree(var tree) ? tree.commonFolder() : path;
    try {
      Path config = folder.resolve("config");
      boolean other =
          Files.isRegularFile(config)
              && GitConfigFile.parse(Files.readAllBytes(config)).stream()
                  .filter(entry -> entry.key().equals("extensions.objectformat"))
                  .anyMatch(entry -> !entry.value().equalsIgnoreCase("sha1"));
      if (other) {
        throw new UserError(
            UserError.Kind.INPUT,
            "%s has SHA-256 ids, and its commits cannot be read: name a work tree of it, whose files can"
                .formatted(path));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the config of %s".formatted(folder), e);
    }
  }

  /// Reads a file from a work tree's repository.
  ///
  /// @param id the blob's, as its index names it
  /// @return empty if it cannot be read
  static Optional<byte[]> blob(WorkTree work, String id) {
    if (!ObjectId.isId(id)) {
      return looseBlob(work, id);
    }
    try (Repository repository =
        new RepositoryBuilder()
            .setGitDir(work.commonFolder().toFile())
            .setMustExist(true)
            .build()) {
      return Optional.of(
          repository
              .open(ObjectId.fromString(id), Constants.OBJ_BLOB)
              .getBytes(Ignores.IGNORE_BYTES_MAX));
    } catch (IOException | LargeObjectException e) {
      return Optional.empty();
    }
  }

  /// Reads a file with an id that JGit does not know, unless it is in a pack.
  private static Optional<byte[]> looseBlob(WorkTree work, String id) {
    Path file =
        work.commonFolder().resolve("objects/" + id.substring(0, 2)).resolve(id.substring(2));
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (var in = new InflaterInputStream(Files.newInputStream(file))) {
      // "blob", its length and a NUL precede the content.
      int b = in.read();
      while (b > 0) {
        b = in.read();
      }
      return Optional.of(in.readNBytes(Ignores.IGNORE_BYTES_MAX));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// Opens a commit of an open repository, which is closed with the source.
  ///
  /// @param location where the repository can be opened again
  /// @param submodules where the repositories of its submodules are
  static Source open(
      Repository repository, String location, String ref, Rules rules, Submodules submodules) {
    try (var walk = new RevWalk(repository)) {
      ObjectId commit = repository.resolve(ref + "^{commit}");
      if (commit == null) {
        throw unknown(repository, ref);
      }
      return new GitTreeSource(repository, location, walk.parseCommit(commit), rules, submodules);
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

  private static UserError unknown(Repository repository, String ref) {
    repository.close();
    return new UserError(
        UserError.Kind.NOT_FOUND,
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
      throw new UserError(
          UserError.Kind.NOT_FOUND,
          "%s is not a git repository: name the top of a work tree or a bare repository before the @"
              .formatted(path),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot open repository %s: check it with git fsck".formatted(path), e);
    }
  }

  static boolean isBare(Path folder) {
    return Files.isRegularFile(folder.resolve(Constants.HEAD))
        && Files.isDirectory(folder.resolve("objects"))
        && Files.isDirectory(folder.resolve("refs"));
  }
}
