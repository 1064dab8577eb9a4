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
import java.util.Optional;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.treewalk.TreeWalk;

/// The files of one commit, read from git's objects; nothing is checked out.
///
/// What is in the tree was put there on purpose, so .gitignore is not applied; `.brimfulignore` and
/// the rules that go by names are. Submodules and symbolic links are left out. A stamp is the
/// blob's id. Safe for many threads; files can be read until it is closed.
final class GitTreeSource implements Source {
  private final Repository repository;
  private final String location;
  private final RevTree tree;
  private final Rules rules;

  /// @param location where the repository can be opened again
  GitTreeSource(Repository repository, String location, RevCommit commit, Rules rules) {
    this.repository = repository;
    this.location = location + "@" + commit.name();
    this.tree = commit.getTree();
    this.rules = rules;
  }

  @Override
  public List<Listed> list() {
    try (ObjectReader reader = repository.newObjectReader();
        var walk = new TreeWalk(reader)) {
      walk.addTree(tree);
      var listing = new Listing(reader, walk, new ArrayList<>());
      listing.run();
      return Names.canonical(listing.found);
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
        return id.value().indexOf('%') >= 0 ? Source.super.file(id) : Optional.empty();
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
    repository.close();
  }

  /// One listing on its way; a file at the end of the walk, never a folder, adds to `found`.
  private final class Listing {
    private final ObjectReader reader;
    private final TreeWalk walk;
    private final List<Listed> found;

    /// The ignore files that hold at each depth of where the walk is.
    private final List<Ignores> ignores = new ArrayList<>();

    Listing(ObjectReader reader, TreeWalk walk, List<Listed> found) {
      this.reader = reader;
      this.walk = walk;
      this.found = found;
    }

    void run() throws IOException {
      ignores.add(ignoresIn(Ignores.none(), "", tree));
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
        entry(walk.getPathString(), walk.getFileMode());
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
          ignores.add(ignoresIn(ignores.getLast(), path + "/", walk.getObjectId(0)));
          walk.enterSubtree();
        }
      } else if (FileMode.GITLINK.equals(mode)) {
        left(path, new Outcome.Skipped("submodule"));
      } else if (FileMode.SYMLINK.equals(mode)) {
        left(path, new Outcome.Skipped("link"));
      } else {
        verdict(path, false)
            .ifPresentOrElse(outcome -> left(path, outcome), () -> file(path, walk.getObjectId(0)));
      }
    }

    private Optional<Outcome> verdict(String path, boolean folder) {
      Answer answer = ignores.get(walk.getDepth()).answer(path, folder);
      return switch (answer) {
        case IGNORED -> Optional.of(Rule.BRIMFULIGNORE.skipped());
        case KEPT -> Optional.empty();
        case SILENT -> {
          String name = path.substring(path.lastIndexOf('/') + 1);
          ObjectId id = walk.getObjectId(0);
          yield (folder
                  ? rules.folder(name, child -> blob(child, id).isPresent())
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
        found.add(GitTreeSource.this.file(Names.id(path), id, bytes));
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
