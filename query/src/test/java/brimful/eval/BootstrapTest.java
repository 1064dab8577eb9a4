package brimful.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BootstrapTest {
  private static Evaluation evaluation(int questions, IntToDoubleFunction value) {
    var measures = new TreeMap<String, SortedMap<String, Double>>();
    for (int i = 0; i < questions; i++) {
      measures.put("q" + i, new TreeMap<>(Map.of("acc@1", value.applyAsDouble(i))));
    }
    return new Evaluation("deepseek-v3", measures);
  }

  private static Bootstrap.Difference difference(Evaluation evaluation, Evaluation baseline) {
    return Bootstrap.compare(evaluation, baseline).values().iterator().next();
  }

  @Test
  void tellsAClearDifferenceFromChance() {
    Evaluation before = evaluation(200, i -> i % 2);
    Evaluation clear = evaluation(200, i -> i % 10 == 0 ? 1 : i % 2);
    Evaluation chance = evaluation(200, i -> i == 0 ? 1 : i == 1 ? 0 : i % 2);

    Bootstrap.Difference better = difference(clear, before);
    Bootstrap.Difference same = difference(chance, before);

    assertThat(better.mean()).isCloseTo(0.1, within(1e-9));
    assertThat(better.low()).isPositive();
    assertThat(better.p()).isLessThan(0.01);
    assertThat(same.mean()).isZero();
    assertThat(same.p()).isGreaterThan(0.5);
  }

  @Test
  void seesNoDifferenceInARunAgainstItself() {
    Evaluation evaluation = evaluation(200, i -> i % 3);

    assertThat(difference(evaluation, evaluation))
        .returns(0.0, Bootstrap.Difference::mean)
        .returns(1.0, Bootstrap.Difference::p);
  }

  @Test
  void comparesOnlyWhatBothHave() {
    assertThat(difference(evaluation(5, _ -> 1), evaluation(3, _ -> 0)))
        .returns(3, Bootstrap.Difference::questions)
        .returns(1.0, Bootstrap.Difference::mean);
  }

  @Test
  void readsWhatWasWritten(@TempDir Path folder) throws IOException {
    Evaluation evaluation = evaluation(3, i -> i / 4.0);
    Path file = Files.writeString(folder.resolve("e.json"), EvaluationFile.json(evaluation));

    assertThat(EvaluationFile.read(file)).isEqualTo(evaluation);
    assertThat(evaluation.quantile("acc@1", 0.5)).isEqualTo(0.25);
  }
}
