package brimful.chunk;

import java.text.BreakIterator;
import java.util.Locale;

/// Finds where to cut a line that is too long for one chunk.
final class LongLine {
  /// How far back a cut moves to find a better place, as a fraction of the piece.
  private static final int LOOK_BACK_PART = 4;

  /// How much text around a cut decides whether it is inside a character of several code points.
  private static final int CLUSTER_MAX = 32;

  private LongLine() {}

  /// Returns where to cut at or before `wanted`, but after `start`.
  ///
  /// The best place is after white space, then after punctuation, otherwise between any two
  /// characters as people see them; only a character of more than [#CLUSTER_MAX] code points is cut
  /// itself.
  static int cut(String text, int start, int wanted) {
    int earliest = Math.max(start + 1, wanted - (wanted - start) / LOOK_BACK_PART);
    int punctuation = -1;
    for (int at = wanted; at >= earliest; at--) {
      char before = text.charAt(at - 1);
      if (Character.isWhitespace(before) && !extended(text, at)) {
        return at;
      }
      if (punctuation < 0 && !extended(text, at) && ",;})]>".indexOf(before) >= 0) {
        punctuation = at;
      }
    }
    return boundary(text, start, punctuation < 0 ? wanted : punctuation);
  }

  /// Returns whether the text at an offset belongs to the character before it, as an accent does.
  private static boolean extended(String text, int at) {
    return at < text.length()
        && switch (Character.getType(text.charAt(at))) {
          case Character.NON_SPACING_MARK,
              Character.ENCLOSING_MARK,
              Character.COMBINING_SPACING_MARK,
              Character.FORMAT,
              Character.SURROGATE ->
              true;
          default -> false;
        };
  }

  /// Returns the last boundary between two characters at or before an offset.
  private static int boundary(String text, int start, int wanted) {
    int from = Math.max(start, wanted - CLUSTER_MAX);
    int to = Math.min(text.length(), wanted + CLUSTER_MAX);
    BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
    characters.setText(text.substring(from, to));
    int found =
        characters.isBoundary(wanted - from) ? wanted : from + characters.preceding(wanted - from);
    if (found > start && (found > from || from == start)) {
      return found;
    }
    boolean pair =
        wanted < text.length()
            && Character.isLowSurrogate(text.charAt(wanted))
            && Character.isHighSurrogate(text.charAt(wanted - 1));
    return !pair ? wanted : wanted - 1 > start ? wanted - 1 : wanted + 1;
  }
}
