package brimful.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.corpus.UserError;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsTest {
  private static final String KEY = "sk-0123456789abcdef0123456789abcdef";

  @TempDir private Path home;

  @Test
  void worksWithoutAnything() {
    Settings settings = Settings.read(environment());

    assertThat(settings)
        .isEqualTo(
            new Settings(
                home,
                "",
                "",
                Map.of(),
                new BigDecimal("0.50"),
                Duration.ofMinutes(15),
                0,
                Settings.Thinking.DEFAULT));
    assertThat(settings.models()).isEqualTo(home.resolve("models.json"));
  }

  @Test
  void theEnvironmentWinsOverTheFile() throws IOException {
    Files.writeString(
        home.resolve("config.properties"),
        "# mine\nmodel = gpt-5\nsilence_max=20m\nreply_tokens=100\n");

    Settings settings = Settings.read(environment("BRIMFUL_MODEL", "kimi-k3"));

    assertThat(settings.model()).isEqualTo("kimi-k3");
    assertThat(settings.silenceMax()).isEqualTo(Duration.ofMinutes(20));
    assertThat(settings.replyTokens()).isEqualTo(100);
  }

  @Test
  void tellsAllProblemsAtOnce() throws IOException {
    Files.writeString(home.resolve("config.properties"), "modle=x\nspend_usd_max=lots\n");

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() ->
            Settings.read(
                environment(
                    "BRIMFUL_SILENCE_MAX", "long",
                    "BRIMFUL_THINKING", "hard",
                    "BRIMFUL_REPLY_TOKENS", "-1",
                    "BRIMFUL_API_KEY", "two words",
                    "BRIMFUL_BASE_URL", "host")))
        .satisfies(e ->
            assertThat(String.valueOf(e.getMessage()).lines())
                .hasSize(7)
                .anySatisfy(line -> assertThat(line).startsWith("setting \"modle\" is not known"))
                .contains(
                    "spend_usd_max is \"lots\": write an amount between 0 and 10000, like 0.50",
                    "BRIMFUL_SILENCE_MAX is \"long\": write a time between 1s and 24h, like 15m",
                    "BRIMFUL_THINKING is \"hard\": write on, off or default",
                    "BRIMFUL_REPLY_TOKENS is \"-1\": write a number of tokens, like 32768, or 0 for the model's own",
                    "BRIMFUL_BASE_URL is \"host\": write it like https://host/v1"))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("two words"));
  }

  @Test
  void findsTheNearestKey() throws IOException {
    Files.writeString(home.resolve("config.properties"), "api_key=any\napi_key.deepseek=file\n");
    Map<String, String> environment = environment();
    Settings settings = Settings.read(environment);
    ModelProfile deepseek = ModelCatalog.builtIn().defaultProfile();
    ModelProfile gpt = ModelCatalog.builtIn().find("gpt-5");

    environment.put("OPENAI_API_KEY", "own");

    assertThat(settings.key(deepseek, environment)).isEqualTo(new ApiKey("file"));
    assertThat(settings.key(gpt, environment)).isEqualTo(new ApiKey("own"));
    assertThat(settings.key(gpt, Map.of())).isEqualTo(new ApiKey("any"));
    assertThat(Settings.read(environment("X", "y")).key(gpt, Map.of()))
        .isEqualTo(new ApiKey("any"));
  }

  @Test
  void neverPrintsAKey() {
    ConfigFile file = ConfigFile.of(environment());
    file.set("api_key.openai", KEY);
    Settings settings = Settings.read(environment("BRIMFUL_API_KEY", KEY));

    assertThat(settings.toString() + settings.display() + file.masked() + new ApiKey(KEY))
        .contains("sk-...cdef")
        .doesNotContain(KEY);
    assertThat(new ApiKey("short").masked()).isEqualTo("...");
  }

  @Test
  void changesOneEntryOfAFileThatOnlyItsOwnerReads() throws IOException {
    Path path = home.resolve("sub/config.properties");
    var file = new ConfigFile(path);
    file.set("model", "gpt-5");
    Files.writeString(path, "# mine\nmodel = gpt-5\nmodel_note\n");

    file.set("model", "kimi-k3");
    file.set("base_url", "http://localhost:1234/v1");
    file.set("base_url", "");

    assertThat(path).hasContent("# mine\nmodel_note\nmodel=kimi-k3\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
    assertThat(home.resolve("sub")).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void refusesToWriteWhatItCouldNotRead() {
    ConfigFile file = ConfigFile.of(environment());

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> file.set("modle", "x"))
        .withMessageStartingWith("setting \"modle\" is not known: use one of api_key, base_url, ");
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> file.set("thinking", "hard"))
        .withMessage("thinking is \"hard\": write on, off or default");
    assertThat(file.path()).doesNotExist();
  }

  @Test
  void findsItsFolder() {
    String person = home.toString();
    assertThat(ConfigFile.of(Map.of("HOME", person, "XDG_CONFIG_HOME", "/x")).path())
        .isEqualTo(Path.of("/x/brimful/config.properties"));
    assertThat(ConfigFile.of(Map.of("HOME", person)).path())
        .isEqualTo(home.resolve(".config/brimful/config.properties"));
    assertThat(ConfigFile.of(Map.of()).path()).isAbsolute();
  }

  private Map<String, String> environment(String... more) {
    var environment = new HashMap<>(Map.of("BRIMFUL_HOME", home.toString()));
    for (int i = 0; i < more.length; i += 2) {
      environment.put(more[i], more[i + 1]);
    }
    return environment;
  }
}
