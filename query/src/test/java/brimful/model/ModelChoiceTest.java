package brimful.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.corpus.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelChoiceTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  @TempDir private Path home;

  /// Nothing listens at the address.
  private ModelChoice elsewhere(Map<String, String> more) {
    var environment =
        new HashMap<>(
            Map.of(
                "BRIMFUL_HOME",
                home.toString(),
                "BRIMFUL_BASE_URL",
                "http://127.0.0.1:1/v1",
                "BRIMFUL_MODEL",
                "foo"));
    environment.putAll(more);
    return ModelChoice.of(Settings.read(environment), environment, _ -> {});
  }

  @Test
  void aServerThatWantsAKeyBillsAtAnUnknownPrice() {
    ModelChoice billed = elsewhere(Map.of("BRIMFUL_API_KEY", "k"));
    ModelChoice free = elsewhere(Map.of());

    assertThat(Cost.estimate(billed.model(), 1_000, 1, NOW).known()).isFalse();
    assertThat(Cost.estimate(free.model(), 1_000, 1, NOW).known()).isTrue();
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> billed.requirePrice("--max-cost 2", NOW))
        .withMessage(
            "foo has no known price, so --max-cost 2 cannot be kept: leave the limit out, or add"
                + " {\"models\": [{\"id\": \"foo\", \"provider\": \"local\", \"base_url\": \"https://HOST/v1\","
                + " \"window_tokens\": 131072, \"prices\": [{\"miss\": 0.5, \"hit\": 0.1, \"output\": 1.5}]}]}"
                + " to models.json in the configuration folder, with its USD for a million tokens");
    assertThatCode(() -> free.requirePrice("--max-cost 2", NOW)).doesNotThrowAnyException();
  }

  @Test
  void onlyARunnerOnThisMachineIsFreeThoughItWantsAKey() {
    ModelProfile local = ModelCatalog.builtIn().find("local");
    var key = Optional.of(new ApiKey("k"));
    var here = Optional.of(keyed("http://127.0.0.1:9931/v1"));
    var away = Optional.of(keyed("http://192.0.2.1:8000/v1"));

    assertThatCode(() -> new ModelChoice(local, key, 1, here).requirePrice("--max-cost 2", NOW))
        .doesNotThrowAnyException();
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> new ModelChoice(local, key, 1, away).requirePrice("--max-cost 2", NOW))
        .withMessageContaining("has no known price");
  }

  private static LocalRunner keyed(String baseUrl) {
    return new LocalRunner(LocalRunner.Kind.VLLM, baseUrl, List.of(), 1, LocalRunner.State.KEYED);
  }

  @Test
  void whatTheLineSaysGivesAPrice() throws IOException {
    String line = elsewhere(Map.of("BRIMFUL_API_KEY", "k")).pricing();
    Files.writeString(
        home.resolve("models.json"),
        line.replaceFirst("^add ", "").replaceFirst(" to models.json.*", ""));

    ModelChoice choice = elsewhere(Map.of("BRIMFUL_API_KEY", "k"));

    assertThat(Cost.estimate(choice.model(), 1_000_000, 0, NOW).mostUsd()).isEqualTo(0.5);
    assertThat(choice.model().limits().windowTokens()).isEqualTo(131_072);
    assertThat(choice.model().endpoint().baseUrl()).isEqualTo("http://127.0.0.1:1/v1");
    assertThat(choice.key().orElseThrow().isEmpty()).isFalse();
  }
}
