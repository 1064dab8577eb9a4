package brimful.cli.lead;

import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import brimful.corpus.Secrets;
import brimful.extract.Section;
import brimful.secret.SecretMask;
import brimful.source.history.FileDiff;
import java.util.ArrayList;
import java.util.List;

/// Texts of a repository's history without secrets.
///
/// The marks in front of a diff's lines are taken off before secrets are looked for, so that a key
/// over several lines is seen as one.
final class ChangeTexts {
  private final SecretMask mask = new SecretMask();
  private final boolean masking;

  ChangeTexts(boolean masking) {
    this.masking = masking;
  }

  /// Returns what was masked so far.
  Secrets secrets() {
    return mask.secrets();
  }

  /// Returns the changes of a file: its head with the first hunk, then each other hunk.
  ///
  /// @param file the file, by whose name secrets are told
  List<String> pieces(DocumentId file, FileDiff diff) {
    if (diff.hunks().isEmpty()) {
      return List.of(diff.head());
    }
    String all = String.join("", diff.hunks().stream().map(FileDiff.Hunk::text).toList());
    List<String> lines = masking ? unmarked(file, all) : all.lines().toList();
    var pieces = new ArrayList<String>();
    int from = 0;
    for (FileDiff.Hunk hunk : diff.hunks()) {
      int to = from + (int) hunk.text().lines().count();
      String text = String.join("\n", lines.subList(from, to)) + "\n";
      pieces.add(pieces.isEmpty() ? diff.head() + text : text);
      from = to;
    }
    return pieces;
  }

  private List<String> unmarked(DocumentId file, String text) {
    List<String> lines = text.lines().toList();
    List<String> bare = lines.stream().map(line -> line.substring(mark(line))).toList();
    List<String> masked = List.of(masked(file, String.join("\n", bare)).split("\n", -1));
    var marked = new ArrayList<String>();
    for (int i = 0; i < lines.size(); i++) {
      marked.add(lines.get(i).substring(0, mark(lines.get(i))) + masked.get(i));
    }
    return marked;
  }

  /// Returns how long the mark of a line is.
  private static int mark(String line) {
    return line.isEmpty() || line.startsWith("@@") ? 0 : 1;
  }

  /// Returns a text with as many lines as before.
  String masked(DocumentId file, String text) {
    if (!masking || text.isBlank()) {
      return text;
    }
    int lines = (int) text.chars().filter(c -> c == '\n').count() + 1;
    return mask.masked(file, List.of(new Section(new Locator.Lines(1, lines), text)))
        .getFirst()
        .text();
  }
}
