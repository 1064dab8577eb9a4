package brimful.source;

import brimful.corpus.UserError;
import brimful.source.copy.CopyFolder;
import brimful.source.forge.PublicHosts;
import brimful.source.git.GitConfigFile;
import brimful.source.git.WorkTree;
import brimful.store.ProcessLock;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryBuilder;
import org.eclipse.jgit.transport.URIish;

/// Finds the repositories of a repository's submodules.
///
/// For a local repository, they are where git keeps them: below its `modules`, or in the work tree.
/// For a clone, they are cloned too; but because `.gitmodules` is untrusted, its addresses are
/// followed only to the host of the repository itself, or to a public one.
///
/// @param work the work tree, if there is one
/// @param address where the repository was copied from, if it was
/// @param cacheFolder where copies are kept
record Submodules(Optional<Path> work, Optional<String> address, Path cacheFolder) {

  /// A submodule, as `.gitmodules` has it.
  record Entry(String name, String path, String url) {}

  /// Reads a `.gitmodules` file.
  static List<Entry> parse(byte[] file) {
    var entries = new ArrayList<Entry>();
    List<GitConfigFile.Entry> settings =
        GitConfigFile.parse(file).stream()
            .filter(setting -> setting.section().equals("submodule"))
            .toList();
    for (GitConfigFile.Entry setting : settings) {
      if (setting.name().equals("path")) {
        String name = setting.subsection();
        String url =
            settings.stream()
                .filter(other -> other.subsection().equals(name) && other.name().equals("url"))
                .map(GitConfigFile.Entry::value)
                .findFirst()
                .orElse("");
        entries.add(new Entry(name, setting.value(), url));
      }
    }
    return entries;
  }

  /// A submodule's repository, and where its own submodules are.
  ///
  /// @param using keeps a clone from being pruned; to be closed after the repository
  record Opened(Repository repository, Submodules submodules, Closeable using) {}

  /// Opens the repository of a submodule if it has a commit.
  ///
  /// @param parent the repository that it is a part of
  Optional<Opened> open(Repository parent, Entry entry, AnyObjectId commit) {
    Optional<Opened> here =
        work.flatMap(root -> inWorkTree(root, entry, commit))
            .or(() -> inModules(parent, entry, commit));
    return here.isPresent() ? here : address.flatMap(from -> copied(from, entry, commit));
  }

  private Optional<Opened> inWorkTree(Path root, Entry entry, AnyObjectId commit) {
    try {
      Path folder = root.resolve(entry.path()).normalize();
      return folder.startsWith(root) && WorkTree.at(folder) instanceof WorkTree.Found.Tree(var tree)
          ? opened(tree.commonFolder(), Optional.of(folder), commit)
          : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private Optional<Opened> inModules(Repository parent, Entry entry, AnyObjectId commit) {
    try {
      Path modules = parent.getCommonDirectory().toPath().resolve("modules");
      Path folder = modules.resolve(entry.name()).normalize();
      return folder.startsWith(modules) && Commits.isBare(folder)
          ? opened(folder, Optional.empty(), commit)
          : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private Optional<Opened> opened(Path folder, Optional<Path> tree, AnyObjectId commit) {
    try {
      Repository repository =
          new RepositoryBuilder().setGitDir(folder.toFile()).setMustExist(true).build();
      if (repository.getObjectDatabase().has(commit)) {
        return Optional.of(
            new Opened(repository, new Submodules(tree, Optional.empty(), cacheFolder), () -> {}));
      }
      repository.close();
      return Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Optional<Opened> copied(String from, Entry entry, AnyObjectId commit) {
    Optional<String> url = resolved(from, entry.url());
    if (url.isEmpty()) {
      return Optional.empty();
    }
    var remote = new Remote(url.get(), cacheFolder);
    ProcessLock using = new CopyFolder(remote.folder()).use();
    try {
      Repository copy = remote.open(commit.name());
      if (copy.getObjectDatabase().has(commit)) {
        var folder = new CopyFolder(remote.folder());
        folder.note(Sources.shown(url.get()));
        folder.usedBy(Sources.shown(from));
        var own = new Submodules(Optional.empty(), url, cacheFolder);
        return Optional.of(new Opened(copy, own, using::close));
      }
      copy.close();
    } catch (CancellationException e) {
      using.close();
      throw e;
    } catch (UncheckedIOException | IOException | UserError e) {
      // It is listed as missing; the files around it can be read.
    }
    using.close();
    return Optional.empty();
  }

  /// Returns the address of a submodule, if it may be followed.
  ///
  /// @param from the address of the repository around it
  static Optional<String> resolved(String from, String url) {
    if (url.startsWith("./") || url.startsWith("../")) {
      return Optional.of(relative(from, url));
    }
    try {
      URIish to = new URIish(url);
      URIish base = new URIish(from);
      boolean same =
          to.getHost() != null
              && to.getHost().equals(base.getHost())
              && String.valueOf(to.getScheme()).equals(String.valueOf(base.getScheme()));
      if (!same) {
        PublicHosts.requireAddress(url);
      }
      return Optional.of(url);
    } catch (URISyntaxException | UserError e) {
      return Optional.empty();
    }
  }

  private static String relative(String from, String url) {
    String base = from.endsWith("/") ? from.substring(0, from.length() - 1) : from;
    String rest = url;
    while (true) {
      if (rest.startsWith("../")) {
        int cut = Math.max(base.lastIndexOf('/'), base.lastIndexOf(':'));
        base = cut < 0 ? base : base.substring(0, base.charAt(cut) == ':' ? cut + 1 : cut);
        rest = rest.substring(3);
      } else if (rest.startsWith("./")) {
        rest = rest.substring(2);
      } else {
        return base.endsWith(":") ? base + rest : base + "/" + rest;
      }
    }
  }
}
