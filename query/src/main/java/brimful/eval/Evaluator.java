package brimful.eval;

import brimful.corpus.UserError;
import brimful.index.Snapshot;
import brimful.rank.Rescorer;
import brimful.rank.Signal;
import brimful.token.TokenCounter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// Evaluates one method of filling windows, question by question.
public final class Evaluator {
  private static final double NANOS_PER_MS = 1e6;

  private final MethodName method;
  private final TokenCounter counter;
  private final Set<Signal> without;
  private final Rescorer rescorer;
  private final List<Budget> budgets;

  /// A budget and its notation.
  ///
  /// @param auto whether a window may stay below it, where more hardly helps
  public record Budget(String label, int tokens, boolean auto) {}

  /// @param without signals of our ranking that are left out
  /// @param rescorer reranks our ranking
  public Evaluator(
      MethodName method,
      TokenCounter counter,
      Set<Signal> without,
      Rescorer rescorer,
      List<Budget> budgets) {
    this.method = method;
    this.counter = counter;
    this.without = Set.copyOf(without);
    this.rescorer = rescorer;
    this.budgets = List.copyOf(budgets);
  }

  /// Returns the measures of each question that is asked of this corpus, by its id.
  ///
  /// @param texts returns the whole text of a file that the gold names
  /// @throws UserError if gold is not in the corpus
  public SortedMap<String, SortedMap<String, Double>> measure(
      List<GoldQuestion> questions, Snapshot snapshot, Function<String, String> texts) {
    var measured = new TreeMap<String, SortedMap<String, Double>>();
    var documents = new LinkedHashSet<>(snapshot.items().keySet());
    snapshot.outlines().forEach(outline -> documents.add(outline.document()));
    var files = new GoldFiles(documents);
    try (EvalMethod evalMethod = method.open(snapshot, counter, without, rescorer)) {
      for (GoldQuestion question : questions) {
        measured.put(question.id(), measure(files.resolved(question), evalMethod, texts));
      }
    }
    return measured;
  }

  private SortedMap<String, Double> measure(
      GoldQuestion question, EvalMethod evalMethod, Function<String, String> texts) {
    var measures = new TreeMap<String, Double>();
    int most = budgets.stream().mapToInt(Budget::tokens).max().orElse(1);
    long start = System.nanoTime();
    EvalMethod.Found found = evalMethod.find(question.text(), most);
    measures.put("rank-ms", (System.nanoTime() - start) / NANOS_PER_MS);
    FileRanks.measure(question, found.files(), measures);
    for (Budget budget : budgets) {
      long packing = System.nanoTime();
      int tokens = budget.auto() ? found.enough(budget.tokens()) : budget.tokens();
      EvalMethod.Filled window = found.fill(tokens);
      measures.put("pack-ms@" + budget.label(), (System.nanoTime() - packing) / NANOS_PER_MS);
      measures.put("filled@" + budget.label(), (double) window.tokens() / tokens);
      measures.put("tokens@" + budget.label(), (double) window.tokens());
      new WindowMeasures(question, window.placed(), texts).measure(budget.label(), measures);
    }
    return measures;
  }
}
