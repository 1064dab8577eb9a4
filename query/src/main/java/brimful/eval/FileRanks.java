package brimful.eval;

import brimful.corpus.DocumentId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/// Measures of the order in which files are ranked.
final class FileRanks {
  private static final int[] DEPTHS = {1, 3, 5, 10};
  private static final int DEEP = 10;

  private FileRanks() {}

  /// Adds `acc@k` (all gold files among the first k), `recall@10` (the share of them), `mrr` (by
  /// the first of them) and, for graded files, `map` and `ndcg@10`.
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
    if (!question.grades().isEmpty()) {
      measures.put("map", averagePrecision(ranks, question.files().size()));
      measures.put("ndcg@" + DEEP, gain(question.grades(), ranked));
    }
  }

  /// Returns the ranks of the files that are ranked at all, from 1, lowest first.
  private static List<Integer> ranks(List<String> files, List<DocumentId> ranked) {
    var ranks = new ArrayList<Integer>();
    for (int i = 0; i < ranked.size() && ranks.size() < files.size(); i++) {
      String path = ranked.get(i).value();
      if (files.stream().anyMatch(file -> same(path, file))) {
        ranks.add(i + 1);
      }
    }
    return ranks;
  }

  /// Returns whether a document is the one that the gold names, by its path or the end of it.
  static boolean same(String path, String gold) {
    return path.equals(gold) || path.endsWith("/" + gold);
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
      String path = ranked.get(i).value();
      double grade =
          grades.entrySet().stream()
              .filter(entry -> same(path, entry.getKey()))
              .mapToDouble(Map.Entry::getValue)
              .findFirst()
              .orElse(0);
      gain += grade / discount(i);
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
