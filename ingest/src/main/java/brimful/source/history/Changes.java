package brimful.source.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.corpus.UserError;
import brimful.corpus.WellFormed;
import brimful.source.RepositoryView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.errors.RevisionSyntaxException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.treewalk.AbstractTreeIterator;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.treewalk.FileTreeIterator;
import org.eclipse.jgit.treewalk.filter.PathFilter;
import org.eclipse.jgit.treewalk.filter.PathFilterGroup;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/// How what a location shows differs from a commit: tracked files only, with renames.
///
/// Proposed changes are compared with the commit where they left their branch, as in a pull
/// request.
public final class Changes {
  private static final Charset LEGACY = Charset.forName("windows-1252");
  private static final int ID_DIGITS = 10;

  /// `@@ -1,2 +3,4 @@`, of which one line has no number behind the comma.
  private static final Pattern HUNK =
      Pattern.compile("^@@ -[0-9,]+ \\+([0-9]+)(?:,([0-9]+))? @@", Pattern.MULTILINE);

  private final RepositoryView view;
  private final Repository repository;
  private final RevCommit base;
  private final String name;

  private Changes(RepositoryView view, RevCommit base, String name) {
    this.view = view;
    this.repository = view.repository();
    this.base = base;
    this.name = name;
  }

  /// Compares with a commit.
  ///
  /// @param ref as git names commits; empty for what was checked out, or what changes are proposed
  ///   to
  /// @throws UserError if there is no such commit, or nothing to compare a commit with
  public static Changes since(RepositoryView view, Optional<String> ref) {
    if (ref.isPresent()) {
      return new Changes(view, commit(view, ref.get()), ref.get());
    }
    if (view.onto().isPresent()) {
      RevCommit fork = fork(view, view.onto().get());
      return new Changes(view, fork, fork.abbreviate(ID_DIGITS).name());
    }
    if (!view.workTree()) {
      throw new UserError(
          UserError.Kind.USAGE,
          "%s is a commit and has no changed files: name what to compare it with, as in --diff=%s~1"
              .formatted(view.location(), view.commit()));
    }
    return new Changes(view, commit(view, view.commit()), view.commit());
  }

  /// Returns the commit's name for people.
  public String base() {
    return name;
  }

  static RevCommit commit(RepositoryView view, String ref) {
    try (var walk = new RevWalk(view.repository())) {
      ObjectId id = view.repository().resolve(ref + "^{commit}");
      if (id != null) {
        return walk.parseCommit(id);
      }
    } catch (IOException | RevisionSyntaxException _) {
      // Reported below, as what is not there.
    }
    throw new UserError(
        UserError.Kind.NOT_FOUND,
        ref.equals(Constants.HEAD)
            ? "%s has no commit yet: commit something, or leave out --diff and --log"
                .formatted(view.location())
            : "no commit \"%s\" in %s: name a commit, branch or tag that it has"
                .formatted(ref, view.location()));
  }

  private static RevCommit fork(RepositoryView view, String branch) {
    RevCommit proposed = commit(view, view.commit());
    RevCommit onto = commit(view, branch);
    try (var walk = new RevWalk(view.repository())) {
      walk.setRevFilter(RevFilter.MERGE_BASE);
      walk.markStart(walk.parseCommit(proposed));
      walk.markStart(walk.parseCommit(onto));
      RevCommit fork = walk.next();
      if (fork == null) {
        throw new UserError(
            UserError.Kind.NOT_FOUND,
            "%s shares no commit with the branch that it is proposed to: name what to compare it with, --diff REV"
                .formatted(view.location()));
      }
      return walk.parseCommit(fork);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private UncheckedIOException unreadableIndex(IOException e) {
    return new UncheckedIOException(
        "the index of %s cannot be read for --diff: name a commit of it, %s@HEAD"
            .formatted(view.location(), view.location()),
        e);
  }

  static UncheckedIOException unreadable(IOException e) {
    return new UncheckedIOException("cannot read commits: check the repository with git fsck", e);
  }

  /// Returns the files that differ, in the order of their paths.
  public List<FileDiff> files() {
    try (ObjectReader reader = repository.newObjectReader()) {
      CanonicalTreeParser before = tree(reader, base);
      return view.workTree()
          ? ofWorkTree(before)
          : differences(
              before,
              tree(reader, commit(view, view.commit())),
              view.below().isEmpty() ? TreeFilter.ALL : PathFilter.create(view.below()));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private List<FileDiff> ofWorkTree(CanonicalTreeParser before) throws IOException {
    List<String> changed;
    try {
      changed = new TrackedChanges(repository, base, view.below()).paths();
    } catch (IOException e) {
      throw unreadableIndex(e);
    }
    return changed.isEmpty()
        ? List.of()
        : differences(
            before, new FileTreeIterator(repository), PathFilterGroup.createFromStrings(changed));
  }

  static CanonicalTreeParser tree(ObjectReader reader, RevCommit commit) throws IOException {
    return new CanonicalTreeParser(null, reader, commit.getTree());
  }

  private List<FileDiff> differences(
      AbstractTreeIterator before, AbstractTreeIterator after, TreeFilter paths)
      throws IOException {
    var text = new ByteArrayOutputStream();
    var files = new ArrayList<FileDiff>();
    try (var formatter = new DiffFormatter(text)) {
      formatter.setRepository(repository);
      formatter.setPathFilter(paths);
      formatter.setDetectRenames(true);
      formatter.setAbbreviationLength(ID_DIGITS);
      for (DiffEntry entry : formatter.scan(before, after)) {
        text.reset();
        formatter.format(entry);
        formatter.flush();
        files.add(file(entry, text(text.toByteArray())));
      }
    }
    return files;
  }

  private FileDiff file(DiffEntry entry, String text) {
    boolean deleted = entry.getChangeType() == DiffEntry.ChangeType.DELETE;
    String path = deleted ? entry.getOldPath() : entry.getNewPath();
    var starts = new ArrayList<Integer>();
    var lines = new ArrayList<int[]>();
    Matcher hunk = HUNK.matcher(text);
    while (hunk.find()) {
      starts.add(hunk.start());
      int first = Integer.parseInt(hunk.group(1));
      int count = hunk.group(2) == null ? 1 : Integer.parseInt(hunk.group(2));
      lines.add(new int[] {first, first + count - 1});
    }
    var hunks = new ArrayList<FileDiff.Hunk>();
    for (int i = 0; i < starts.size(); i++) {
      int end = i + 1 < starts.size() ? starts.get(i + 1) : text.length();
      hunks.add(
          new FileDiff.Hunk(text.substring(starts.get(i), end), lines.get(i)[0], lines.get(i)[1]));
    }
    String head = starts.isEmpty() ? text : text.substring(0, starts.getFirst());
    return new FileDiff(path.substring(Math.min(view.from(), path.length())), deleted, head, hunks);
  }

  /// Every line of a difference has a mark in front, so a line break within one must not begin
  /// another.
  static String text(byte[] bytes) {
    return WellFormed.text(
        decoded(bytes).replace("\r\n", "\n").replace('\r', ' ').replace('\0', ' '));
  }

  private static String decoded(byte[] bytes) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return new String(bytes, LEGACY);
    }
  }
}
