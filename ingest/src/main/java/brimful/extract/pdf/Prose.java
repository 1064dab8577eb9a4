package brimful.extract.pdf;

import java.util.ArrayList;
import java.util.List;

/// Tells prose in a column from cells of a table, by the shape of its lines.
///
/// Lines of prose have letters, most reach to the column's edge, and many begin in the middle of a
/// sentence, with a small letter; scripts without small letters are told by the rest.
final class Prose {
  private static final int LINES_MIN = 3;
  private static final int LETTERS_MIN = 11;
  private static final float LETTERS_SHARE = 0.6f;

  /// A line is full if it has this share of the column's width.
  private static final float FULL_WIDTH = 0.6f;

  private static final float FULL_SHARE = 0.6f;
  private static final float SMALL_SHARE = 0.25f;

  private Prose() {}

  /// @param pieces of a column, from top to bottom
  static boolean is(List<LinePiece> pieces) {
    List<Float> widths = new ArrayList<>();
    int characters = 0;
    int letters = 0;
    int small = 0;
    int cased = 0;
    for (int from = 0, to; from < pieces.size(); from = to) {
      float left = pieces.get(from).left();
      float right = pieces.get(from).right();
      for (to = from; to < pieces.size() && pieces.get(to).isOnLineOf(pieces.get(from)); to++) {
        left = Math.min(left, pieces.get(to).left());
        right = Math.max(right, pieces.get(to).right());
        characters += pieces.get(to).characters();
        letters += pieces.get(to).letters();
      }
      // The first line begins a sentence, or goes on with the last column's.
      if (!widths.isEmpty() && pieces.get(from).cased()) {
        cased++;
        small += Character.isLowerCase(pieces.get(from).first()) ? 1 : 0;
      }
      widths.add(right - left);
    }
    float width = widths.stream().max(Float::compare).orElse(0f);
    long full = widths.stream().filter(line -> line >= FULL_WIDTH * width).count();
    return widths.size() >= LINES_MIN
        && letters >= LETTERS_MIN * widths.size()
        && letters >= LETTERS_SHARE * characters
        && full >= FULL_SHARE * widths.size()
        && small >= SMALL_SHARE * cased;
  }
}
