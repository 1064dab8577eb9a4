package brimful.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.cli.command.ExitCode;
import brimful.testing.Drawn;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecretsCommandTest {
  private static final Random RANDOM = new Random(11);
  private static final String KEY =
      Drawn.text(
          "-----BEGIN RSA PRIVATE KEY-----\n"
              + "[A-Za-z0-9+/]{64}\n".repeat(12)
              + "[A-Za-z0-9+/]{10}==\n-----END RSA PRIVATE KEY-----",
          RANDOM);
  private static final String TOKEN = Drawn.text("ghp_[A-Za-z0-9]{36}", RANDOM);
  private static final String PASSWORD = Drawn.text("[a-z]{5}[0-9]{5}", RANDOM);

  @TempDir Path folder;

  @BeforeEach
  void writeCorpus() throws IOException {
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    Files.writeString(corpus.resolve("id_rsa"), KEY + "\n");
    Files.writeString(
        corpus.resolve("deploy.sh"), "# how to deploy\n\ncurl -H 'X: " + TOKEN + "' a.internal\n");
    Files.writeString(corpus.resolve(".env"), "PORT=1\nDB_PASSWORD=" + PASSWORD + "\n");
  }

  private Shell.Result run(String... words) {
    return new Shell(folder.resolve("home")).run(words);
  }

  private String corpus() {
    return folder.resolve("corpus").toString();
  }

  /// Everything that packing shows and stores.
  private String packed(String... options) throws IOException {
    var words = new ArrayList<>(List.of("pack", corpus(), "-q", "how to deploy with DB_PASSWORD?"));
    words.addAll(List.of(options));
    words.addAll(
        List.of(
            "-o", folder.resolve("window").toString(), "--receipt=" + folder.resolve("receipt")));
    Shell.Result result = run(words.toArray(String[]::new));
    assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
    return result.out()
        + result.err()
        + Files.readString(folder.resolve("window"))
        + Files.readString(folder.resolve("receipt"));
  }

  private JsonNode secrets() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("receipt").toFile()).path("secrets");
  }

  private static void assertNoSecret(String text) {
    assertThat(text).doesNotContain(TOKEN).doesNotContain(PASSWORD);
    assertThat(KEY.lines().filter(line -> !line.startsWith("--"))).noneMatch(text::contains);
  }

  @Test
  void secretsAreMaskedInTheWindowAndCountedInTheReceipt() throws IOException {
    String all = packed();

    assertNoSecret(all);
    assertThat(all)
        .contains("[secret: private-key]")
        .contains("curl -H 'X: [secret: github-token]' a.internal")
        .contains("DB_PASSWORD=[secret: secret-setting]")
        .contains("3 secrets masked");
    assertThat(secrets().toString())
        .isEqualTo(
            """
            {"count":3,"found":[{"id":".env","locator":"2-2","rule":"secret-setting"},\
            {"id":"deploy.sh","locator":"3-3","rule":"github-token"},\
            {"id":"id_rsa","locator":"1-1","rule":"private-key"}]}\
            """);
  }

  @Test
  void allowedSecretsAreShownAndHaveAnIndexOfTheirOwn() throws IOException {
    assertNoSecret(packed());

    String all = packed("--allow-secrets");

    assertThat(all)
        .contains(TOKEN)
        .contains(PASSWORD)
        .contains(KEY.lines().toList().get(1))
        .doesNotContain("masked");
    assertThat(secrets().path("count").asInt()).isZero();
    assertThat(packed("--keep", "secrets")).contains(TOKEN);
    assertNoSecret(packed());
  }

  @Test
  void noOtherCommandShowsThem() {
    for (String[] words :
        new String[][] {
          {"chunks", corpus()},
          {"report", corpus()},
          {"report", corpus(), "--format", "json"},
        }) {
      Shell.Result result = run(words);

      assertNoSecret(result.out() + result.err());
    }
    assertThat(run("report", corpus(), "--format", "json").out())
        .contains("\"rule\" : \"private-key\"");
    assertThat(run("report", corpus()).err()).contains("3 secrets masked");
  }

  @Test
  void noFileOfTheIndexHoldsThem() throws IOException {
    packed();
    assertThat(kept()).noneMatch(bytes -> bytes.contains(TOKEN.substring(4, 20)));

    packed("--allow-secrets");
    assertThat(kept()).anyMatch(bytes -> bytes.contains(TOKEN.substring(4, 20)));
  }

  private List<String> kept() throws IOException {
    var kept = new ArrayList<String>();
    try (var files = Files.walk(folder.resolve("home"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        kept.add(Files.readString(file, ISO_8859_1));
      }
    }
    return kept;
  }
}
