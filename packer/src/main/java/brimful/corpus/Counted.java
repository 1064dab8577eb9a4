package brimful.corpus;

import java.util.Locale;

/// Counts with their nouns, for people: `1 file`, `2,000 files`.
public final class Counted {
  private Counted() {}

  /// Returns a count and its noun, with an s unless there is one.
  public static String of(long count, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", count, noun, count == 1 ? "" : "s");
  }
}
