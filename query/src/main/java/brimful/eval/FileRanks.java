package brimful.eval;

import brimful.corpus.DocumentId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

/// Measures of the order in which files are ranked.
final class FileRanks {
  private static final int[] DEPTHS = {1, 3, 5, 10};
  private static final int DEEP = 10;

  private FileRanks() {}

  /// Adds `acc@k` (all gold files among the first k), `recall@10` (the share of them), `mrr` (by
  /// the first of them), `ndcg@10` (each gold file counts 1 if they have no grades) and, for graded
  /// files, `map`.
  static void measure(
      GoldQuestion question, List<DocumentId> ranked, SortedMap<String, Double> measures) {
    List<Integer> ranks = ranks(question.files(), ranked);
    for (int depth : DEPTHS) {
      long within = ranks.stream().filter(rank -> rank <= depth).count();
      measures.put("acc@" + depth, within == question.files().size() ? 1.0 : 0.0);
    }
    long deep = ranks.stream().filter(rank -> rank <= DEEP).count();
    measures.put("recall@" + DEEP, (double) deep / question.files().size());
    measures.put("mrr", ranks.isEmpty() ? 0 : 1.0 / ranks.getFirst());
    boolean graded = !question.grades().isEmpty();
    measures.put(
        "ndcg@" + DEEP, gain(graded ? question.grades() : grades(question.files()), ranked));
    if (graded) {
      measures.put("map", averagePrecision(ranks, question.files().size()));
    }
  }

  /// Returns the ranks of the files that are ranked at all, from 1, lowest first.
  private static List<Integer> ranks(List<String> files, List<DocumentId> ranked) {
    var ranks = new ArrayList<Integer>();
    for (int i = 0; i < ranked.size() && ranks.size() < files.size(); i++) {
      String path = ranked.get(i).value();
      if (files.contains(path)) {
        ranks.add(i + 1);
      }
    }
    return ranks;
  }

  private static Map<String, Double> grades(List<String> files) {
    return files.stream().distinct().collect(Collectors.toMap(file -> file, _ -> 1.0));
  }

  private static double averagePrecision(List<Integer> ranks, int relevant) {
    double sum = 0;
    for (int i = 0; i < ranks.size(); i++) {
      sum += (i + 1.0) / ranks.get(i);
    }
    return sum / relevant;
  }

  private static double gain(Map<String, Double> grades, List<DocumentId> ranked) {
    double gain = 0;
    for (int i = 0; i < Math.min(DEEP, ranked.size()); i++) {
      gain += grades.getOrDefault(ranked.get(i).value(), 0.0) / discount(i);
    }
    double best = 0;
    List<Double> sorted = grades.values().stream().sorted((a, b) -> Double.compare(b, a)).toList();
    for (int i = 0; i < Math.min(DEEP, sorted.size()); i++) {
      best += sorted.get(i) / discount(i);
    }
    return best > 0 ? gain / best : 0;
  }

  private static double discount(int index) {
    return Math.log(index + 2.0) / Math.log(2);
  }
}
