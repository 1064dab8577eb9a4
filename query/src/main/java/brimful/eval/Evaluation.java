package brimful.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The measurements: for each question, by its id, the value of each measure.
///
/// @param tokenizer what budgets were counted with
public record Evaluation(String tokenizer, SortedMap<String, SortedMap<String, Double>> questions) {

  /// Returns the means over the questions that have a measure, by the measure's name.
  public SortedMap<String, Double> means() {
    var means = new TreeMap<String, Double>();
    values()
        .forEach((name, values) ->
            means.put(name, values.stream().mapToDouble(Double::doubleValue).average().orElse(0)));
    return means;
  }

  /// Returns the part of it that holds some of the questions, by their ids.
  public Evaluation of(Set<String> ids) {
    var part = new TreeMap<>(questions);
    part.keySet().retainAll(ids);
    return new Evaluation(tokenizer, part);
  }

  /// Returns the value of a measure below which this share of the questions is.
  ///
  /// @param share 0 to 1
  public double quantile(String measure, double share) {
    List<Double> sorted = values().getOrDefault(measure, List.of()).stream().sorted().toList();
    return sorted.isEmpty()
        ? 0
        : sorted.get((int) Math.min(sorted.size() - 1, share * sorted.size()));
  }

  private SortedMap<String, List<Double>> values() {
    var values = new TreeMap<String, List<Double>>();
    questions
        .values()
        .forEach(measures ->
            measures.forEach(
                (name, value) -> values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value)));
    return values;
  }
}
