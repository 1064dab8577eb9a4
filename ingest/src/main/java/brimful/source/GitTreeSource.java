package brimful.source;

import brimful.corpus.DocumentId;
import brimful.corpus.Outcome;
import brimful.corpus.UserError;
import brimful.source.Ignores.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/// The files of one commit, read from git's objects; nothing is checked out.
///
/// What is in the tree was put there on purpose, so .gitignore is not applied; `.brimfulignore` and
/// the rules that go by names are. Symbolic links are left out. A submodule is read at the commit
/// that the tree names, if its repository is to be had. A stamp is the blob's id. Safe for many
/// threads; files can be read until it is closed.
final class GitTreeSource implements Source {
  /// Submodules in submodules are read down to here, so that no ring of them is endless.
  private static final int SUBMODULES_DEPTH_MAX = 8;

  private static final int COMMIT_DIGITS = 10;

  private final Repository repository;
  private final String location;
  private final RevTree tree;
  private final Rules rules;
  private final Submodules submodules;
  private final int depth;
  private final Map<String, Optional<GitTreeSource>> parts = new ConcurrentHashMap<>();

  /// @param location where the repository can be opened again
  /// @param submodules where the repositories of its submodules are
  GitTreeSource(
      Repository repository,
      String location,
      RevCommit commit,
      Rules rules,
      Submodules submodules) {
    this(repository, location, commit, rules, submodules, 0);
  }

  private GitTreeSource(
      Repository repository,
      String location,
      RevCommit commit,
      Rules rules,
      Submodules submodules,
      int depth) {
    this.repository = repository;
    this.location = location + "@" + commit.name();
    this.tree = commit.getTree();
    this.rules = rules;
    this.submodules = submodules;
    this.depth = depth;
  }

  @Override
  public List<Listed> list() {
    var found = new ArrayList<Listed>();
    list(Ignores.none(), "", found);
    return Names.canonical(found);
  }

