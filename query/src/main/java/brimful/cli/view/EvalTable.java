package brimful.cli.view;

import brimful.cli.option.Arguments;
import brimful.corpus.Counted;
import brimful.eval.Bootstrap;
import brimful.eval.Evaluation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/// Evaluations as Markdown tables.
public final class EvalTable {
  private static final double MEDIAN = 0.5;
  private static final double TAIL = 0.95;

  /// The measures by which parts of an evaluation are compared.
  private static final Set<String> TELLING =
      Set.of("acc", "mrr", "ndcg", "map", "recall", "file", "function", "words");

  private EvalTable() {}

  /// Returns the means: measures of the ranking on lines of their own, those of windows by budget.
  public static String of(Evaluation evaluation) {
    SortedMap<String, Double> means = evaluation.means();
    var text = new StringBuilder();
    text.append(
        "%s, tokens by %s\n\n"
            .formatted(
                Counted.of(evaluation.questions().size(), "question"), evaluation.tokenizer()));
    text.append("| ranked files | |\n|---|---:|\n");
    means.forEach((name, mean) -> {
      if (budget(name).isEmpty() && !isTime(name)) {
        text.append(String.format(Locale.ROOT, "| %s | %.3f |\n", name, mean));
      }
    });
    List<String> budgets = budgets(means);
    text.append("\n| window | ").append(String.join(" | ", budgets)).append(" |\n|---|");
    text.append("---:|".repeat(budgets.size())).append('\n');
    var rows = new LinkedHashSet<String>();
    means.keySet().forEach(name -> budget(name).ifPresent(_ -> rows.add(row(name))));
    rows.stream()
        .filter(row -> !isTime(row))
        .forEach(row -> {
          text.append("| ").append(row).append(" |");
          for (String budget : budgets) {
            Double mean = means.get(row + "@" + budget);
            String format =
                switch (row) {
                  case "matter" -> " %.5f |";
                  case "tokens" -> " %,.0f |";
                  default -> " %.3f |";
                };
            text.append(mean == null ? " |" : String.format(Locale.ROOT, format, mean));
          }
          text.append('\n');
        });
    text.append("\n| milliseconds | median | 95 % |\n|---|---:|---:|\n");
    means.keySet().stream()
        .filter(EvalTable::isTime)
        .forEach(name ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "| %s | %.0f | %.0f |\n",
                    name,
                    evaluation.quantile(name, MEDIAN),
                    evaluation.quantile(name, TAIL))));
    return text.toString();
  }

  /// Returns a line for each part: how many questions it has, and the means that tell most.
  ///
  /// @param field what the parts differ in
  public static String by(String field, SortedMap<String, Evaluation> parts) {
    var measures = new TreeSet<String>();
    parts.values().forEach(part -> measures.addAll(part.means().keySet()));
    measures.removeIf(name -> isTime(name) || !TELLING.contains(row(name)));
    var text = new StringBuilder();
    text.append("\n| %s | questions | %s |\n".formatted(field, String.join(" | ", measures)));
    text.append("|---|---:|").append("---:|".repeat(measures.size())).append('\n');
    parts.forEach((value, part) -> {
      SortedMap<String, Double> means = part.means();
      text.append("| %s | %s |".formatted(value, part.questions().size()));
      for (String measure : measures) {
        Double mean = means.get(measure);
        text.append(mean == null ? " |" : String.format(Locale.ROOT, " %.3f |", mean));
      }
      text.append('\n');
    });
    return text.toString();
  }

  /// Returns which measures have improved and which have not, except times.
  public static String of(SortedMap<String, Bootstrap.Difference> differences) {
    var text = new StringBuilder();
    text.append("\n| against the baseline | mean | 95 % of chance | p |\n|---|---:|---:|---:|\n");
    for (Map.Entry<String, Bootstrap.Difference> entry : differences.entrySet()) {
      Bootstrap.Difference d = entry.getValue();
      if (!isTime(entry.getKey())) {
        text.append(
            String.format(
                Locale.ROOT,
                "| %s | %+.4f | %+.4f to %+.4f | %.3f |\n",
                entry.getKey(),
                d.mean(),
                d.low(),
                d.high(),
                d.p()));
      }
    }
    return text.toString();
  }

  private static boolean isTime(String name) {
    return name.startsWith("rank-ms") || name.startsWith("pack-ms");
  }

  /// Returns the budget in a measure's name, if it has one: digits alone are a depth.
  private static Optional<String> budget(String name) {
    String end = name.substring(name.indexOf('@') + 1);
    boolean depth = name.matches("(?:acc|recall|ndcg)@(?:1|3|5|10)");
    return name.indexOf('@') < 0 || depth ? Optional.empty() : Optional.of(end);
  }

  private static String row(String name) {
    int at = name.indexOf('@');
    return at < 0 ? name : name.substring(0, at);
  }

  private static List<String> budgets(SortedMap<String, Double> means) {
    var budgets = new LinkedHashSet<String>();
    means.keySet().forEach(name -> budget(name).ifPresent(budgets::add));
    var sorted = new ArrayList<>(budgets);
    sorted.sort((a, b) -> Integer.compare(tokens(a), tokens(b)));
    return sorted;
  }

  /// Returns a budget's tokens, more than any other for `auto`.
  private static int tokens(String budget) {
    return budget.equals("auto") ? Integer.MAX_VALUE : Arguments.parseTokens("budgets", budget);
  }
}
