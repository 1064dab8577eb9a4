package brimful.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.corpus.DocumentId;
import brimful.corpus.Outcome;
import brimful.corpus.UserError;
import brimful.source.git.ByteNames;
import brimful.source.git.Ignores;
import brimful.source.git.Ignores.Answer;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
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
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.treewalk.TreeWalk;

/// The files of one commit, read from git's objects without a checkout.
///
/// Everything in the tree was committed on purpose, so .gitignore does not apply; `.brimfulignore`
/// and the rules by name do. Symbolic links are skipped. A submodule is read at the commit that the
/// tree names, if its repository is available. A stamp is the blob's id. Safe for many threads;
/// files can be read until it is closed.
final class GitTreeSource implements Source {
  /// The depth limit for nested submodules, so that a cycle of them ends.
  private static final int SUBMODULES_DEPTH_MAX = 8;

  private static final int COMMIT_DIGITS = 10;

  private final Repository repository;
  private final String location;
  private final RevTree tree;
  private final Rules rules;
  private final Submodules submodules;
  private final int depth;
  private final Closeable using;
  private final Map<String, Optional<GitTreeSource>> parts = new ConcurrentHashMap<>();

  /// @param location where the repository can be opened again
  /// @param submodules where the repositories of its submodules are
  GitTreeSource(
      Repository repository,
      String location,
      RevCommit commit,
      Rules rules,
      Submodules submodules) {
    this(repository, location, commit, rules, submodules, 0, () -> {});
  }

  private GitTreeSource(
      Repository repository,
      String location,
      RevCommit commit,
      Rules rules,
      Submodules submodules,
      int depth,
      Closeable using) {
    this.repository = repository;
    this.location = location + "@" + commit.name();
    this.tree = commit.getTree();
    this.rules = rules;
    this.submodules = submodules;
    this.depth = depth;
    this.using = using;
  }

  @Override
  public List<Listed> list() {
    var found = new ArrayList<Listed>();
    list(Ignores.none(), "", found);
    return Listed.canonical(found);
  }

