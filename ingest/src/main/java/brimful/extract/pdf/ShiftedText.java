package brimful.extract.pdf;

import brimful.extract.format.RaisedText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Puts raised and lowered numbers back into their line.
///
/// PDFBox takes the 2 of H₂O for a line of its own where fonts say too little of their heights, and
/// what follows for a third one. A number belongs to the line before it if it is smaller, stands a
/// bit higher or lower, and right beside a letter or digit. What goes on where it ends is on the
/// line before it again.
final class ShiftedText {
  private static final float OVERLAP_MAX = 0.1f;
  private static final float GAP_MAX = 0.15f;
  private static final float BLANK_MAX = 0.4f;
  private static final float SHIFT_MIN = 0.1f;
  private static final float SHIFT_MAX = 0.6f;
  private static final float SMALLER = 0.85f;
  private static final float SAME = 0.05f;

  private static final Pattern PIECE = Pattern.compile("[+\\-−–]?\\d{1,3}[+\\-−–]?|st|nd|rd|th");

  private ShiftedText() {}

  /// Returns whether a line is a raised or lowered number at the end of the one before it.
  static boolean isPiece(TextLine line, TextLine next) {
    if (!line.upright() || !next.upright() || line.words().isEmpty() || next.words().size() != 1) {
      return false;
    }
    TextLine.Word last = line.words().getLast();
    TextLine.Word first = next.words().getFirst();
    float size = last.drawn();
    float shift = Math.abs(first.y() - last.y());
    return PIECE.matcher(first.text()).matches()
        && !last.text().isEmpty()
        && Character.isLetterOrDigit(before(last))
        && first.drawn() < SMALLER * size
        && shift > SHIFT_MIN * size
        && shift < SHIFT_MAX * size
        && isBeside(last, first, GAP_MAX);
  }

  /// Returns whether a line only goes on with one after whose end a number was raised or lowered.
  ///
  /// @param line with its number, from [#withPiece]
  static boolean goesOn(TextLine line, TextLine next) {
    if (!next.upright() || next.words().isEmpty()) {
      return false;
    }
    TextLine.Word last = line.words().getLast();
    TextLine.Word first = next.words().getFirst();
    float size = last.drawn();
    return Math.abs(first.y() - last.y()) < SAME * size
        && Math.abs(first.drawn() - size) < SAME * size
        && isBeside(last, first, BLANK_MAX);
  }

  private static boolean isBeside(TextLine.Word last, TextLine.Word first, float gapMax) {
    float gap = first.left() - last.right();
    return gap > -OVERLAP_MAX * last.drawn() && gap < gapMax * last.drawn();
  }

  private static char before(TextLine.Word last) {
    return last.text().charAt(last.text().length() - 1);
  }

  /// Returns a line with the number at its end, whose last word stands where it stood.
  static TextLine withPiece(TextLine line, TextLine piece) {
    TextLine.Word last = line.words().getLast();
    TextLine.Word number = piece.words().getFirst();
    String mark = RaisedText.mark(number.y() < last.y(), before(last), number.text());
    return joined(line, last.text() + mark + number.text(), piece);
  }

  /// Returns a line with what goes on with it.
  static TextLine joined(TextLine line, TextLine next) {
    TextLine.Word last = line.words().getLast();
    TextLine.Word first = next.words().getFirst();
    if (first.left() - last.right() > GAP_MAX * last.drawn()) {
      List<TextLine.Word> words = new ArrayList<>(line.words());
      words.addAll(next.words());
      return new TextLine(words, true);
    }
    return joined(line, last.text() + first.text(), next);
  }

  private static TextLine joined(TextLine line, String word, TextLine next) {
    List<TextLine.Word> words = new ArrayList<>(line.words());
    TextLine.Word last = words.removeLast();
    float right = next.words().getFirst().right();
    words.add(new TextLine.Word(word, last.left(), right, last.y(), last.size(), last.drawn()));
    words.addAll(next.words().subList(1, next.words().size()));
    return new TextLine(words, true);
  }
}
