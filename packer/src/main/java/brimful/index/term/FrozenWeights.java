package brimful.index.term;

/// Turns how often a term occurs in a text of some length into one weight, and back.
///
/// An engine that ranks by `weight / (weight + pivot)` ranks nearly by BM25's term frequency then,
/// without statistics of its own. The average length is a constant, because weights are stored;
/// [#saturation] says how a collection of another average is asked, and how far an engine's scores
/// may be off. The exact score is computed from the frequency, which comes back as it was up to
/// [#EXACT_MAX], although an engine keeps only nine significant bits of a weight (Lucene's
/// `FeatureField`); [LargeCounts] keep the others.
///
/// @param averageLength the length of a text whose frequencies are taken as they are
/// @param unit what an occurrence in a text's body counts: no frequency is lower
public record FrozenWeights(float averageLength, int unit) {
  /// The highest frequency that surely comes back: nine bits tell 256 numbers of one magnitude
  /// apart, and the floats of scores take their part.
  public static final int EXACT_MAX = 191;

  private static final float K1 = 1.2f;
  private static final float B = 0.75f;

  /// Half of what cutting a float to nine significant bits takes away.
  private static final float CUT = 1 + 1f / 512;

  /// A score's distance from 1 is a float's rounding, at most, of what is told apart: a pivot lower
  /// than this share of the heaviest weight would lose one from [#EXACT_MAX].
  private static final double PIVOT_MIN = 1.0 / 4_000;

  /// More than the sums of floats are off.
  private static final double ROUNDING = 1.0001;

  /// Returns the weight of a term.
  ///
  /// @param length of the text, in the unit of the frequencies
  public float weight(int frequency, long length) {
    return (float) (CUT * frequency / norm(length, averageLength));
  }

  /// Returns how often a term occurs whose weight was cut.
  public int frequency(double weight, long length) {
    return (int) Math.max(1, Math.round(weight * norm(length, averageLength)));
  }

  /// How an engine is to saturate the weights of a collection.
  ///
  /// @param pivot where its saturation is one half: texts of average length get their exact scores,
  ///   unless it is so long that frequencies in short ones would not come back
  /// @param bound an exact score is at most so many times the engine's
  public record Saturation(float pivot, double bound) {
    /// Returns the weight that an engine scored as `boost * weight / (weight + pivot)`.
    ///
    /// @param score of a term alone
    public double weightOf(float score, float boost) {
      double part = Math.clamp((double) score / boost, 0, 1 - 1e-7);
      return pivot * part / (1 - part);
    }
  }

  /// Returns how to ask for texts of some lengths.
  ///
  /// The engine's norm and the exact one are linear in the length, so that their ratio is highest
  /// at one end; and it counts most for the lowest frequency.
  public Saturation saturation(double average, long shortest, long longest) {
    double heaviest = EXACT_MAX / norm(EXACT_MAX, averageLength);
    float pivot = (float) Math.max(K1 * unit / norm(average, averageLength), heaviest * PIVOT_MIN);
    double bound = 1;
    for (long length : new long[] {shortest, longest}) {
      double engine = unit + pivot * norm(length, averageLength) * CUT;
      bound = Math.max(bound, engine / (unit + K1 * unit * norm(length, average)));
    }
    return new Saturation(pivot, bound * CUT * ROUNDING);
  }

  private static double norm(double length, double average) {
    return 1 - B + B * length / average;
  }
}
