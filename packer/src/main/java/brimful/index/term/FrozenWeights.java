package brimful.index.term;

/// Turns how often a term occurs in a text of some length into one weight, and back.
///
/// An engine that ranks by `weight / (weight + K1)` ranks by BM25's term frequency then, without
/// statistics of its own. The average length is a constant, because weights are stored: the exact
/// score is computed from the frequency, which comes back as it was, below 256, and within 0.4 % of
/// it above, although an engine keeps only nine significant bits of a weight (Lucene's
/// `FeatureField`). Whoever weighs occurrences passes their weighted sum: at 2 for each in a text's
/// body, 127 of them are below 256.
///
/// @param averageLength the length of a text whose frequencies are taken as they are
public record FrozenWeights(float averageLength) {
  /// Where the engine's saturation is one half.
  public static final float K1 = 1.2f;

  private static final float B = 0.75f;

  /// Half of what cutting a float to nine significant bits takes away.
  private static final float CUT = 1 + 1f / 512;

  /// Returns the weight of a term.
  ///
  /// @param length of the text, in the unit of the frequencies
  public float weight(int frequency, long length) {
    return CUT * frequency / norm(length);
  }

  /// Returns how often a term occurs whose weight was cut.
  public int frequency(double weight, long length) {
    return (int) Math.max(1, Math.round(weight * norm(length)));
  }

  /// Returns the weight that an engine scored as `boost * weight / (weight + pivot)`.
  ///
  /// @param score of a term alone
  public static double weightOf(float score, float boost, float pivot) {
    double part = Math.clamp((double) score / boost, 0, 1 - 1e-7);
    return pivot * part / (1 - part);
  }

  private float norm(long length) {
    return 1 - B + B * length / averageLength;
  }
}
