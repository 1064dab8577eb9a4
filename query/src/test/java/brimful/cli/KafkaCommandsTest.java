package brimful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.cli.command.ExitCode;
import brimful.testing.TestBroker;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.data.Index;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KafkaCommandsTest {

  @TempDir Path folder;

  @BeforeEach
  void writeCorpus() throws IOException {
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    Files.writeString(corpus.resolve("broker.md"), "# Broker\n\nThe broker rebalances at noon.\n");
    Files.writeString(corpus.resolve("Other.java"), "class Other {\n  int nothing;\n}\n");
    Files.writeString(corpus.resolve("broken.pdf"), "%PDF-1.4\nnothing of a PDF\n");
    // Files that have just been written count as changed until their time has settled.
    try (Stream<Path> files = Files.list(corpus)) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
      }
    }
  }

  private String corpus() {
    return folder.resolve("corpus").toString();
  }

  private Shell shell() {
    return new Shell(folder.resolve("home"));
  }

  private Shell connected() {
    return shell().with("BRIMFUL_KAFKA", TestBroker.address());
  }

  private static Shell.Result succeeded(Shell.Result result) {
    assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
    return result;
  }

  private static void assertRefused(Shell.Result result, ExitCode code, String line) {
    assertThat(result.code()).as(result.err()).isEqualTo(code);
    assertThat(result.err()).isEqualTo("brimful: " + line + "\n");
    assertThat(result.out()).isEmpty();
  }

  @Test
  void sayWhatIsMissing() {
    assertRefused(
        shell().run("ingest", corpus(), "--collection", "docs"),
        ExitCode.USAGE,
        "no --kafka HOST:PORT: name a broker, or start one with brimful dev-broker");
    assertRefused(
        connected().run("ingest", corpus()),
        ExitCode.USAGE,
        "no --collection NAME: give it a name");
    assertRefused(
        connected().run("ingest", "--collection", "docs"),
        ExitCode.USAGE,
        "no PATH: name a folder, a file, a git repository or its address");
    assertRefused(
        connected().run("dead-letters", "burn"),
        ExitCode.USAGE,
        "dead-letters \"burn\": say list, redrive or purge");
    assertRefused(
        connected().run("dead-letters", "purge"),
        ExitCode.USAGE,
        "dead-letters purge: say which with --collection, --cause, --item or --older-than DAYS");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://me:hunter2@example.org/a.git", "https://:hunter2@example.org/a.git@v1"})
  void noPasswordReachesKafka(String address) {
    Shell.Result result = connected().run("ingest", address, "--collection", "docs");

    assertThat(result.code()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err()).contains("contains a password or token").doesNotContain("hunter2");
  }

  @Test
  void namesWhatCannotBeOpenedBeforeItIsSubmitted() {
    Shell.Result result =
        connected()
            .run("ingest", corpus() + "/nothing", "--collection", "docs", "--topics", "empty");

    assertRefused(
        result,
        ExitCode.NO_INPUT,
        "no file or folder \"%s/nothing\": check the path, or name a git address"
            .formatted(corpus()));
  }

  /// The client tries for 10 s.
  @Test
  @Tag("slow")
  @Timeout(25)
  void oneLineSaysThatNoBrokerAnswers() throws IOException {
    int free;
    try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      free = socket.getLocalPort();
    }
    String address = "127.0.0.1:" + free;

    Shell.Result result =
        shell().run("ingest", corpus(), "--collection", "docs", "--kafka", address);

    assertThat(result.code().number()).isEqualTo(69);
    assertThat(result.err().lines()).hasSize(1);
    assertThat(result.err())
        .startsWith(
            "brimful: no Kafka broker at %s: start one with brimful dev-broker, or check --kafka"
                .formatted(address));
  }

  @Test
  void askedBeforeAnythingWasSubmitted() {
    assertRefused(
        connected().run("status", "--topics", "never"),
        ExitCode.NO_INPUT,
        "no topic never.jobs.small at %s: brimful ingest PATH --collection NAME creates it, or name another --topics"
            .formatted(TestBroker.address()));
    Shell.Result redriven = connected().run("dead-letters", "redrive", "--topics", "never");
    assertThat(redriven.code()).isEqualTo(ExitCode.NO_INPUT);
    assertThat(redriven.err())
        .as("the first call has created nothing")
        .contains("no topic never.jobs.small");
    assertThat(shell().run("ask", "--collection", "docs", "why?").code())
        .isEqualTo(ExitCode.NO_INPUT);
  }

  @Test
  void fromASubmittedFolderToAnAnswer() throws Exception {
    Shell.Result submitted = succeeded(connected().run("ingest", corpus(), "--collection", "docs"));
    assertThat(submitted.err()).containsPattern("^job \\S+: 3 submitted .* 0 deleted, 0 unchanged");

    try (var _ = new BackgroundCommand(connected(), "worker", "--slots", "1", "--name", "tester");
        var _ = new BackgroundCommand(connected(), "index-worker")) {
      succeeded(connected().run("status", "--follow"));
    }

    assertThat(succeeded(connected().run("status", "--collection", "docs")).out().lines())
        .hasSize(2)
        .first()
        .asString()
        .contains("docs@deepseek-v3: 3 of 3: 2 indexed, 0 truncated, 0 skipped")
        .contains("1 failed, 0 deleted; 2 chunks");
    JsonNode status =
        new ObjectMapper()
            .readTree(succeeded(connected().run("status", "--collection", "docs", "--json")).out());
    assertThat(status.at("/jobs/0/collection").asText()).isEqualTo("docs");
    assertThat(status.at("/jobs/0/is_done").asBoolean()).isTrue();
    assertThat(status.at("/jobs/0/failed").asInt()).isEqualTo(1);
    assertThat(status.at("/waiting/files").asInt(-1)).isZero();
    assertTheSameChunksAsWithoutKafka();
    Shell.Result evidence =
        succeeded(shell().run("ask", "--collection", "docs", "when does the broker rebalance?"));
    assertThat(evidence.out()).contains("broker.md:1-3").contains("The broker rebalances at noon.");
    assertThat(succeeded(connected().run("ingest", corpus(), "--collection", "docs")).err())
        .isEqualTo("nothing has changed in 3 files\n");
    assertTheBrokenFileHasALetterThatCanBeRedriven();
  }

  @Test
  void saysWhatWaitsForASourceThatIsAway() throws Exception {
    Shell shell = connected();
    succeeded(shell.run("ingest", corpus(), "--collection", "docs", "--topics", "away"));
    Path elsewhere = Files.move(folder.resolve("corpus"), folder.resolve("elsewhere"));
    String waits = "3 wait: %s is not there: mount it (worker tester)".formatted(corpus());

    try (var _ = new BackgroundCommand(shell, "worker", "--name", "tester", "--topics", "away")) {
      while (!succeeded(shell.run("status", "--topics", "away")).out().contains(waits)) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
    assertThat(succeeded(shell.run("status", "--topics", "away")).out())
        .contains("waiting: 0 for workers, 3 set aside, ");
    JsonNode status =
        new ObjectMapper()
            .readTree(succeeded(shell.run("status", "--topics", "away", "--json")).out());
    assertThat(status.at("/causes/0/files").asInt()).isEqualTo(3);
    assertThat(status.at("/causes/0/worker").asText()).isEqualTo("tester");
    Files.move(elsewhere, folder.resolve("corpus"));

    succeeded(shell.run("ingest", corpus(), "--collection", "docs", "--again", "--topics", "away"));

    assertThat(succeeded(shell.run("status", "--topics", "away")).out()).doesNotContain("wait:");
  }

  @Test
  void aJobWhoseFilesWereSubmittedAgainIsOver() throws Exception {
    String[] options = {"--collection", "docs", "--topics", "overtaken"};
    succeeded(connected().run(words(options, "ingest", corpus())));
    String[] again = words(options, "ingest", corpus(), "--again");
    String later = succeeded(connected().run(again)).err().replaceAll("(?s)^job (\\S+):.*", "$1");

    assertThat(succeeded(connected().run("status", "--topics", "overtaken")).out().lines())
        .hasSize(3)
        .satisfies(
            line -> assertThat(line).contains(": 0 of 3: ").endsWith("; overtaken by " + later),
            Index.atIndex(0))
        .satisfies(line -> assertThat(line).doesNotContain("overtaken"), Index.atIndex(1));
    JsonNode status =
        new ObjectMapper()
            .readTree(
                succeeded(connected().run("status", "--topics", "overtaken", "--json")).out());
    assertThat(status.at("/jobs/0/overtaken_by").asText()).isEqualTo(later);
    assertThat(status.at("/jobs/0/is_done").asBoolean()).isTrue();
    assertThat(status.at("/jobs/1/is_done").asBoolean()).isFalse();
  }

  @Test
  void deletesTheFilesOfAnotherPathOnlyIfToldTo() throws IOException {
    Files.writeString(
        Files.createDirectories(folder.resolve("other")).resolve("new.md"), "# New\n");
    String other = folder.resolve("other").toString();
    String[] options = {"--collection", "docs", "--topics", "replace"};
    succeeded(connected().run(words(options, "ingest", corpus())));

    assertRefused(
        connected().run(words(options, "ingest", other)),
        ExitCode.CANNOT_CREATE,
        "collection docs has 3 files of %s, which this would delete: name all of its paths, choose another --collection, or add --replace"
            .formatted(corpus()));
    assertThat(succeeded(connected().run(words(options, "ingest", corpus(), other))).err())
        .contains("4 submitted", "3 deleted");
    assertThat(succeeded(connected().run(words(options, "ingest", other, "--replace"))).err())
        .contains("1 submitted", "4 deleted");
    assertThat(succeeded(connected().run(words(options, "ingest", other))).code())
        .isEqualTo(ExitCode.OK);
  }

  @Test
  void takesAnEmptyFolderForOneThatIsNotMounted() throws IOException {
    String[] options = {"--collection", "docs", "--topics", "emptied"};
    succeeded(connected().run(words(options, "ingest", corpus())));
    Files.move(folder.resolve("corpus"), folder.resolve("elsewhere"));
    Files.createDirectories(folder.resolve("corpus"));

    assertRefused(
        connected().run(words(options, "ingest", corpus())),
        ExitCode.CANNOT_CREATE,
        "%s is empty, and all files of the collection would be deleted: mount it; or add --replace, or use brimful collections drop"
            .formatted(corpus()));
    assertThat(succeeded(connected().run(words(options, "ingest", corpus(), "--replace"))).err())
        .contains("3 deleted");
  }

  private static String[] words(String[] options, String... words) {
    return Stream.concat(Stream.of(words), Stream.of(options)).toArray(String[]::new);
  }

  private void assertTheSameChunksAsWithoutKafka() {
    List<String> local = succeeded(shell().run("chunks", corpus())).out().lines().toList();

    assertThat(succeeded(shell().run("chunks", "--collection", "docs")).out().lines().toList())
        .isEqualTo(local)
        .hasSize(2);
  }

  private void assertTheBrokenFileHasALetterThatCanBeRedriven() {
    assertThat(succeeded(connected().run("dead-letters", "list", "--item", "**.pdf")).out())
        .containsPattern("^\\S+Z  docs@deepseek-v3  broken.pdf  document: \\S.*\n$");
    assertThat(succeeded(connected().run("dead-letters", "list", "--json")).out())
        .containsPattern("\"sha256\":\"[0-9a-f]{64}\"")
        .contains("\"worker\":\"tester\"");
    assertThat(connected().run("dead-letters", "list", "--cause", "timeout").out()).isEmpty();

    Shell.Result redriven = succeeded(connected().run("dead-letters", "redrive"));

    assertThat(redriven.err()).containsPattern("^job \\S+: 1 resubmitted\n$");
    assertThat(connected().run("dead-letters", "list").out()).isEmpty();
    assertThat(succeeded(connected().run("status")).out().lines())
        .hasSize(3)
        .anyMatch(line -> line.contains(": 0 of 1: "))
        .last()
        .asString()
        .startsWith("waiting: 1 for workers");
    assertThat(purged("--older-than", "1")).isEqualTo("deleted 0 dead letters\n");
    assertThat(purged("--collection", "docs")).isEqualTo("deleted 1 dead letter\n");
    assertThat(purged("--collection", "docs")).isEqualTo("deleted 0 dead letters\n");
  }

  private String purged(String... which) {
    return succeeded(connected().run(words(which, "dead-letters", "purge"))).err();
  }
}
