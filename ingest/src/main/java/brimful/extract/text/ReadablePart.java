package brimful.extract.text;

import brimful.corpus.Locator;
import java.util.List;

/// A part of a file in readable form.
///
/// @param locator where it is
/// @param text with `\n` line breaks
/// @param heading what it is under; may be empty
/// @param places a locator for each line of the text, or none
public record ReadablePart(Locator locator, String text, String heading, List<Locator> places) {
  public ReadablePart {
    places = List.copyOf(places);
  }

  /// Returns a text with line locators, which count its own lines.
  static ReadablePart lines(String text) {
    int lines = 1 + (int) text.chars().filter(c -> c == '\n').count();
    return new ReadablePart(new Locator.Lines(1, lines), text, "", List.of());
  }
}
