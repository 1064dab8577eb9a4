package brimful.source.copy;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jgit.errors.RevisionSyntaxException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;

/// What the copy of a remote repository has, which cannot be fetched now.
///
/// @param commit its id
/// @param time of the commit
public record LastCopy(String commit, Instant time) {
  private static final String THERE = "the last copy,";
  private static final String NONE = "there is no older copy";
  private static final int ID_DIGITS = 12;
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /// Returns the end of the line about a failed fetch.
  public static String line(Repository copy, String ref) {
    return in(copy, ref)
        .map(last ->
            "%s %s, is in %s@%s: name that to read it"
                .formatted(THERE, last.display(), copy.getDirectory(), last.commit))
        .orElse("%s of %s".formatted(NONE, ref));
  }

  /// Returns the line about a failed fetch without that end: who only sees the collection must not
  /// learn where copies are.
  public static String without(String line) {
    return line.replaceFirst("; (?:%s|%s) .*".formatted(THERE, NONE), "");
  }

  /// Returns what a copy has; empty if it has no such commit.
  ///
  /// @param ref what is asked for
  public static Optional<LastCopy> in(Repository copy, String ref) {
    try (var walk = new RevWalk(copy)) {
      ObjectId id = copy.resolve(ref + "^{commit}");
      return id == null
          ? Optional.empty()
          : Optional.of(
              new LastCopy(
                  id.name().substring(0, ID_DIGITS),
                  Instant.ofEpochSecond(walk.parseCommit(id).getCommitTime())));
    } catch (IOException | RevisionSyntaxException e) {
      // A damaged copy is as good as none.
      return Optional.empty();
    }
  }

  /// Returns what people know it by.
  public String display() {
    return "commit %s of %s".formatted(commit, MINUTE.format(time));
  }
}
