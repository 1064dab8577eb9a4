package brimful.index;

/// Sums BM25 over the terms of a question, for chunks by their keys or for documents by their
/// numbers.
///
/// For one question and one thread.
final class ScoreSums {
  static final float K1 = 1.2f;
  static final float B = 0.75f;

  private final float[] norms;
  private final int units;
  private final float[] scores;

  /// How often the current term occurs in each; all 0 between two terms. Empty until a term is
  /// counted.
  private int[] frequencies = new int[0];

  /// Those in which the current term occurs.
  private int[] matches = new int[0];

  private int matchCount;

  /// @param norms what is added to each one's frequencies; not changed
  /// @param units how many there are
  ScoreSums(float[] norms, int units) {
    this.norms = norms;
    this.units = units;
    scores = new float[norms.length];
  }

  /// Takes note of where the current term occurs, and how often.
  void count(int unit, int frequency) {
    if (frequencies.length == 0) {
      frequencies = new int[norms.length];
      matches = new int[norms.length];
    }
    if (frequencies[unit] == 0) {
      matches[matchCount++] = unit;
    }
    frequencies[unit] += frequency;
  }

  /// Adds the current term to the scores and goes on to the next.
  void add(float weight) {
    add(weight, matchCount);
  }

  /// Does the same for a term that occurs in more than were counted.
  ///
  /// @param found in how many it occurs
  void add(float weight, int found) {
    float idf = idf(weight, found);
    for (int i = 0; i < matchCount; i++) {
      int unit = matches[i];
      add(unit, frequencies[unit], idf);
      frequencies[unit] = 0;
    }
    matchCount = 0;
  }

  /// Adds where a term occurs once, and how often, to its score at once.
  ///
  /// @param idf of the term
  void add(int unit, int count, float idf) {
    float frequency = count / IndexSchema.WEIGHT_SCALE;
    scores[unit] += idf * frequency / (frequency + norms[unit]);
  }

  /// Returns what a term's rarity adds to its weight.
  float idf(float weight, int found) {
    return idf(weight, found, units);
  }

  /// Returns what a term's rarity adds to its weight.
  ///
  /// @param found in how many of the units it occurs
  static float idf(float weight, int found, int units) {
    double rarity = (units - found + 0.5) / (found + 0.5);
    return weight * (float) Math.log(1 + rarity);
  }

  float[] scores() {
    return scores;
  }
}