  /// @param above the ignore files of the repository around this one
  /// @param prefix the path to this tree, with a final slash; empty at the top
  private void list(Ignores above, String prefix, List<Listed> found) {
    try (ObjectReader reader = repository.newObjectReader();
        var walk = new TreeWalk(reader)) {
      walk.addTree(tree);
      new Listing(reader, walk, prefix, found).run(above);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot read tree %s of %s: check the repository with git fsck"
              .formatted(tree.name(), repository.getDirectory()),
          e);
    }
  }

  @Override
  public Optional<Listed.File> file(DocumentId id) {
    try (ObjectReader reader = repository.newObjectReader();
        TreeWalk at = TreeWalk.forPath(reader, id.value(), tree)) {
      if (at == null) {
        Optional<Listed.File> inPart = inSubmodule(reader, id.value());
        return inPart.isPresent() || id.value().indexOf('%') < 0 ? inPart : Source.super.file(id);
      }
      if ((at.getRawMode(0) & FileMode.TYPE_MASK) != FileMode.TYPE_FILE) {
        return Optional.empty();
      }
      ObjectId blob = at.getObjectId(0);
      return Optional.of(file(id, blob, reader.getObjectSize(blob, Constants.OBJ_BLOB)));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot read %s of %s: check the repository with git fsck"
              .formatted(id, repository.getDirectory()),
          e);
    }
  }

  private Optional<Listed.File> inSubmodule(ObjectReader reader, String path) throws IOException {
    for (int end = path.indexOf('/'); end > 0; end = path.indexOf('/', end + 1)) {
      String folder = path.substring(0, end);
      try (TreeWalk at = TreeWalk.forPath(reader, folder, tree)) {
        if (at == null) {
          return Optional.empty();
        }
        if (FileMode.GITLINK.equals(at.getRawMode(0))) {
          var rest = new DocumentId(path.substring(end + 1));
          return submodule(folder, at.getObjectId(0))
              .flatMap(part -> part.file(rest))
              .map(file ->
                  new Listed.File(
                      new DocumentId(path), file.stamp(), file.bytes(), file.content()));
        }
      }
    }
    return Optional.empty();
  }

  /// Opens the submodule at a path, once.
  private Optional<GitTreeSource> submodule(String path, ObjectId commit) {
    return depth >= SUBMODULES_DEPTH_MAX
        ? Optional.empty()
        : parts.computeIfAbsent(path, _ -> opened(path, commit));
  }

  private Optional<GitTreeSource> opened(String path, ObjectId commit) {
    try (ObjectReader reader = repository.newObjectReader();
        TreeWalk file = TreeWalk.forPath(reader, ".gitmodules", tree)) {
      if (file == null) {
        return Optional.empty();
      }
      byte[] modules =
          reader.open(file.getObjectId(0), Constants.OBJ_BLOB).getBytes(Ignores.IGNORE_BYTES_MAX);
      Optional<Submodules.Opened> opened =
          Submodules.parse(modules).stream()
              .filter(entry -> entry.path().equals(path))
              .findFirst()
              .flatMap(entry -> submodules.open(repository, entry, commit));
      if (opened.isEmpty()) {
        return Optional.empty();
      }
      Repository own = opened.get().repository();
      try (var walk = new RevWalk(own)) {
        return Optional.of(
            new GitTreeSource(
                own, path, walk.parseCommit(commit), rules, opened.get().submodules(), depth + 1));
      }
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Listed.File file(DocumentId id, ObjectId blob, long bytes) {
    return new Listed.File(
        id, blob.name(), bytes, () -> repository.open(blob, Constants.OBJ_BLOB).openStream());
  }

  @Override
  public String location() {
    return location;
  }

  @Override
  public void close() {
    parts.values().forEach(part -> part.ifPresent(GitTreeSource::close));
    repository.close();
  }

  /// One listing on its way; a file at the end of the walk, never a folder, adds to `found`.
  private final class Listing {
    private final ObjectReader reader;
    private final TreeWalk walk;
    private final String prefix;
    private final List<Listed> found;

    /// The ignore files that hold at each depth of where the walk is.
    private final List<Ignores> ignores = new ArrayList<>();

    Listing(ObjectReader reader, TreeWalk walk, String prefix, List<Listed> found) {
      this.reader = reader;
      this.walk = walk;
      this.prefix = prefix;
      this.found = found;
    }

    void run(Ignores above) throws IOException {
      ignores.add(ignoresIn(above, ByteNames.of(prefix), tree));
      while (walk.next()) {
        if (found.size() >= FolderSource.FILES_MAX) {
          throw new UserError(
              UserError.Kind.INPUT,
              String.format(
                  Locale.ROOT,
                  "more than %,d files in tree %s: leave some out by a .brimfulignore",
                  FolderSource.FILES_MAX,
                  tree.name()));
        }
        entry(prefix + walk.getPathString(), walk.getFileMode());
      }
    }

    private void entry(String path, FileMode mode) throws IOException {
      if (FileMode.TREE.equals(mode)) {
        Optional<Outcome> out = verdict(path, true);
        if (out.isPresent()) {
          left(path, out.get());
        } else if (walk.getDepth() >= FolderSource.DEPTH_MAX) {
          left(path, new Outcome.Failed("lies deeper than %s folders".formatted(walk.getDepth())));
        } else {
          ignores.subList(walk.getDepth() + 1, ignores.size()).clear();
          ignores.add(ignoresIn(ignores.getLast(), inTree() + "/", walk.getObjectId(0)));
          walk.enterSubtree();
        }
      } else if (FileMode.GITLINK.equals(mode)) {
        submodule(path);
      } else if (FileMode.SYMLINK.equals(mode)) {
        left(path, new Outcome.Skipped("link"));
      } else {
        verdict(path, false)
            .ifPresentOrElse(outcome -> left(path, outcome), () -> file(path, walk.getObjectId(0)));
      }
    }

    private void submodule(String path) {
      Optional<Outcome> out = verdict(path, true);
      if (out.isPresent()) {
        left(path, out.get());
        return;
      }
      ObjectId commit = walk.getObjectId(0);
      GitTreeSource.this
          .submodule(walk.getPathString(), commit)
          .ifPresentOrElse(
              part -> part.list(ignores.get(walk.getDepth()), path + "/", found),
              () ->
                  left(
                      path,
                      new Outcome.Skipped(
                          "submodule whose commit %s is not here"
                              .formatted(commit.abbreviate(COMMIT_DIGITS).name()))));
    }

    /// Returns where the walk is, as ignore files see it.
    private String inTree() {
      return ByteNames.of(prefix) + ByteNames.of(walk.getRawPath());
    }

    private Answer answer(boolean folder) {
      return ignores.get(walk.getDepth()).answer(inTree(), folder);
    }

    private Optional<Outcome> verdict(String path, boolean folder) {
      return switch (answer(folder)) {
        case IGNORED -> Optional.of(Rule.BRIMFULIGNORE.skipped());
        case KEPT -> Optional.empty();
        case SILENT -> {
          String name = path.substring(path.lastIndexOf('/') + 1);
          ObjectId id = walk.getObjectId(0);
          boolean open = FileMode.TREE.equals(walk.getRawMode(0));
          yield (folder
                  ? rules.folder(name, child -> open && blob(child, id).isPresent())
                  : rules.file(name))
              .map(Rule::skipped);
        }
      };
    }

    private Ignores ignoresIn(Ignores above, String base, ObjectId folder) throws IOException {
      Optional<ObjectId> file =
          rules.has(Rule.BRIMFULIGNORE) ? blob(".brimfulignore", folder) : Optional.empty();
      if (file.isEmpty()) {
        return above;
      }
      try (var in = reader.open(file.get(), Constants.OBJ_BLOB).openStream()) {
        return above.with(in, base);
      }
    }

    private Optional<ObjectId> blob(String name, ObjectId folder) {
      try (TreeWalk at = TreeWalk.forPath(reader, name, folder)) {
        return at != null && (at.getRawMode(0) & FileMode.TYPE_MASK) == FileMode.TYPE_FILE
            ? Optional.of(at.getObjectId(0))
            : Optional.empty();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void file(String path, ObjectId id) {
      try {
        long bytes = reader.getObjectSize(id, Constants.OBJ_BLOB);
        Listed.File file = GitTreeSource.this.file(Names.id(path), id, bytes);
        found.add(answer(false) == Answer.KEPT ? file.takenBack() : file);
      } catch (MissingObjectException e) {
        left(
            path,
            new Outcome.Failed("blob %s is missing from the repository".formatted(id.name())));
      } catch (IOException e) {
        left(path, new Outcome.Failed("blob %s cannot be read".formatted(id.name())));
      }
    }

    private void left(String path, Outcome outcome) {
      found.add(new Listed.Left(Names.id(path), outcome));
    }
  }
}
