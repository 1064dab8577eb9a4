package brimful.source;

import brimful.corpus.Outcome;
import brimful.source.Ignores.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Decides what is left out of one folder, in one listing.
///
/// Paths come in relative to the root of the listing; ignore files and the git index are asked by
/// the path in the work tree around it.
///
/// @param trackedOnly an ignore file names the folder: only what git tracks in it counts
record Sieve(Shared shared, Ignores git, Ignores brimful, boolean trackedOnly) {

  /// What is the same in all folders of a listing.
  ///
  /// @param prefix the root's path in its work tree, with a final slash; empty if it is the top
  /// @param tracked what git tracks; asked only when an ignore file names something
  private record Shared(Rules rules, String prefix, Supplier<TrackedFiles> tracked) {}

  /// Returns what holds around the root; the root itself is never left out, for it was asked for.
  static Sieve around(Path root, Rules rules, Path home) {
    Optional<WorkTree> tree = WorkTree.around(root);
    String prefix = tree.map(t -> slashed(t.root().relativize(root))).orElse("");
    var tracked = new Once(() -> tree.map(WorkTree::tracked).orElseGet(TrackedFiles::none));
    Ignores git = tree.map(t -> t.excludes(home)).orElseGet(Ignores::none);
    var sieve = new Sieve(new Shared(rules, prefix, tracked), git, Ignores.none(), false);
    Path folder = tree.map(WorkTree::root).orElse(root);
    int start = 0;
    for (int end = prefix.indexOf('/'); end >= 0; end = prefix.indexOf('/', start)) {
      sieve = sieve.reading(folder, prefix.substring(0, start), false, Files::exists);
      folder = folder.resolve(prefix.substring(start, end));
      start = end + 1;
    }
    return sieve;
  }

  /// Returns what holds in the root, or in a folder right below.
  ///
  /// @param path from the root, with a final slash; empty for the root
  /// @param holds tells whether a path lies right in the folder: it has been read, and to ask the
  ///   file system for files that are not there is a fifth of the time of a listing
  Sieve into(Path folder, String path, Predicate<Path> holds) {
    if (path.isEmpty()) {
      return reading(folder, shared.prefix, false, holds);
    }
    String inTree = shared.prefix + path.substring(0, path.length() - 1);
    boolean ignored =
        (trackedOnly || gitIgnores(inTree, true)) && brimful.answer(inTree, true) != Answer.KEPT;
    return reading(folder, inTree + "/", ignored, holds);
  }

  /// Returns why a folder is left out, if it is.
  Optional<Outcome> folder(String path, String name, Path folder) {
    return verdict(
        shared.prefix + path,
        true,
        rules -> rules.folder(name, child -> Files.isRegularFile(folder.resolve(child))));
  }

  /// Returns why a file is left out, if it is.
  Optional<Outcome> file(String path, String name, Path file) {
    return verdict(shared.prefix + path, false, rules -> rules.file(name, file));
  }

  private Optional<Outcome> verdict(
      String inTree, boolean folder, Function<Rules, Optional<Rule>> byName) {
    return switch (brimful.answer(inTree, folder)) {
      case IGNORED -> Optional.of(Rule.BRIMFULIGNORE.skipped());
      case KEPT -> Optional.empty();
      case SILENT -> {
        Optional<Rule> rule = byName.apply(shared.rules);
        if (rule.isEmpty() && (trackedOnly || gitIgnores(inTree, folder))) {
          TrackedFiles tracked = shared.tracked.get();
          boolean kept = folder ? tracked.below(inTree) : tracked.has(inTree);
          rule = kept ? Optional.empty() : Optional.of(Rule.GITIGNORE);
        }
        yield rule.map(Rule::skipped);
      }
    };
  }

  private Sieve reading(Path folder, String base, boolean ignored, Predicate<Path> holds) {
    Path gitFile = folder.resolve(".gitignore");
    Path brimfulFile = folder.resolve(".brimfulignore");
    boolean readGit = shared.rules.has(Rule.GITIGNORE) && holds.test(gitFile);
    boolean readBrimful = shared.rules.has(Rule.BRIMFULIGNORE) && holds.test(brimfulFile);
    return new Sieve(
        shared,
        readGit ? git.with(gitFile, base) : git,
        readBrimful ? brimful.with(brimfulFile, base) : brimful,
        ignored);
  }

  private boolean gitIgnores(String inTree, boolean folder) {
    return shared.rules.has(Rule.GITIGNORE) && git.answer(inTree, folder) == Answer.IGNORED;
  }

  private static String slashed(Path relative) {
    String path = relative.toString().replace('\\', '/');
    return path.isEmpty() ? "" : path + "/";
  }

  /// Asks once and remembers; a listing is of one thread.
  private static final class Once implements Supplier<TrackedFiles> {
    private final Supplier<TrackedFiles> source;
    private Optional<TrackedFiles> known = Optional.empty();

    Once(Supplier<TrackedFiles> source) {
      this.source = source;
    }

    @Override
    public TrackedFiles get() {
      if (known.isEmpty()) {
        known = Optional.of(source.get());
      }
      return known.get();
    }
  }
}
