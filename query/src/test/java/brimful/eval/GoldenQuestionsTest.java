package brimful.eval;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.collection.CorpusListener;
import brimful.collection.Locations;
import brimful.collection.OpenCorpus;
import brimful.collection.PathCorpus;
import brimful.collection.SourceReader;
import brimful.eval.GoldenSet.Floor;
import brimful.rank.Rescorer;
import brimful.rank.Signal;
import brimful.source.Rules;
import brimful.token.Tokenizers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Fails when ranking or packing gets worse on a [GoldenSet]; prints the figures.
@TestInstance(Lifecycle.PER_CLASS)
final class GoldenQuestionsTest {
  private static final String TOKENIZER = "deepseek-v3";
  private static final List<Evaluator.Budget> BUDGETS =
      List.of(
          new Evaluator.Budget("500", 500, false),
          new Evaluator.Budget("2k", 2_000, false),
          new Evaluator.Budget("8k", 8_000, false));

  private final Map<GoldenSet, OpenCorpus> corpora = new EnumMap<>(GoldenSet.class);

  @BeforeAll
  void index(@TempDir Path folder) throws IOException {
    var environment = Map.of("BRIMFUL_HOME", folder.resolve("home").toString());
    for (GoldenSet set : GoldenSet.values()) {
      Path files = folder.resolve(set.label());
      set.copyCorpus(files);
      var corpus =
          new PathCorpus(
              new Locations(List.of(files.toString())),
              SourceReader.of(environment, Rules.standard(), Set.of()),
              InputStream.nullInputStream(),
              CorpusListener.SILENT);
      corpora.put(set, corpus.open(TOKENIZER));
    }
  }

  @AfterAll
  void close() {
    corpora.values().forEach(OpenCorpus::close);
  }

  private OpenCorpus corpus(GoldenSet set) {
    OpenCorpus open = corpora.get(set);
    if (open == null) {
      throw new IllegalStateException(set + " is not indexed");
    }
    return open;
  }

  private Evaluation evaluation(GoldenSet set, MethodName method, Set<Signal> without) {
    var evaluator =
        new Evaluator(method, Tokenizers.named(TOKENIZER), without, Rescorer.NONE, BUDGETS);
    var evaluation =
        new Evaluation(
            TOKENIZER, evaluator.measure(set.questions(), corpus(set).snapshot(), _ -> ""));
    SortedMap<String, Double> means = evaluation.means();
    System.out.println(
        set.floors().stream()
            .map(Floor::measure)
            .map(measure ->
                String.format(Locale.ROOT, "%s %.3f", measure, means.getOrDefault(measure, 0.0)))
            .collect(
                Collectors.joining(
                    ", ",
                    "GOLDEN %s, %s without %s: ".formatted(set.label(), method, without),
                    "")));
    return evaluation;
  }

  @ParameterizedTest
  @EnumSource
  void evidenceIsRankedAndPackedAsWellAsBefore(GoldenSet set) throws IOException {
    assertThat(set.shortfalls(evaluation(set, MethodName.BRIMFUL, Set.of()))).isEmpty();
  }

  /// Shows that the fixed set fails when the ranking loses one of these signals. Each of all
  /// signals has an example of its own in SignalTest.
  @ParameterizedTest
  @EnumSource(names = {"WHOLE_FILES", "FUNCTION_WORDS", "TITLE", "PATH_KINDS"})
  void noticesALostSignal(Signal signal) throws IOException {
    Evaluation evaluation = evaluation(GoldenSet.HALMWERK, MethodName.BRIMFUL, Set.of(signal));

    assertThat(GoldenSet.HALMWERK.shortfalls(evaluation)).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void plainSearchFallsShort(GoldenSet set) throws IOException {
    assertThat(set.shortfalls(evaluation(set, MethodName.BM25, Set.of()))).isNotEmpty();
  }
}
