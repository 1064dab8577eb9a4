package brimful.index.score;

/// How often a word occurs in each of many units, chunks or documents. Immutable.
///
/// A byte for each unit, or, if few have the word, 2 for each of these; 8 more where the word
/// occurs more than 127 times.
final class Occurrences {
  private static final int GAP_MAX = 255;

  private final int found;

  /// How far each unit that has the word is from the one before, unsigned, where only these have a
  /// count; empty where all units have one. A longer gap is several, which end at units with a
  /// count of 0.
  private final byte[] gaps;

  /// 0 where the word occurs more often than a byte can tell.
  private final byte[] counts;

  private final int[] largeUnits;
  private final int[] largeCounts;

  /// @param all counts by unit
  Occurrences(int[] all) {
    found = above(0, all);
    int listed = gaps(all);
    boolean few = 2L * listed < all.length;
    gaps = new byte[few ? listed : 0];
    counts = new byte[few ? listed : all.length];
    int last = 0;
    int at = 0;
    for (int unit = 0; unit < all.length; unit++) {
      if (!few) {
        counts[unit] = count(all[unit]);
      } else if (all[unit] > 0) {
        for (; unit - last > GAP_MAX; last += GAP_MAX) {
          gaps[at++] = (byte) GAP_MAX;
        }
        gaps[at] = (byte) (unit - last);
        counts[at++] = count(all[unit]);
        last = unit;
      }
    }
    largeUnits = unitsAbove(Byte.MAX_VALUE, all, above(Byte.MAX_VALUE, all));
    largeCounts = new int[largeUnits.length];
    for (int large = 0; large < largeCounts.length; large++) {
      largeCounts[large] = all[largeUnits[large]];
    }
  }

  private static byte count(int count) {
    return count <= Byte.MAX_VALUE ? (byte) count : 0;
  }

  /// Returns how many gaps lead to all units that have the word.
  private static int gaps(int[] all) {
    int gaps = 0;
    int last = 0;
    for (int unit = 0; unit < all.length; unit++) {
      if (all[unit] > 0) {
        gaps += Math.max(1, Math.ceilDiv(unit - last, GAP_MAX));
        last = unit;
      }
    }
    return gaps;
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
    if (gaps.length > 0) {
      int unit = 0;
      for (int at = 0; at < gaps.length; at++) {
        unit += Byte.toUnsignedInt(gaps[at]);
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
    return gaps.length + counts.length + 2L * Integer.BYTES * largeUnits.length;
  }
}
