package brimful.rank;

import brimful.index.sort.SortKeys;
import java.util.Arrays;

/// Arithmetic on scores, indexed by number.
///
/// Plain loops, no comparators: a fresh process ranks once, before anything is compiled.
final class ScoreMath {
  private ScoreMath() {}

  /// Returns the numbers by falling score, ties in rising order.
  ///
  /// @param scores 0 or more
  static int[] descending(float[] scores) {
    var keys = new long[scores.length];
    for (int number = 0; number < scores.length; number++) {
      keys[number] = SortKeys.bestFirst(scores[number], number);
    }
    Arrays.sort(keys);
    return SortKeys.numbers(keys);
  }

  /// Returns the first numbers by falling score, ties in rising order.
  ///
  /// @param scores 0 or more
  /// @param limit the most numbers returned
  static int[] descending(float[] scores, int limit) {
    int[] above0 = descendingAbove0(scores, limit);
    if (above0.length == limit) {
      return above0;
    }
    var keys = new long[scores.length];
    for (int number = 0; number < scores.length; number++) {
      keys[number] = SortKeys.bestFirst(scores[number], number);
    }
    return SortKeys.first(keys, scores.length, limit);
  }

  /// Returns the first numbers with scores above 0, by falling score, ties in rising order.
  ///
  /// @param limit the most numbers returned
  static int[] descendingAbove0(float[] scores, int limit) {
    return SortKeys.highest(scores, number -> number, limit);
  }

  /// Returns the weight of a word that some of all units contain: BM25's inverse document
  /// frequency.
  static float rarity(int with, int units) {
    return (float) Math.log(1 + (units - with + 0.5) / (with + 0.5));
  }

  static float most(float[] scores) {
    float most = 0;
    for (float score : scores) {
      most = Math.max(most, score);
    }
    return most;
  }

  /// Divides by the highest score, so that it becomes 1; zeros stay.
  static void normalise(float[] scores) {
    float most = most(scores);
    for (int number = 0; most > 0 && number < scores.length; number++) {
      scores[number] /= most;
    }
  }

  /// Returns each score mixed with the higher of its neighbours'.
  ///
  /// @param share the neighbour's weight, against 1 for the score itself
  static float[] smooth(float[] scores, float share) {
    var smooth = new float[scores.length];
    for (int i = 0; i < scores.length; i++) {
      float before = i == 0 ? 0 : scores[i - 1];
      float after = i + 1 == scores.length ? 0 : scores[i + 1];
      smooth[i] = (scores[i] + share * Math.max(before, after)) / (1 + share);
    }
    return smooth;
  }
}
