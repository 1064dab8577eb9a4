package brimful.eval;

import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// Tells differences from chance, by the paired bootstrap over questions (Efron; Sakai 2006).
///
/// Questions that both evaluations have are drawn again, with repetition, 10,000 times; the
/// interval holds the middle 95 % of the mean differences, and `p` is twice the smaller share on
/// one side of no difference. Seeded: the same inputs give the same numbers.
public final class Bootstrap {
  private static final int DRAWS = 10_000;
  private static final long SEED = 20261122;

  private Bootstrap() {}

  /// How much better an evaluation is by one measure.
  ///
  /// @param mean of the differences, positive if it is higher than the baseline
  /// @param low the lower end of the 95 % interval
  /// @param high the upper end
  /// @param p how likely chance gives such a difference, 0 to 1
  /// @param questions how many were compared
  public record Difference(double mean, double low, double high, double p, int questions) {}

  /// Returns the difference in each measure that both have, by its name.
  public static SortedMap<String, Difference> compare(Evaluation evaluation, Evaluation baseline) {
    var differences = new TreeMap<String, Difference>();
    for (String measure : evaluation.means().keySet()) {
      double[] paired = paired(measure, evaluation, baseline);
      if (paired.length > 0) {
        differences.put(measure, difference(paired));
      }
    }
    return differences;
  }

  private static double[] paired(String measure, Evaluation evaluation, Evaluation baseline) {
    List<String> ids =
        evaluation.questions().keySet().stream()
            .filter(id -> has(evaluation, id, measure) && has(baseline, id, measure))
            .toList();
    return ids.stream()
        .mapToDouble(id -> value(evaluation, id, measure) - value(baseline, id, measure))
        .toArray();
  }

  private static boolean has(Evaluation evaluation, String id, String measure) {
    SortedMap<String, Double> measures = evaluation.questions().get(id);
    return measures != null && measures.containsKey(measure);
  }

  private static double value(Evaluation evaluation, String id, String measure) {
    return evaluation.questions().getOrDefault(id, new TreeMap<>()).getOrDefault(measure, 0.0);
  }

  private static Difference difference(double[] paired) {
    var random = new SplittableRandom(SEED);
    var means = new double[DRAWS];
    for (int draw = 0; draw < DRAWS; draw++) {
      double sum = 0;
      for (int i = 0; i < paired.length; i++) {
        sum += paired[random.nextInt(paired.length)];
      }
      means[draw] = sum / paired.length;
    }
    Arrays.sort(means);
    double below = Arrays.stream(means).filter(mean -> mean <= 0).count() / (double) DRAWS;
    double above = Arrays.stream(means).filter(mean -> mean >= 0).count() / (double) DRAWS;
    return new Difference(
        Arrays.stream(paired).average().orElse(0),
        means[DRAWS / 40],
        means[DRAWS - 1 - DRAWS / 40],
        Math.min(1, 2 * Math.min(below, above)),
        paired.length);
  }
}
