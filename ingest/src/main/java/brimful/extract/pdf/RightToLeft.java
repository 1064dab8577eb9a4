package brimful.extract.pdf;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.apache.pdfbox.text.TextPosition;

/// Brings lines in Arabic, Hebrew and their like into the order in which they are read.
///
/// PDFBox puts the letters of each word into that order, if they come from left to right as they
/// stand on the page; the words of a line it leaves as they come.
final class RightToLeft {
  /// The first letters that are written from right to left are Hebrew.
  private static final char FIRST = '\u0590';

  /// Letters whose baselines differ less than this share of their size stand on one line.
  private static final float LINE_SHARE = 0.4f;

  /// A line with more such letters goes from right to left, whatever the page.
  private static final double LINE_LETTERS = 0.7;

  private static final double HALF = 0.5;

  private RightToLeft() {}

  /// Returns letters with each line that has some from right to left sorted as it is seen, from
  /// left to right.
  static List<TextPosition> asSeen(List<TextPosition> letters) {
    if (letters.stream().noneMatch(letter -> isRightToLeft(letter.getUnicode()))) {
      return letters;
    }
    List<TextPosition> seen = new ArrayList<>(letters);
    int from = 0;
    for (int to = 1; to <= seen.size(); to++) {
      if (to == seen.size() || !onOneLine(seen.get(from), seen.get(to))) {
        List<TextPosition> line = seen.subList(from, to);
        if (line.stream().anyMatch(letter -> isRightToLeft(letter.getUnicode()))) {
          line.sort(Comparator.comparingDouble(TextPosition::getX));
        }
        from = to;
      }
    }
    return seen;
  }

  private static boolean onOneLine(TextPosition first, TextPosition next) {
    return next.getDir() == first.getDir()
        && Math.abs(next.getY() - first.getY()) < first.getFontSizeInPt() * LINE_SHARE;
  }

  /// Tells whether most letters are written from right to left.
  static boolean leads(List<TextPosition> letters) {
    var text = new StringBuilder();
    letters.forEach(letter -> text.append(letter.getUnicode()));
    return share(text) > HALF;
  }

  /// Returns the words of a line, which come from left to right, as they are read.
  ///
  /// @param page whether most of the page is written from right to left
  static List<String> asRead(List<String> words, boolean page) {
    double share =
        words.stream().anyMatch(RightToLeft::isRightToLeft) ? share(String.join("", words)) : 0;
    if (share == 0) {
      return words;
    }
    List<String> read = new ArrayList<>(words.stream().map(RightToLeft::paired).toList());
    boolean line = page || share > LINE_LETTERS;
    if (line) {
      Collections.reverse(read);
    }
    turnRuns(read, !line);
    return read;
  }

  /// Letters of two characters, which PDFBox has turned around with the others.
  private static String paired(String word) {
    if (word.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
      return word;
    }
    char[] letters = word.toCharArray();
    for (int i = 1; i < letters.length; i++) {
      if (Character.isLowSurrogate(letters[i - 1]) && Character.isHighSurrogate(letters[i])) {
        char low = letters[i - 1];
        letters[i - 1] = letters[i];
        letters[i] = low;
        i++;
      }
    }
    return new String(letters);
  }

  /// Returns which share of a text's letters is written from right to left.
  private static double share(CharSequence text) {
    int letters = 0;
    int right = 0;
    for (int i = 0; i < text.length(); i++) {
      if (Character.isLetter(text.charAt(i))) {
        letters++;
        right += isRightToLeft((int) text.charAt(i)) ? 1 : 0;
      }
    }
    return letters == 0 ? 0 : (double) right / letters;
  }

  /// Turns around each run of words of one direction, with those between them that have none.
  private static void turnRuns(List<String> words, boolean rightToLeft) {
    int from = -1;
    int last = -1;
    for (int at = 0; at < words.size(); at++) {
      if (isOf(words.get(at), rightToLeft)) {
        from = from < 0 ? at : from;
        last = at;
      } else if (isOf(words.get(at), !rightToLeft) && from >= 0) {
        Collections.reverse(words.subList(from, last + 1));
        from = -1;
      }
    }
    if (from >= 0) {
      Collections.reverse(words.subList(from, last + 1));
    }
  }

  private static boolean isOf(String word, boolean rightToLeft) {
    return rightToLeft ? isRightToLeft(word) : isLeftToRight(word);
  }

  private static boolean isLeftToRight(String word) {
    return !isRightToLeft(word) && word.chars().anyMatch(Character::isLetterOrDigit);
  }

  private static boolean isRightToLeft(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (word.charAt(i) >= FIRST && isRightToLeft(paired(word).codePointAt(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isRightToLeft(int letter) {
    byte direction = Character.getDirectionality(letter);
    return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
        || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
  }
}
