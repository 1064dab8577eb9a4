package brimful.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.cli.command.ExitCode;
import brimful.testing.TestBroker;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A process of its own, which logs JSON and is stopped by SIGTERM.
final class JsonLogTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private Process start(String... words) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                "brimful.cli.Main"));
    command.addAll(List.of(words));
    var builder = new ProcessBuilder(command);
    builder.environment().put("BRIMFUL_HOME", folder.resolve("home").toString());
    builder.environment().put("BRIMFUL_KAFKA", TestBroker.address());
    return builder.redirectOutput(folder.resolve("out").toFile()).start();
  }

  /// Reads lines until one has a text.
  private static List<JsonNode> read(BufferedReader lines, String last) throws IOException {
    var read = new ArrayList<JsonNode>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      read.add(JSON.readTree(line));
      if (line.contains(last)) {
        return read;
      }
    }
    throw new AssertionError("no line has \"%s\": %s".formatted(last, read));
  }

  @Test
  @Timeout(120)
  void saysEverythingInObjectsAndWhatAStopDoes() throws Exception {
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    Files.writeString(corpus.resolve("a.md"), "# Broker\n\nThe broker rebalances at noon.\n");
    String topics = "log-" + UUID.randomUUID();
    new Shell(folder.resolve("other"))
        .with("BRIMFUL_KAFKA", TestBroker.address())
        .run("ingest", corpus.toString(), "--collection", "docs", "--topics", topics);

    Process worker = start("worker", "--topics", topics, "--slots", "1", "--log", "json");
    try (BufferedReader lines = worker.errorReader(UTF_8)) {
      List<JsonNode> before = read(lines, "1 items");
      worker.toHandle().destroy();
      List<JsonNode> after = read(lines, "stopping");

      assertThat(before)
          .allSatisfy(line -> {
            assertThat(line.path("time").asText()).endsWith("Z");
            assertThat(line.path("level").asText()).isEqualTo("info");
            assertThat(line.path("logger").asText()).startsWith("brimful");
          });
      assertThat(after.getLast().path("message").asText())
          .isEqualTo("stopping: files in work go back to the queue");
      assertThat(lines.readAllLines()).isEmpty();
      assertThat(worker.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      worker.destroyForcibly();
    }
  }

  @Test
  void saysErrorsInObjectsToo() throws IOException {
    Shell.Result result =
        new Shell(folder.resolve("home")).run("worker", "--kafka", "nowhere", "--log=json");

    assertThat(result.err().lines()).hasSize(1);
    JsonNode line = JSON.readTree(result.err());
    assertThat(line.path("level").asText()).isEqualTo("error");
    assertThat(line.path("message").asText()).startsWith("--kafka \"nowhere\" is not an address");
  }

  @Test
  void refusesAFormatThatDoesNotExist() {
    Shell.Result option = new Shell(folder.resolve("home")).run("worker", "--log", "xml");
    Shell.Result variable =
        new Shell(folder.resolve("home")).with("BRIMFUL_LOG", "xml").run("worker");

    assertThat(option.err())
        .isEqualTo("brimful: --log \"xml\" is no format of the log: write json or text\n");
    assertThat(option.code()).isEqualTo(ExitCode.USAGE);
    assertThat(variable.err())
        .isEqualTo("brimful: BRIMFUL_LOG \"xml\" is no format of the log: write json or text\n");
    assertThat(variable.code()).isEqualTo(ExitCode.CONFIG);
  }
}
