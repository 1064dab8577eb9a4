package brimful.extract.office;

import brimful.corpus.Outcome;
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
  private int slides;
  private int slidesMissing;

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

  /// Notes how many slides a presentation lists, and how many of these it does not have.
  void slides(int listed, int missing) {
    slides = listed;
    slidesMissing = missing;
  }

  /// Returns how many parts were lost; nothing that is there was if it is 0.
  public int count() {
    return lost.size();
  }

  /// Returns why the first part was lost.
  public Optional<Exception> cause() {
    return cause;
  }

  /// Returns how a document ended that has text in spite of its losses; nothing if it has none.
  public Optional<Outcome> outcome() {
    if (lost.isEmpty() && slidesMissing > 0) {
      return Optional.of(
          new Outcome.Truncated(
              slides - slidesMissing, slides, "slides", slidesMissing + " missing"));
    }
    int all = Math.max(parts, lost.size());
    return lost.isEmpty()
        ? Optional.empty()
        : Optional.of(new Outcome.Truncated(all - lost.size(), all, "parts", detail()));
  }

  /// Returns the losses for people: `word/comments.xml cannot be read`.
  public String detail() {
    String missing =
        slidesMissing > 0 ? "%s of %s slides are missing".formatted(slidesMissing, slides) : "";
    if (lost.isEmpty()) {
      return missing;
    }
    String names = String.join(", ", lost.subList(0, Math.min(NAMED_MAX, lost.size())));
    String more = lost.size() > NAMED_MAX ? " and %s more".formatted(lost.size() - NAMED_MAX) : "";
    return names + more + " cannot be read" + (missing.isEmpty() ? "" : "; " + missing);
  }
}
