package brimful.source;

import brimful.corpus.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.errors.AmbiguousObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.errors.RevisionSyntaxException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryBuilder;
import org.eclipse.jgit.revwalk.RevWalk;

/// Opens the tree of a commit.
///
/// Apart from [Sources], so that JGit's repository classes are loaded for repositories only:
/// listing a folder is part of every start.
final class Commits {
  private Commits() {}

  /// Opens a commit of the repository at a path, bare or a work tree.
  ///
  /// @param ref anything that git takes for a commit: a branch, a tag, the start of an id, `HEAD~3`
  static Source open(Path path, String ref, Rules rules) {
    return open(repositoryAt(path), path.toString(), ref, rules);
  }

  /// Opens a commit of an open repository, which is closed with the source.
  ///
  /// @param location where the repository can be opened again
  static Source open(Repository repository, String location, String ref, Rules rules) {
    try (var walk = new RevWalk(repository)) {
      ObjectId commit = repository.resolve(ref + "^{commit}");
      if (commit == null) {
        throw unknown(repository, ref);
      }
      return new GitTreeSource(repository, location, walk.parseCommit(commit), rules);
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
