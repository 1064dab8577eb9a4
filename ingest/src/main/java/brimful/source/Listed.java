package brimful.source;

import brimful.corpus.DocumentId;
import brimful.corpus.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// A file that a source found: either one to read, or one that a rule skips.
public sealed interface Listed {
  DocumentId id();

  /// Returns the same file under another id.
  default Listed under(DocumentId other) {
    return switch (this) {
      case File(_, String stamp, long bytes, Content content) ->
          new File(other, stamp, bytes, content);
      case Left(_, Outcome outcome) -> new Left(other, outcome);
    };
  }

  /// Returns the list in canonical order, every id once.
  ///
  /// Different paths have different ids; only a damaged git tree has one path twice.
  ///
  /// @param found in an order that is the same every time, for ties
  static List<Listed> canonical(List<Listed> found) {
    var sorted = new ArrayList<Listed>(found);
    sorted.sort(Comparator.comparing(Listed::id));
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i).id().equals(sorted.get(i - 1).id())) {
        return unique(sorted);
      }
    }
    return sorted;
  }

  private static List<Listed> unique(List<Listed> sorted) {
    Set<DocumentId> taken = HashSet.newHashSet(sorted.size());
    sorted.forEach(listed -> taken.add(listed.id()));
    Set<DocumentId> seen = HashSet.newHashSet(sorted.size());
    var unique = new ArrayList<Listed>(sorted.size());
    for (Listed listed : sorted) {
      DocumentId id = listed.id();
      for (int n = 2; !seen.add(id); n++) {
        DocumentId other = new DocumentId(listed.id() + "~" + n);
        id = taken.add(other) ? other : listed.id();
      }
      unique.add(listed.under(id));
    }
    unique.sort(Comparator.comparing(Listed::id));
    return unique;
  }

  /// A file to read.
  ///
  /// @param stamp equal stamps mean an unchanged file: size and times, or the id of a git blob
  /// @param bytes its size when it was listed; it may have changed when it is read
  record File(DocumentId id, String stamp, long bytes, Content content) implements Listed {
    /// Goes before the time in the stamp of a file that had just been changed when it was listed.
    static final String UNSETTLED = "-unsettled-";

    /// Goes before the day in the stamp of a text that is kept while its file cannot be had.
    private static final String READ_ON = "-read-on-";

    private static final Pattern DATED = Pattern.compile(READ_ON + "\\d{4}-\\d{2}-\\d{2}$");

    /// Returns the part of a stamp that stays while the file does.
    public static String settled(String stamp) {
      int end = stamp.indexOf(UNSETTLED);
      return end < 0 ? undated(stamp) : stamp.substring(0, end);
    }

    /// Returns a stamp with the day on which the file was read.
    ///
    /// @param day such as `2026-11-28`; empty if nobody knows
    public static String dated(String stamp, String day) {
      return day.isEmpty() ? stamp : stamp + READ_ON + day;
    }

    /// Returns a stamp as the file was listed with it.
    public static String undated(String stamp) {
      return DATED.matcher(stamp).replaceFirst("");
    }

    /// Returns the day on which the file was read; empty if the stamp does not say.
    public static String day(String stamp) {
      String undated = undated(stamp);
      return undated.equals(stamp) ? "" : stamp.substring(undated.length() + READ_ON.length());
    }

    /// Returns the same file, to be read whatever the rules say about its content.
    public File takenBack() {
      return new File(id, stamp, bytes, new TakenBack(content));
    }
  }

  /// A file that is not read, or a whole folder that is not entered.
  record Left(DocumentId id, Outcome outcome) implements Listed {}

  /// Opens a file's bytes, as often as needed.
  @FunctionalInterface
  interface Content {
    InputStream open() throws IOException;

    /// Returns another file of the same source, by its path as seen from this one, such as
    /// `../users.json`; empty if there is none or the source cannot tell.
    default Optional<File> beside(String path) throws IOException {
      return Optional.empty();
    }

    /// Whether the bytes may be out of reach for a while though nothing has happened to the file:
    /// an index then keeps the text that it has.
    default boolean mayBeAway() {
      return false;
    }

    /// Whether a person asked for this very file, so that no rule by content skips it.
    default boolean isTakenBack() {
      return false;
    }
  }

  /// The content of a file that was asked for by name, or by a pattern with `!`.
  record TakenBack(Content content) implements Content {
    @Override
    public InputStream open() throws IOException {
      return content.open();
    }

    @Override
    public Optional<File> beside(String path) throws IOException {
      return content.beside(path);
    }

    @Override
    public boolean mayBeAway() {
      return content.mayBeAway();
    }

    @Override
    public boolean isTakenBack() {
      return true;
    }
  }
}
