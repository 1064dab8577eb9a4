package brimful.secret;

import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import brimful.corpus.Secrets;
import brimful.extract.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Replaces the secrets in the texts of one file by marks such as `[secret: github-token]`, and
/// remembers where they were. For one thread.
public final class SecretMask {
  private final SecretScanner scanner = SecretScanner.standard();
  private final PasswordTables tables = new PasswordTables();
  private final List<Secrets.Found> found = new ArrayList<>();
  private long count;

  /// The document whose last text ended within a private key.
  private Optional<DocumentId> open = Optional.empty();

  /// Returns the sections without secrets, with as many lines as before, and without the pictures
  /// in which one was read: nothing is masked in a picture.
  ///
  /// @param sections they go on with those of the last call if that was for the same document
  public List<Section> masked(DocumentId id, List<Section> sections) {
    Assignments.Kind kind = Assignments.kind(id.value());
    var masked = new ArrayList<Section>(sections.size());
    for (Section section : sections) {
      String text = masked(id, section, section.text(), kind);
      String heading = section.heading().isEmpty() ? "" : heading(id, section, kind);
      boolean same = text.equals(section.text()) && heading.equals(section.heading());
      masked.add(same ? section : new Section(section.locator(), text, heading, section.places()));
    }
    return masked;
  }

  /// A heading is a row of the text once more, and its secrets are counted there.
  private static String heading(DocumentId id, Section section, Assignments.Kind kind) {
    return new SecretMask().masked(id, section, section.heading(), kind);
  }

  /// Returns what was masked so far.
  public Secrets secrets() {
    return new Secrets(count, found);
  }

  private String masked(DocumentId id, Section section, String text, Assignments.Kind kind) {
    List<SecretSpan> spans = spans(id, text, kind);
    int from = open.filter(id::equals).isPresent() ? PrivateKeys.rest(text) : 0;
    if (spans.isEmpty() && from == 0) {
      open = text.isEmpty() ? open : Optional.empty();
      return text;
    }
    var masked = new StringBuilder(text.length());
    masked.append(breaks(text, 0, from));
    int line = breaks(text, 0, from).length();
    int done = from;
    for (SecretSpan span : spans) {
      if (span.end() <= done) {
        continue;
      }
      int start = Math.max(done, span.start());
      masked.append(text, done, start);
      line += breaks(text, done, start).length();
      String breaks = breaks(text, start, span.end());
      masked.append("[secret: ").append(span.rule()).append(']').append(breaks);
      remember(id, section, line, span.rule());
      line += breaks.length();
      done = span.end();
    }
    open =
        (from > 0 && from == text.length())
                || (!spans.isEmpty()
                    && spans.getLast().rule().equals(PrivateKeys.RULE)
                    && PrivateKeys.isOpen(text, spans.getLast()))
            ? Optional.of(id)
            : Optional.empty();
    return masked.append(text, done, text.length()).toString();
  }

  private List<SecretSpan> spans(DocumentId id, String text, Assignments.Kind kind) {
    List<SecretSpan> cells = tables.spans(id, text, kind);
    List<SecretSpan> spans = scanner.scan(text, kind);
    if (cells.isEmpty()) {
      return spans;
    }
    cells.addAll(spans);
    return SecretScanner.joined(cells);
  }

  private static String breaks(String text, int from, int to) {
    int breaks = 0;
    for (int i = from; i < to; i++) {
      breaks += text.charAt(i) == '\n' ? 1 : 0;
    }
    return "\n".repeat(breaks);
  }

  private void remember(DocumentId id, Section section, int line, String rule) {
    count++;
    if (found.size() == Secrets.FOUND_MAX) {
      return;
    }
    Locator place = section.locator();
    if (!section.places().isEmpty()) {
      place = section.places().get(Math.min(line, section.places().size() - 1));
    } else if (place instanceof Locator.Lines(int first, int last)) {
      int at = Math.min(first + line, last);
      place = new Locator.Lines(at, at);
    }
    found.add(new Secrets.Found(id, place.display(), rule));
  }
}
