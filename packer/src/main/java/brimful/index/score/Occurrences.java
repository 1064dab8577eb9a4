package brimful.index.score;

/// How often a word occurs in each of many units, chunks or documents. Immutable.
///
/// A byte for each unit, or, if few have the word, 5 for each of these; 8 more where the word
/// occurs more than 127 times.
final class Occurrences {
  private static final int LISTED_BYTES = Integer.BYTES + Byte.BYTES;

  private final int found;

  /// Whether there is a count for each unit that has the word only, and the units of these.
  private final boolean listed;

  private final int[] units;

  /// 0 where the word occurs more often than a byte can tell.
  private final byte[] counts;

  private final int[] largeUnits;
  private final int[] largeCounts;

  /// @param all counts by unit
  Occurrences(int[] all) {
    found = above(0, all);
    listed = (long) found * LISTED_BYTES < all.length;
    units = listed ? unitsAbove(0, all, found) : new int[0];
    counts = new byte[listed ? found : all.length];
    for (int at = 0; at < counts.length; at++) {
      int count = all[listed ? units[at] : at];
      counts[at] = count <= Byte.MAX_VALUE ? (byte) count : 0;
    }
    largeUnits = unitsAbove(Byte.MAX_VALUE, all, above(Byte.MAX_VALUE, all));
    largeCounts = new int[largeUnits.length];
    for (int at = 0; at < largeCounts.length; at++) {
      largeCounts[at] = all[largeUnits[at]];
    }
  }

  private static int above(int least, int[] all) {
    int above = 0;
    for (int count : all) {
      above += count > least ? 1 : 0;
    }
    return above;
  }

  private static int[] unitsAbove(int least, int[] all, int number) {
    var units = new int[number];
    int next = 0;
    for (int unit = 0; next < number; unit++) {
      if (all[unit] > least) {
        units[next++] = unit;
      }
    }
    return units;
  }

  /// Returns in how many units the word occurs.
  int found() {
    return found;
  }

  /// Adds what the word makes of each unit's score.
  ///
  /// Adding for each unit takes no branch and no look-up, so that the compiler makes vector
  /// instructions of it: 0 occurrences change no score.
  ///
  /// @param norms what is added to each unit's frequency
  void addTo(float[] scores, float[] norms, float idf) {
    if (listed) {
      for (int at = 0; at < units.length; at++) {
        int unit = units[at];
        scores[unit] += ScoreSums.term(counts[at], norms[unit], idf);
      }
    } else {
      for (int unit = 0; unit < counts.length; unit++) {
        scores[unit] += ScoreSums.term(counts[unit], norms[unit], idf);
      }
    }
    for (int at = 0; at < largeUnits.length; at++) {
      int unit = largeUnits[at];
      scores[unit] += ScoreSums.term(largeCounts[at], norms[unit], idf);
    }
  }

  long bytes() {
    return (long) LISTED_BYTES * units.length
        + (listed ? 0 : counts.length)
        + 2L * Integer.BYTES * largeUnits.length;
  }
}
