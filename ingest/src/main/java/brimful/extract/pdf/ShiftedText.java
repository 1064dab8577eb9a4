package brimful.extract.pdf;

import brimful.extract.format.RaisedText;
import java.util.ArrayList;
import java.util.List;

/// Puts raised and lowered text back into its line.
///
/// PDFBox takes the 2 of H₂O for a line of its own where fonts say too little of their heights, and
/// what follows for a third one. A piece belongs to the line before it if it goes on where that
/// ends, less than a line higher or lower, and if one of the two is short.
final class ShiftedText {
  private static final float OVERLAP_MAX = 0.3f;
  private static final float GAP_MAX = 0.4f;

  /// A wider gap is a blank.
  private static final float BLANK_MIN = 0.15f;

  private static final float SHIFT_MAX = 0.6f;
  private static final float SMALLER = 0.85f;

  /// Longer pieces are rather lines of their own, such as heads of columns.
  private static final int PIECE_CHARACTERS_MAX = 3;

  private ShiftedText() {}

  /// Returns whether a line only goes on with the one before it.
  static boolean goesOn(TextLine line, TextLine next) {
    if (!line.upright() || !next.upright() || line.words().isEmpty() || next.words().isEmpty()) {
      return false;
    }
    if (!isPiece(line) && !isPiece(next)) {
      return false;
    }
    TextLine.Word last = line.words().getLast();
    TextLine.Word first = next.words().getFirst();
    float size = Math.max(last.size(), first.size());
    float gap = first.left() - last.right();
    float shift = Math.abs(first.y() - last.y());
    return gap > -OVERLAP_MAX * size
        && gap < GAP_MAX * size
        && shift > 0
        && shift < SHIFT_MAX * size;
  }

  private static boolean isPiece(TextLine line) {
    return line.words().size() == 1
        && line.words().getFirst().text().length() <= PIECE_CHARACTERS_MAX;
  }

  static TextLine joined(TextLine line, TextLine next) {
    List<TextLine.Word> words = new ArrayList<>(line.words());
    TextLine.Word last = words.getLast();
    TextLine.Word first = next.words().getFirst();
    if (first.left() - last.right() > BLANK_MIN * Math.max(last.size(), first.size())) {
      words.add(first);
    } else {
      boolean smaller = first.size() < SMALLER * last.size();
      char before = last.text().isEmpty() ? ' ' : last.text().charAt(last.text().length() - 1);
      String mark = smaller ? RaisedText.mark(first.y() < last.y(), before, first.text()) : "";
      String text = last.text() + mark + first.text();
      words.set(
          words.size() - 1,
          new TextLine.Word(text, last.left(), first.right(), first.y(), first.size()));
    }
    words.addAll(next.words().subList(1, next.words().size()));
    return new TextLine(words, true);
  }
}
