package brimful.extract.pdf;

import java.util.List;

/// A line of a page: its words, and where they stand.
///
/// @param upright whether its letters stand upright
record TextLine(List<Word> words, boolean upright) {
  /// What ends a paragraph or a line, and has no words.
  static final TextLine NONE = new TextLine(List.of(), false);

  TextLine {
    words = List.copyOf(words);
  }

  /// A word; lengths are in points, from the page's left and upper edges.
  ///
  /// @param y the baseline
  /// @param size of its letters, as the text says it
  /// @param drawn that with all that the page scales
  record Word(String text, float left, float right, float y, float size, float drawn) {
    Word(String text, float left, float right, float y, float size) {
      this(text, left, right, y, size, size);
    }
  }

  List<String> texts() {
    return words.stream().map(Word::text).toList();
  }
}
