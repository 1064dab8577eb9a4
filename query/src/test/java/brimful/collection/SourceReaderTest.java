package brimful.collection;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.source.Rule;
import brimful.source.Rules;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a reader keeps for the model at hand.
final class SourceReaderTest {
  @TempDir private Path home;

  @ParameterizedTest
  @CsvSource({
    "'', true",
    "deepseek-flash, true",
    "deepseek-v4-pro, false",
    "a-model-of-a-local-runner, true",
  })
  void picturesAreKeptForAModelThatMaySee(String model, boolean kept) {
    Map<String, String> environment =
        Map.of("BRIMFUL_HOME", home.toString(), "BRIMFUL_MODEL", model);

    Rules rules = SourceReader.of(environment, Rules.standard(), Set.of()).rules();

    assertThat(rules.has(Rule.PICTURES)).isEqualTo(!kept);
  }
}
