package brimful.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.corpus.UserError;
import brimful.testing.Seeds;
import brimful.token.ImageLimits;
import brimful.token.ImageTokens;
import brimful.token.Vision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelCatalogTest {
  @TempDir private Path folder;

  @Test
  void plansDeepSeekAsItsOwnClientDoes() {
    ModelProfile flash = ModelCatalog.builtIn().defaultProfile();

    assertThat(flash.id()).isEqualTo("deepseek-flash");
    assertThat(flash.endpoint())
        .isEqualTo(
            new ModelProfile.Endpoint(
                "deepseek",
                "https://api.deepseek.com",
                "DEEPSEEK_API_KEY",
                "deepseek",
                ModelProfile.ReplyField.MAX_TOKENS,
                true));
    assertThat(flash.limits())
        .isEqualTo(new ModelProfile.Limits(1_000_000, 1_000_000, 384_000, 32_768, 4));
    assertThat(flash.promptTokens()).isEqualTo(967_228);
    assertThat(flash.tokenizer()).isEqualTo("deepseek-v3");
  }

  @Test
  void knowsHowEveryModelThatTakesImagesSees() {
    assertThat(ModelCatalog.builtIn().models())
        .allMatch(model -> model.vision().isPresent() == model.modalities().contains("image"));
    Vision flash = ModelCatalog.builtIn().defaultProfile().vision().orElseThrow();
    assertThat(flash)
        .isEqualTo(
            new Vision(
                new ImageTokens.DeepSeek(),
                new ImageLimits(600, 32 << 20, 48_000_000, 8_192, 14, 4_096)));
    assertThat(ModelCatalog.builtIn().find("claude-opus-5").vision().orElseThrow().tokens())
        .isEqualTo(new ImageTokens.Claude(2_576, 4_784));
    assertThat(ModelCatalog.builtIn().find("kimi-k3").vision().orElseThrow().tokens().exact())
        .isFalse();
  }

  @Test
  void keepsOpenAisLimitOfThePromptApartFromItsWindow() {
    ModelProfile gpt = ModelCatalog.builtIn().find("gpt-5.5");

    assertThat(gpt.promptTokens()).isEqualTo(922_000 - 16);
    assertThat(gpt.limits().promptTokens(128_000)).isEqualTo(922_000 - 16);
  }

  @Test
  void namesAreUniqueAndEveryModelHasASource() {
    ModelCatalog catalog = ModelCatalog.builtIn();

    List<String> names =
        catalog.models().stream()
            .flatMap(model ->
                java.util.stream.Stream.concat(
                    java.util.stream.Stream.of(model.id()), model.aliases().stream()))
            .toList();
    assertThat(names).doesNotHaveDuplicates().hasSizeGreaterThan(30);
    assertThat(catalog.models())
        .allSatisfy(model -> {
          assertThat(model.source().text()).isNotEqualTo("not given");
          assertThat(model.source().asOf()).startsWith("2026-");
          assertThat(model.promptTokens()).isPositive();
        });
  }

  @Test
  void findsAliasesInUpperOrLowerCase() {
    ModelCatalog catalog = ModelCatalog.builtIn();

    assertThat(catalog.find("DeepSeek-V4-Flash").id()).isEqualTo("deepseek-flash");
  }

  @Test
  void suggestsTheNearestNames() {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> ModelCatalog.builtIn().find("deepseek-flsh"))
        .withMessageStartingWith(
            "no model is called \"deepseek-flsh\": did you mean deepseek-flash, ");
  }

  @Test
  void saysWhatToUseForARetiredModel() {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> ModelCatalog.builtIn().find("deepseek-chat"))
        .withMessage("model deepseek-chat is retired since 2026-07-24: use deepseek-flash");
  }

  @Test
  void aPersonsFileChangesAndAddsModels() throws IOException {
    Path file =
        write(
            """
            // mine
            {"default": "mine",
             "models": [
               {"id": "deepseek-flash", "reply_tokens": 1000},
               {"id": "mine", "provider": "local", "base_url": "http://10.0.0.1:8000/v1/",
                "window_tokens": 65536, "tokenizer": "deepseek-v3"}]}
            """);

    ModelCatalog catalog = ModelCatalog.load(file);

    assertThat(catalog.find("deepseek-flash").limits().replyTokens()).isEqualTo(1_000);
    assertThat(catalog.find("deepseek-flash").rates()).hasSize(2);
    assertThat(catalog.defaultProfile().endpoint().baseUrl()).isEqualTo("http://10.0.0.1:8000/v1");
    assertThat(catalog.defaultProfile().promptTokens()).isEqualTo(65_536 - 8_192 - 64);
  }

  @Test
  void tellsAllProblemsOfAFileAtOnce() throws IOException {
    Path file =
        write(
            """
            {"models": [
               {"id": "a", "provider": "nobody", "window_tokens": 10},
               {"id": "b", "provider": "local"},
               {"id": "c", "provider": "local", "window_tokens": "big", "base_url": "host"},
               {"id": "d", "provider": "local", "window_tokens": 9999, "prices": [{"miss": -1}]},
               {"provider": "local"}]}
            """);

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> ModelCatalog.load(file))
        .satisfies(e ->
            assertThat(String.valueOf(e.getMessage()).lines())
                .hasSize(6)
                .anySatisfy(line -> assertThat(line).contains("has a model without an id"))
                .anySatisfy(
                    line -> assertThat(line).startsWith("model a: provider \"nobody\" is none of"))
                .contains(
                    "model b: window_tokens is missing: write a number of tokens",
                    "model c: window_tokens is \"big\": write a number of tokens",
                    "model c: base_url is host: write it like https://host/v1"));
  }

  @Test
  void saysWhatAPriceMayBe() throws IOException {
    Path file =
        write(
            """
            {"models": [{"id": "d", "provider": "local", "window_tokens": 9999,
               "prices": [{"miss": 2e6, "output": 1}]}]}
            """);

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> ModelCatalog.load(file))
        .withMessageContaining("\"miss\": 2000000.0")
        .withMessageContaining("USD} for a million tokens, from 0 to 1000000 together");
  }

  @Test
  void saysTheLineOfWhatIsNotJson() throws IOException {
    Path file = write("{\n\"models\": [}\n");

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> ModelCatalog.load(file))
        .withMessageContaining("models.json is not valid JSON: line 2 column ");
  }

  @Test
  void aFileNeedNotExist() {
    assertThat(ModelCatalog.load(folder.resolve("none.json"))).isEqualTo(ModelCatalog.builtIn());
  }

  @Seeds
  void distanceIsSymmetricAndBounded(long seed) {
    var random = new Random(seed);
    String a = word(random);
    String b = word(random);

    int distance = ModelCatalog.distance(a, b);

    assertThat(distance)
        .isEqualTo(ModelCatalog.distance(b, a))
        .isBetween(Math.abs(a.length() - b.length()), Math.max(a.length(), b.length()));
    assertThat(distance == 0).isEqualTo(a.equals(b));
  }

  private static String word(Random random) {
    var word = new StringBuilder();
    int length = random.nextInt(8);
    for (int i = 0; i < length; i++) {
      word.append((char) ('a' + random.nextInt(3)));
    }
    return word.toString();
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("models.json"), text);
  }
}
