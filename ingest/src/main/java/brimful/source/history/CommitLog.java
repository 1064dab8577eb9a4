package brimful.source.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.source.RepositoryView;
import java.io.IOException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.PathFilter;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.eclipse.jgit.util.io.DisabledOutputStream;

/// The last commits of what a location shows: id, day, author, subject and changed files.
public final class CommitLog {
  private static final int ID_DIGITS = 10;

  /// A commit that moves thousands of files must not fill the log.
  private static final int FILES_MAX = 40;

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT);

  private final RepositoryView view;

  public CommitLog(RepositoryView view) {
    this.view = view;
  }

  /// Returns the commits, newest first, each in lines of its own with their line breaks.
  ///
  /// @param most how many
  /// @throws brimful.corpus.UserError if there is no commit
  public List<String> last(int most) {
    RevCommit head = Changes.commit(view, view.commit());
    var commits = new ArrayList<String>();
    try (var walk = new RevWalk(view.repository());
        var formatter = new DiffFormatter(DisabledOutputStream.INSTANCE)) {
      formatter.setRepository(view.repository());
      formatter.setDetectRenames(true);
      if (!view.below().isEmpty()) {
        PathFilter path = PathFilter.create(view.below());
        formatter.setPathFilter(path);
        walk.setTreeFilter(AndTreeFilter.create(path, TreeFilter.ANY_DIFF));
        walk.setRewriteParents(false);
      }
      walk.markStart(walk.parseCommit(head));
      for (RevCommit commit = walk.next();
          commit != null && commits.size() < most;
          commit = walk.next()) {
        walk.parseBody(commit);
        commits.add(text(commit, formatter));
      }
    } catch (IOException e) {
      throw Changes.unreadable(e);
    }
    return commits;
  }

  private String text(RevCommit commit, DiffFormatter formatter) throws IOException {
    PersonIdent author = commit.getAuthorIdent();
    var text = new StringBuilder();
    text.append(commit.abbreviate(ID_DIGITS).name())
        .append(' ')
        .append(DAY.format(day(author)))
        .append(' ')
        .append(line(author.getName()))
        .append(": ")
        .append(line(commit.getShortMessage()))
        .append('\n');
    RevCommit parent = commit.getParentCount() == 0 ? null : commit.getParent(0);
    List<DiffEntry> files =
        formatter.scan(parent == null ? null : parent.getId(), commit.getTree().getId());
    files.stream()
        .limit(FILES_MAX)
        .forEach(file -> text.append("  ").append(line(changed(file))).append('\n'));
    if (files.size() > FILES_MAX) {
      text.append(String.format(Locale.ROOT, "  … and %,d more\n", files.size() - FILES_MAX));
    }
    return text.toString();
  }

  /// Returns when it was written, where the author was.
  private static ZonedDateTime day(PersonIdent author) {
    return author.getWhenAsInstant().atZone(author.getZoneId());
  }

  private static String changed(DiffEntry file) {
    return switch (file.getChangeType()) {
      case ADD -> "A " + file.getNewPath();
      case MODIFY -> "M " + file.getNewPath();
      case DELETE -> "D " + file.getOldPath();
      case RENAME -> "R " + file.getOldPath() + " -> " + file.getNewPath();
      case COPY -> "C " + file.getOldPath() + " -> " + file.getNewPath();
    };
  }

  /// What others wrote stays one line.
  private static String line(String text) {
    return Changes.text(text.getBytes(UTF_8)).replaceAll("\\p{Cntrl}+", " ").strip();
  }
}