  /// @param above the ignore files of the repository around this one
  /// @param prefix the path to this tree as git sees it, with a final slash; empty at the top
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
    byte[] path = id.path();
    if (!DocumentId.of(path).equals(id)) {
      // No path has this id: it belongs to a member.
      return Optional.empty();
    }
    try (ObjectReader reader = repository.newObjectReader()) {
      Optional<Listed.File> found = find(reader, id, path);
      // Only the listing knows a path that a damaged tree has twice.
      return found.isPresent() || id.value().indexOf('~') < 0 ? found : Source.super.file(id);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot read %s of %s: check the repository with git fsck"
              .formatted(id, repository.getDirectory()),
          e);
    }
  }

  /// Descends by the bytes of the names: JGit's own search supports text only.
  private Optional<Listed.File> find(ObjectReader reader, DocumentId id, byte[] path)
      throws IOException {
    ObjectId at = tree;
    int start = 0;
    while (true) {
      int end = start;
      while (end < path.length && path[end] != '/') {
        end++;
      }
      var folder = new CanonicalTreeParser(null, reader, at);
      byte[] name = Arrays.copyOfRange(path, start, end);
      while (!folder.eof() && !Arrays.equals(name, name(folder))) {
        folder.next(1);
      }
      if (folder.eof()) {
        return Optional.empty();
      }
      at = folder.getEntryObjectId();
      int type = folder.getEntryRawMode() & FileMode.TYPE_MASK;
      if (end == path.length) {
        return type == FileMode.TYPE_FILE
            ? Optional.of(file(id, at, reader.getObjectSize(at, Constants.OBJ_BLOB)))
            : Optional.empty();
      }
      if (type == FileMode.TYPE_GITLINK) {
        DocumentId rest = DocumentId.of(Arrays.copyOfRange(path, end + 1, path.length));
        return submodule(new String(path, 0, end, UTF_8), at)
            .flatMap(part -> part.file(rest))
            .map(file -> new Listed.File(id, file.stamp(), file.bytes(), file.content()));
      }
      if (type != FileMode.TYPE_TREE) {
        return Optional.empty();
      }
      start = end + 1;
    }
  }

  private static byte[] name(CanonicalTreeParser entry) {
    byte[] name = new byte[entry.getNameLength()];
    entry.getName(name, 0);
    return name;
  }

  /// Opens the submodule at a path, once.
  private Optional<GitTreeSource> submodule(String path, ObjectId commit) {
    if (depth >= SUBMODULES_DEPTH_MAX) {
      return Optional.empty();
    }
    Optional<GitTreeSource> known = parts.get(path);
    if (known != null) {
      return known;
    }
    // Not inside the map, where others would wait without a word while this one fetches.
    Optional<GitTreeSource> own = opened(path, commit);
    Optional<GitTreeSource> first = parts.putIfAbsent(path, own);
    if (first == null) {
      return own;
    }
    own.ifPresent(GitTreeSource::close);
    return first;
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
                own,
                path,
                walk.parseCommit(commit),
                rules,
                opened.get().submodules(),
                depth + 1,
                opened.get().using()));
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
    try {
      using.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A listing in progress; a file at the end of the walk, never a folder, adds to `found`.
  private final class Listing {
    private final ObjectReader reader;
    private final TreeWalk walk;
    private final String prefix;
    private final List<Listed> found;

    /// The ignore files at each depth of the walk.
    private final List<Ignores> ignores = new ArrayList<>();

    Listing(ObjectReader reader, TreeWalk walk, String prefix, List<Listed> found) {
      this.reader = reader;
      this.walk = walk;
      this.prefix = prefix;
      this.found = found;
    }

    void run(Ignores above) throws IOException {
      ignores.add(ignoresIn(above, prefix, tree));
      while (walk.next()) {
        if (found.size() >= FolderSource.FILES_MAX) {
          throw new UserError(
              UserError.Kind.TOO_LARGE,
              String.format(
                  Locale.ROOT,
                  "more than %,d files in tree %s: leave some out by a .brimfulignore",
                  FolderSource.FILES_MAX,
                  tree.name()));
        }
        entry(walk.getFileMode());
      }
    }

    private void entry(FileMode mode) throws IOException {
      if (FileMode.TREE.equals(mode)) {
        Optional<Outcome> out = verdict(true);
        if (out.isPresent()) {
          left(out.get());
        } else if (walk.getDepth() >= FolderSource.DEPTH_MAX) {
          left(new Outcome.Failed("lies deeper than %s folders".formatted(walk.getDepth())));
        } else {
          ignores.subList(walk.getDepth() + 1, ignores.size()).clear();
          ignores.add(ignoresIn(ignores.getLast(), inTree() + "/", walk.getObjectId(0)));
          walk.enterSubtree();
        }
      } else if (FileMode.GITLINK.equals(mode)) {
        submodule();
      } else if (FileMode.SYMLINK.equals(mode)) {
        left(new Outcome.Skipped("link"));
      } else {
        verdict(false).ifPresentOrElse(this::left, () -> file(walk.getObjectId(0)));
      }
    }

    private void submodule() {
      Optional<Outcome> out = verdict(true);
      if (out.isPresent()) {
        left(out.get());
        return;
      }
      ObjectId commit = walk.getObjectId(0);
      GitTreeSource.this
          .submodule(walk.getPathString(), commit)
          .ifPresentOrElse(
              part -> part.list(ignores.get(walk.getDepth()), inTree() + "/", found),
              () ->
                  left(
                      new Outcome.Skipped(
                          "submodule whose commit %s is not here"
                              .formatted(commit.abbreviate(COMMIT_DIGITS).name()))));
    }

    /// Returns where the walk is, as ignore files see it.
    private String inTree() {
      return prefix + ByteNames.of(walk.getRawPath());
    }

    private Answer answer(boolean folder) {
      return ignores.get(walk.getDepth()).answer(inTree(), folder);
    }

    private Optional<Outcome> verdict(boolean folder) {
      return switch (answer(folder)) {
        case IGNORED -> Optional.of(Rule.BRIMFULIGNORE.skipped());
        case KEPT -> Optional.empty();
        case SILENT -> {
          String name = walk.getNameString();
          ObjectId id = walk.getObjectId(0);
          boolean open = FileMode.TREE.equals(walk.getRawMode(0));
          yield (folder
                  ? rules.folder(name, child -> open && blob(child, id).isPresent())
                  : rules.file(name, () -> reader.open(id, Constants.OBJ_BLOB).openStream()))
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

    private void file(ObjectId id) {
      try {
        long bytes = reader.getObjectSize(id, Constants.OBJ_BLOB);
        Listed.File file = GitTreeSource.this.file(id(), id, bytes);
        found.add(answer(false) == Answer.KEPT ? file.takenBack() : file);
      } catch (MissingObjectException e) {
        left(new Outcome.Failed("blob %s is missing from the repository".formatted(id.name())));
      } catch (IOException e) {
        left(new Outcome.Failed("blob %s cannot be read".formatted(id.name())));
      }
    }

    private void left(Outcome outcome) {
      found.add(new Listed.Left(id(), outcome));
    }

    private DocumentId id() {
      return DocumentId.of(inTree().getBytes(ISO_8859_1));
    }
  }
}
