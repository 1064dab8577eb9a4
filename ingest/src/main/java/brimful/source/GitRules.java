package brimful.source;

import brimful.source.git.GitConfig;
import brimful.source.git.GitEnvironment;
import brimful.source.git.Ignores;
import brimful.source.git.TrackedFiles;
import brimful.source.git.WorkTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Git's rules in one folder: those of the work tree that contains it, if there is one.
///
/// Each repository has its own index, excludes and ignore files, and those of the surrounding
/// repository end where it begins. In a folder outside any work tree, `.gitignore` files apply all
/// the same.
///
/// Paths are byte strings, see [brimful.source.git.ByteNames], from the top of the listing.
///
/// @param ignores of this work tree only
/// @param trackedOnly an ignore file names the folder, so only tracked files in it count
record GitRules(Tree tree, Ignores ignores, boolean trackedOnly) {
  private static final String IGNORE_FILE = ".gitignore";
  private static final String MODULES_FILE = ".gitmodules";

  /// The state shared by all folders of a work tree.
  ///
  /// @param above how much of a path is not this work tree's: it leads to its top
  /// @param tracked what git tracks; asked only when an ignore file names something
  /// @param sparse whether ignore files may be in the index only
  /// @param submodules whether some folders may be other repositories' commits
  private record Tree(
      Optional<WorkTree> work,
      int above,
      Supplier<TrackedFiles> tracked,
      boolean sparse,
      boolean submodules) {

    String own(String path) {
      return path.substring(above);
    }
  }

  static GitRules none() {
    return outside(0);
  }

  private static GitRules outside(int above) {
    var tree = new Tree(Optional.empty(), above, TrackedFiles::none, false, false);
    return new GitRules(tree, Ignores.none(), false);
  }

  /// Returns what holds at the top of a work tree.
  ///
  /// @param above the length of the path to it
  static GitRules of(WorkTree work, int above, GitEnvironment environment) {
    var config = GitConfig.of(work, environment);
    var tracked = new Once<>(() -> work.tracked(config));
    boolean submodules = Files.isRegularFile(work.root().resolve(MODULES_FILE));
    var tree =
        new Tree(Optional.of(work), above, tracked, config.isOn("core.sparsecheckout"), submodules);
    return new GitRules(tree, work.excludes(config, environment), false);
  }

  /// Returns what holds in a folder, with its own ignore file.
  ///
  /// @param path the folder's, with a final slash; empty at the top of the listing
  /// @param trackedOnly whether an ignore file names it
  GitRules into(Path folder, String path, boolean trackedOnly, Predicate<Path> holds) {
    Path file = folder.resolve(IGNORE_FILE);
    String base = tree.own(path);
    Ignores more = ignores;
    if (holds.test(file)) {
      more = ignores.with(file, base);
    } else if (tree.sparse) {
      more = fromIndex(base);
    }
    return new GitRules(tree, more, trackedOnly);
  }

  /// Reads an ignore file that a sparse checkout omits, as git does.
  private Ignores fromIndex(String base) {
    return tree.tracked
        .get()
        .absent(base + IGNORE_FILE)
        .flatMap(id -> Commits.blob(tree.work.orElseThrow(), id))
        .map(bytes -> ignores.with(bytes, base))
        .orElse(ignores);
  }

  /// Returns whether git would leave a path out.
  boolean leavesOut(String path, boolean folder) {
    if (!trackedOnly && !ignores(path, folder)) {
      return false;
    }
    TrackedFiles files = tree.tracked.get();
    return folder ? !files.below(tree.own(path)) : !files.has(tree.own(path));
  }

  /// Returns whether an ignore file names a path, tracked or not.
  boolean ignores(String path, boolean folder) {
    return ignores.answer(tree.own(path), folder) == Ignores.Answer.IGNORED;
  }

  /// Returns whether a folder belongs to another repository, of which this one has a commit.
  boolean isSubmodule(String path) {
    return tree.submodules && tree.tracked.get().isSubmodule(tree.own(path));
  }

  /// Returns whether git treats a folder as a repository of its own: its files are not tracked
  /// here.
  boolean endsAt(String path) {
    TrackedFiles files = tree.tracked.get();
    return files.isSubmodule(tree.own(path)) || !files.below(tree.own(path));
  }

  /// Evaluates once and remembers; a listing has one thread.
  private static final class Once<T> implements Supplier<T> {
    private final Supplier<T> source;
    private Optional<T> known = Optional.empty();

    Once(Supplier<T> source) {
      this.source = source;
    }

    @Override
    public T get() {
      if (known.isEmpty()) {
        known = Optional.of(source.get());
      }
      return known.get();
    }
  }
}
