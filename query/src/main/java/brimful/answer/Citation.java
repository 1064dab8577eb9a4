package brimful.answer;

import brimful.corpus.DocumentId;
import brimful.corpus.Locator;

/// A cited place, checked against the window.
///
/// @param document as the window names it; as the answer does, if the window has no such document
/// @param locator the lines, the page and so on
/// @param problem why it cannot be trusted; empty if it is completely in the window
public record Citation(DocumentId document, Locator locator, String problem) {

  /// Returns whether everything that is cited was in the window.
  public boolean verified() {
    return problem.isEmpty();
  }

  /// Returns it as people write it: `src/A.java:12-40`, `report.pdf p. 7`.
  public String display() {
    return locator instanceof Locator.Lines(int first, int last)
        ? document + ":" + (first == last ? Integer.toString(first) : first + "-" + last)
        : document + " " + locator.display();
  }

  /// Returns one line of a list: `[ok] src/A.java:12-40`.
  public String line() {
    return verified() ? "[ok] " + display() : "[??] " + display() + ": " + problem;
  }
}
