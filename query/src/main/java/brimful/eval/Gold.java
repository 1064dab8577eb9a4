package brimful.eval;

import brimful.corpus.UserError;

/// A piece of evidence that a good window contains.
///
/// | written | means |
/// |---|---|
/// | `src/a.py` | that file, any part of it |
/// | `report.pdf#p41` | a page, counted from 0 |
/// | `speech.md#c120-260` | characters, counted from 0 in code points, the last not included |
/// | `conv-1#D3:7` | the line that is marked `[D3:7]`, in any file |
sealed interface Gold {

  /// A file, any part of it.
  record File(String path) implements Gold {}

  /// A page.
  ///
  /// @param number one-based, as locators count
  record Page(String path, int number) implements Gold {}

  /// Characters of a file.
  ///
  /// @param from the first, in code points from 0
  /// @param to behind the last
  record Chars(String path, int from, int to) implements Gold {
    public Chars {
      if (from < 0 || to <= from) {
        throw new UserError(
            UserError.Kind.INPUT,
            "characters %s-%s of %s: the first must be at least 0 and the last behind it"
                .formatted(from, to, path));
      }
    }
  }

  /// The line that begins with `[label]`.
  record Marked(String label) implements Gold {}

  /// Returns what is written.
  static Gold of(String written) {
    int hash = written.lastIndexOf('#');
    if (hash < 0) {
      return new File(written);
    }
    String path = written.substring(0, hash);
    String place = written.substring(hash + 1);
    if (place.matches("p\\d{1,8}")) {
      return new Page(path, Integer.parseInt(place.substring(1)) + 1);
    }
    if (place.matches("c\\d{1,9}-\\d{1,9}")) {
      int dash = place.indexOf('-');
      return new Chars(
          path,
          Integer.parseInt(place.substring(1, dash)),
          Integer.parseInt(place.substring(dash + 1)));
    }
    return new Marked(place);
  }
}
