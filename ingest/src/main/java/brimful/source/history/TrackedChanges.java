package brimful.source.history;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.dircache.DirCacheIterator;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.FileTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.PathFilter;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/// Which tracked files of a work tree differ from a commit, staged or not.
///
/// Folders without tracked files are not entered. Files whose size and times are those of the index
/// are not read.
final class TrackedChanges {
  private static final int COMMIT = 0;
  private static final int INDEX = 1;
  private static final int FILES = 2;

  private final Repository repository;
  private final RevCommit base;
  private final String below;

  TrackedChanges(Repository repository, RevCommit base, String below) {
    this.repository = repository;
    this.base = base;
    this.below = below;
  }

  /// Returns their paths in the repository.
  List<String> paths() throws IOException {
    var changed = new ArrayList<String>();
    try (var walk = new TreeWalk(repository)) {
      walk.addTree(base.getTree());
      walk.addTree(new DirCacheIterator(repository.readDirCache()));
      var files = new FileTreeIterator(repository);
      walk.addTree(files);
      files.setDirCacheIterator(walk, INDEX);
      walk.setRecursive(true);
      walk.setFilter(
          below.isEmpty()
              ? new Tracked()
              : AndTreeFilter.create(PathFilter.create(below), new Tracked()));
      while (walk.next()) {
        if (differs(walk)) {
          changed.add(walk.getPathString());
        }
      }
    }
    return changed;
  }

  private static boolean differs(TreeWalk walk) {
    if (isModule(walk, COMMIT) || isModule(walk, INDEX)) {
      return false;
    }
    DirCacheIterator index = walk.getTree(INDEX, DirCacheIterator.class);
    DirCacheEntry entry = index == null ? null : index.getDirCacheEntry();
    boolean absent = entry != null && (entry.isSkipWorkTree() || entry.isAssumeValid());
    int shown = absent ? INDEX : FILES;
    FileMode before = walk.getFileMode(COMMIT);
    FileMode after = walk.getFileMode(shown);
    return !before.equals(after) || !walk.idEqual(COMMIT, shown);
  }

  private static boolean isModule(TreeWalk walk, int tree) {
    return FileMode.GITLINK.equals(walk.getRawMode(tree));
  }

  /// Files and folders that the commit or the index has.
  private static final class Tracked extends TreeFilter {
    @Override
    public boolean include(TreeWalk walk) {
      return walk.getRawMode(COMMIT) != 0 || walk.getRawMode(INDEX) != 0;
    }

    @Override
    public boolean shouldBeRecursive() {
      return false;
    }

    @Override
    public TreeFilter clone() {
      return this;
    }
  }
}
