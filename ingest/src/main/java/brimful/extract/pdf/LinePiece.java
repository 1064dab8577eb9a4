package brimful.extract.pdf;

import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.text.TextPosition;

/// Letters that a page draws one after the other on one line, without a wide gap.
///
/// Lengths are in points, from the page's left and upper edges.
///
/// @param from index of the first letter, of those of a page
/// @param to index after the last one
/// @param upright whether the letters stand upright
/// @param left where the first letter begins
/// @param right where the last one ends
/// @param y the baseline
/// @param size of the letters
/// @param characters how many, without blanks
/// @param letters how many of them are letters
/// @param first the first character
/// @param cased whether any letter has a small and a large form
record LinePiece(
    int from,
    int to,
    boolean upright,
    float left,
    float right,
    float y,
    float size,
    int characters,
    int letters,
    int first,
    boolean cased) {
  /// A gap of more than this share of the letters' size is not one between words, which even in
  /// justified lines are narrower.
  private static final float GAP_SHARE = 0.9f;

  /// Letters whose baselines differ less than this share of their size stand on one line.
  private static final float LINE_SHARE = 0.4f;

  private static final float BACK_SHARE = 0.5f;

  /// Returns the pieces of a page, in the order in which it draws them.
  static List<LinePiece> of(List<TextPosition> letters) {
    List<LinePiece> pieces = new ArrayList<>();
    var open = new Open();
    for (int at = 0; at < letters.size(); at++) {
      TextPosition letter = letters.get(at);
      String text = letter.getUnicode();
      if (text == null || text.isBlank()) {
        continue;
      }
      boolean upright = letter.getDir() == 0;
      float x = letter.getX();
      float y = letter.getY();
      float size = Math.max(1, letter.getFontSizeInPt());
      if (!open.takes(upright, x, y, size)) {
        open.end(at, pieces);
        open.begin(upright, x, y);
      }
      open.add(text, x, x + letter.getWidth(), size);
    }
    open.end(letters.size(), pieces);
    return pieces;
  }

  boolean isOnLineOf(LinePiece other) {
    return Math.abs(y - other.y) < LINE_SHARE * Math.max(size, other.size);
  }

  /// The piece that is being collected.
  private static final class Open {
    private int from;
    private boolean empty = true;
    private boolean upright;
    private float left;
    private float right;
    private float last;
    private float y;
    private float size;
    private int characters;
    private int letters;
    private int first;
    private boolean cased;

    boolean takes(boolean nextUpright, float x, float nextY, float nextSize) {
      float most = Math.max(size, nextSize);
      return !empty
          && upright == nextUpright
          && (!upright
              || (Math.abs(nextY - y) < LINE_SHARE * most
                  && x - right <= GAP_SHARE * most
                  && x >= last - BACK_SHARE * most));
    }

    void begin(boolean nextUpright, float x, float nextY) {
      empty = false;
      upright = nextUpright;
      left = x;
      right = x;
      y = nextY;
      size = 0;
      characters = 0;
      letters = 0;
      first = 0;
      cased = false;
    }

    void add(String text, float x, float end, float letterSize) {
      left = Math.min(left, x);
      right = Math.max(right, end);
      last = x;
      size = Math.max(size, letterSize);
      characters += text.length();
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (Character.isLetter(c)) {
          letters++;
        }
        first = first == 0 ? c : first;
        cased |= Character.isLowerCase(c) || Character.isUpperCase(c);
      }
    }

    void end(int to, List<LinePiece> pieces) {
      if (!empty) {
        pieces.add(
            new LinePiece(
                from, to, upright, left, right, y, size, characters, letters, first, cased));
        from = to;
        empty = true;
      }
    }
  }
}
