package brimful.source;

import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;

/// The repository that a location lies in, and what the location shows of it. Whoever opened it
/// closes it.
///
/// @param location as it was named, for people
/// @param commit what is shown, as git names commits; of a work tree, the commit that is checked
///   out
/// @param workTree whether the files of the work tree are shown, and not those of the commit
/// @param below the folder or file that the location names in the repository; empty for all of it
/// @param from how much of a path in the repository is not a part of ids in the location
/// @param onto the branch that the location proposes changes to; empty if it proposes none
/// @param after runs once it is closed
public record RepositoryView(
    Repository repository,
    String location,
    String commit,
    boolean workTree,
    String below,
    int from,
    Optional<String> onto,
    Runnable after)
    implements AutoCloseable {

  /// Returns the view of a work tree.
  ///
  /// @param path the folder or file in it that the location names
  static RepositoryView of(Repository repository, String location, Path root, Path path) {
    String below = root.relativize(path).toString().replace('\\', '/');
    boolean file = !path.toFile().isDirectory();
    int from = below.isEmpty() ? 0 : file ? below.lastIndexOf('/') + 1 : below.length() + 1;
    return new RepositoryView(
        repository, location, Constants.HEAD, true, below, from, Optional.empty(), () -> {});
  }

  /// Returns the view of a commit.
  static RepositoryView of(Repository repository, String location, String commit) {
    return new RepositoryView(
        repository, location, commit, false, "", 0, Optional.empty(), () -> {});
  }

  /// Returns the same view of a folder or file, whose ids have all of their path.
  RepositoryView in(String folder) {
    return new RepositoryView(repository, location, commit, workTree, folder, 0, onto, after);
  }

  /// Returns the same view as one of changes that are proposed to a branch.
  RepositoryView proposedTo(String branch) {
    return new RepositoryView(
        repository, location, commit, workTree, below, from, Optional.of(branch), after);
  }

  /// Returns the same view, with something that ends when it is closed.
  RepositoryView then(Runnable end) {
    return new RepositoryView(repository, location, commit, workTree, below, from, onto, end);
  }

  @Override
  public void close() {
    repository.close();
    after.run();
  }
}
