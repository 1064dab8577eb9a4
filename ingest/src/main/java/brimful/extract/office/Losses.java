package brimful.extract.office;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.tika.parser.ParseContext;

/// What a parser could not read of a document although it read the rest.
///
/// One for each document, in its [ParseContext]. Not thread-safe.
public final class Losses {
  private static final int NAMED_MAX = 3;

  private final List<String> lost = new ArrayList<>();
  private Optional<Exception> cause = Optional.empty();
  private int parts;

  /// Returns the losses of the document that a context is for.
  static Losses of(ParseContext context) {
    return context.get(Losses.class, new Losses());
  }

  /// Counts a part of the document that will be read.
  void part() {
    parts++;
  }

  /// Notes that a counted part was not read to its end.
  void lost(String part, Exception exception) {
    if (!lost.contains(part)) {
      lost.add(part);
    }
    cause = cause.or(() -> Optional.of(exception));
  }

  /// Returns how many parts were lost; nothing was if it is 0.
  public int count() {
    return lost.size();
  }

  /// Returns how many parts should have been read.
  public int parts() {
    return Math.max(parts, lost.size());
  }

  /// Returns why the first part was lost.
  public Optional<Exception> cause() {
    return cause;
  }

  /// Returns the lost parts for people: `word/comments.xml cannot be read`.
  public String detail() {
    String names = String.join(", ", lost.subList(0, Math.min(NAMED_MAX, lost.size())));
    String more = lost.size() > NAMED_MAX ? " and %s more".formatted(lost.size() - NAMED_MAX) : "";
    return names + more + " cannot be read";
  }
}
