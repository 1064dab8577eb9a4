package brimful.index.score;

/// Sums BM25 over the terms of a question, for chunks by their keys or for documents by their
/// numbers.
///
/// For one question and one thread.
public final class ScoreSums {
  public static final float K1 = 1.2f;
  public static final float B = 0.75f;

  /// Frequencies are stored times this, so that all weights of occurrences are integers.
  public static final float FREQUENCY_SCALE = 2;

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
  public ScoreSums(float[] norms, int units) {
    this.norms = norms;
    this.units = units;
    scores = new float[norms.length];
  }

  /// Takes note of where the current term occurs, and how often.
  public void count(int unit, int frequency) {
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
  public void add(float weight) {
    add(weight, matchCount);
  }

  /// Does the same for a term that occurs in more than were counted.
  ///
  /// @param found in how many it occurs
  public void add(float weight, int found) {
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
  public void add(int unit, int count, float idf) {
    scores[unit] += term(count, norms[unit], idf);
  }

  static float term(int count, float norm, float idf) {
    float frequency = count / FREQUENCY_SCALE;
    return idf * frequency / (frequency + norm);
  }

  /// Adds a word to the scores, wherever it occurs.
  void add(Occurrences word, float weight) {
    word.addTo(scores, norms, idf(weight, word.found()));
  }

  /// Returns what a term's rarity adds to its weight.
  public float idf(float weight, int found) {
    return idf(weight, found, units);
  }

  /// Returns what a term's rarity adds to its weight.
  ///
  /// @param found in how many of the units it occurs
  public static float idf(float weight, int found, int units) {
    double rarity = (units - found + 0.5) / (found + 0.5);
    return weight * (float) Math.log(1 + rarity);
  }

  public float[] scores() {
    return scores;
  }
}
