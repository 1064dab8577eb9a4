package brimful.source;

import brimful.corpus.Outcome;
import brimful.source.git.ByteNames;
import brimful.source.git.GitEnvironment;
import brimful.source.git.Ignores;
import brimful.source.git.Ignores.Answer;
import brimful.source.git.WorkTree;
import brimful.source.git.WorkTree.Found;
import brimful.source.own.OwnFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// Decides what is skipped in one folder, during one listing.
///
/// Paths are byte strings (see [ByteNames]) relative to the root of the listing; ignore files and
/// the git index receive paths relative to their work tree.
///
/// @param git what git says; within a repository in the listing, what that one's says
/// @param problem of the folder's own `.git`, which is then ignored
record FolderFilter(Shared shared, GitRules git, Ignores brimful, Optional<String> problem) {
  private static final String BRIMFUL_FILE = ".brimfulignore";
  private static final Outcome NOT_CHECKED_OUT =
      new Outcome.Skipped("submodule without a checkout: git submodule update --init");

  /// The state shared by all folders of a listing.
  ///
  /// @param prefix the root's path in its work tree, with a final slash; empty if it is the top
  private record Shared(Rules rules, String prefix, GitEnvironment environment, OwnFiles own) {
    boolean asksGit() {
      return rules.has(Rule.GITIGNORE);
    }

    String inTree(String path) {
      return prefix.isEmpty() ? path : prefix + path;
    }

    Ignores with(Ignores brimful, Path folder, String base, Predicate<Path> holds) {
      Path file = folder.resolve(BRIMFUL_FILE);
      return rules.has(Rule.BRIMFULIGNORE) && holds.test(file) ? brimful.with(file, base) : brimful;
    }
  }

  /// Returns the rules around the root; the root itself is never skipped, because it was asked for.
  static FolderFilter around(Path root, Rules rules, GitEnvironment environment, OwnFiles own) {
    var shared = new Shared(rules, "", environment, own);
    Optional<WorkTree> work = shared.asksGit() ? WorkTree.around(root) : Optional.empty();
    if (work.isEmpty()) {
      return new FolderFilter(shared, GitRules.none(), Ignores.none(), Optional.empty());
    }
    GitRules git = GitRules.of(work.get(), 0, environment);
    Ignores brimful = Ignores.none();
    Path folder = work.get().root();
    String path = "";
    for (Path part : folder.relativize(root)) {
      String name = part.toString();
      if (!name.isEmpty()) {
        git = git.into(folder, path, false, Files::exists);
        brimful = shared.with(brimful, folder, path, Files::exists);
        folder = folder.resolve(part);
        path = path + ByteNames.of(folder, name) + "/";
      }
    }
    return new FolderFilter(
        new Shared(rules, path, environment, own), git, brimful, Optional.empty());
  }

  /// Returns the rules in the root, or in a direct subfolder.
  ///
  /// @param path from the root, with a final slash; empty for the root
  /// @param holds returns whether a path is directly in the folder, whose entries are known: asking
  ///   the file system for missing files takes a fifth of a listing's time
  FolderFilter into(Path folder, String path, Predicate<Path> holds) {
    String inTree = shared.inTree(path);
    Ignores more = shared.with(brimful, folder, inTree, holds);
    if (!shared.asksGit()) {
      return new FolderFilter(shared, git, more, Optional.empty());
    }
    Found found =
        holds.test(folder.resolve(WorkTree.DOT_GIT)) ? WorkTree.at(folder) : new Found.None();
    Optional<String> trouble =
        found instanceof Found.Broken(String cause) ? Optional.of(cause) : Optional.empty();
    if (path.isEmpty()) {
      return new FolderFilter(shared, git.into(folder, inTree, false, holds), more, trouble);
    }
    String bare = inTree.substring(0, inTree.length() - 1);
    boolean own = found instanceof Found.Tree && git.endsAt(bare);
    GitRules rules =
        found instanceof Found.Tree(WorkTree tree) && own
            ? GitRules.of(tree, inTree.length(), shared.environment)
            : git;
    boolean trackedOnly =
        !own
            && (git.trackedOnly() || git.ignores(bare, true))
            && brimful.answer(bare, true) != Answer.KEPT;
    return new FolderFilter(shared, rules.into(folder, inTree, trackedOnly, holds), more, trouble);
  }

  /// Returns why a folder is skipped, if it is.
  Optional<Outcome> folder(String path, String name, Path folder) {
    String inTree = shared.inTree(path);
    Optional<Outcome> out =
        verdict(
            inTree,
            true,
            rules ->
                shared.own.isFolder(folder) && rules.has(Rule.OWN)
                    ? Optional.of(Rule.OWN)
                    : rules.folder(name, child -> Files.isRegularFile(folder.resolve(child))));
    boolean elsewhere =
        out.isEmpty()
            && shared.asksGit()
            && git.isSubmodule(inTree)
            && !(WorkTree.at(folder) instanceof Found.Tree);
    return elsewhere ? Optional.of(NOT_CHECKED_OUT) : out;
  }

  /// Returns why a file is skipped, if it is.
  Optional<Outcome> file(String path, String name, Path file, long bytes) {
    return verdict(
        shared.inTree(path),
        false,
        rules ->
            rules.has(Rule.OWN) && shared.own.isFile(file, bytes)
                ? Optional.of(Rule.OWN)
                : rules.file(name, file));
  }

  /// Returns whether a `.brimfulignore` file restores a file that a rule would skip.
  boolean takesBack(String path) {
    return brimful.above().isPresent() && brimful.answer(shared.inTree(path), false) == Answer.KEPT;
  }

  private Optional<Outcome> verdict(
      String inTree, boolean folder, Function<Rules, Optional<Rule>> byName) {
    return switch (brimful.answer(inTree, folder)) {
      case IGNORED -> Optional.of(Rule.BRIMFULIGNORE.skipped());
      case KEPT -> Optional.empty();
      case SILENT -> {
        Optional<Rule> rule = byName.apply(shared.rules);
        if (rule.isEmpty() && shared.asksGit() && git.leavesOut(inTree, folder)) {
          rule = Optional.of(Rule.GITIGNORE);
        }
        yield rule.map(Rule::skipped);
      }
    };
  }
}
