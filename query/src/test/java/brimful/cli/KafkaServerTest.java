package brimful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.cli.command.ExitCode;
import brimful.collection.library.LibraryFolder;
import brimful.kafka.Cluster;
import brimful.kafka.Connection;
import brimful.kafka.Topics;
import brimful.testing.Await;
import brimful.testing.TestBroker;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server whose files the workers of a cluster read.
final class KafkaServerTest {
  private static final Duration PATIENCE = Await.PATIENCE;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private final String topics = "server-" + UUID.randomUUID();

  private Shell shell(String home) {
    return new Shell(folder.resolve(home)).with("BRIMFUL_KAFKA", TestBroker.address());
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode found(RunningServer server, String path) {
    return tree(server.get(path).body());
  }

  private static String order(String origin) {
    return "{\"options\":{\"collection\":\"docs\"},\"origin\":\"%s\"}".formatted(origin);
  }

  private String origin() throws IOException {
    try (Cluster cluster =
        Cluster.openExisting(
            Connection.of(TestBroker.address(), Optional.empty()), new Topics(topics))) {
      return LibraryFolder.origin(cluster);
    }
  }

  @Test
  void aDroppedCollectionIsGoneAndCanBeSubmittedAgain() throws Exception {
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    Files.writeString(corpus.resolve("a.md"), "# Broker\n\nThe broker rebalances at noon.\n");
    String[] ingest = {
      "ingest", corpus.toString(), "--collection", "docs", "--topics", topics, "--follow"
    };
    Path indexes = folder.resolve("home/collections");

    try (var _ =
            new BackgroundCommand(shell("home"), "worker", "--topics", topics, "--slots", "1");
        var _ = new BackgroundCommand(shell("home"), "index-worker", "--topics", topics)) {
      assertThat(shell("home").run(ingest).code()).isEqualTo(ExitCode.OK);
      assertThat(shell("home").run("chunks", "--collection", "docs").out()).contains("a.md");

      Path batch = Files.createDirectories(folder.resolve("home/batches/b"));
      Files.writeString(batch.resolve("order.json"), order(origin()));
      Path other = Files.createDirectories(folder.resolve("home/batches/other"));
      Files.writeString(other.resolve("order.json"), order("another"));

      Shell.Result dropped =
          shell("home").run("collections", "drop", "docs", "--topics", topics, "--follow");

      assertThat(dropped.err())
          .contains("deletes 1 file of docs@deepseek-v3")
          .contains("deleted a batch or reading of docs that a server kept in");
      assertThat(dropped.err()).contains("may be of another collection docs (other)");
      assertThat(batch).doesNotExist();
      assertThat(other).isNotEmptyDirectory();
      Await.until(PATIENCE, () -> !Files.exists(indexes.resolve("docs")));
      assertThat(shell("home").run("chunks", "--collection", "docs").code())
          .isEqualTo(ExitCode.NO_INPUT);
      Await.until(
          PATIENCE,
          () ->
              shell("home")
                  .run("status", "--topics", topics)
                  .out()
                  .contains("waiting: 0 for workers, 0 set aside, 0 records for the index"));
      assertThat(shell("home").run(ingest).code()).isEqualTo(ExitCode.OK);
      assertThat(shell("home").run("chunks", "--collection", "docs").out()).contains("a.md");
    }
    Shell.Result unknown = shell("home").run("collections", "drop", "nothing", "--topics", topics);
    assertThat(unknown.code()).isEqualTo(ExitCode.NO_INPUT);
    assertThat(unknown.err()).contains("no collection nothing was submitted");
  }

  @Test
  void statusNamesAGroupThatTwoFoldersShare() throws Exception {
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    Files.writeString(corpus.resolve("a.md"), "# Broker\n\nThe broker rebalances at noon.\n");
    shell("one").run("ingest", corpus.toString(), "--collection", "docs", "--topics", topics);
    String line =
        "index workers of 2 folders share group %s-shared, so each has a part".formatted(topics);

    try (var _ =
        new BackgroundCommand(
            shell("one"), "index-worker", "--topics", topics, "--group", "shared")) {
      try (var _ =
          new BackgroundCommand(
              shell("two"), "index-worker", "--topics", topics, "--group", "shared")) {
        Await.until(
            PATIENCE, () -> shell("one").run("status", "--topics", topics).out().contains(line));
      }
      Await.until(
          PATIENCE, () -> !shell("one").run("status", "--topics", topics).out().contains(line));
    }
  }

  @Test
  void aSkippedRecordIsNamedAsStatusShowsIt() {
    Shell.Result result =
        shell("home").run("index-worker", "--topics", topics, "--once", "--skip", "other-1@2");

    assertThat(result.code()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err())
        .contains(
            "--skip other-1@2 is no record of %s.documents: write it as brimful status shows it"
                .formatted(topics));
  }

  @Test
  void aJobIsDoneWhenTheServersOwnIndexWorkerIsAndSaysIfThereIsNone() throws Exception {
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    Files.writeString(corpus.resolve("a.md"), "# Broker\n\nThe broker rebalances at noon.\n");
    Map<String, String> environment =
        Map.of(
            "BRIMFUL_HOME",
            folder.resolve("home").toString(),
            "BRIMFUL_KAFKA",
            TestBroker.address());

    try (var _ =
            new BackgroundCommand(shell("worker"), "worker", "--topics", topics, "--slots", "1");
        var _ = new BackgroundCommand(shell("other"), "index-worker", "--topics", topics);
        var server = RunningServer.start(environment, corpus, "--topics", topics)) {
      assertThat(server.post("/v1/collections", "{\"name\":\"docs\"}").statusCode()).isEqualTo(201);
      String job =
          tree(server
                  .post("/v1/collections/docs/sources", "{\"location\":\"%s\"}".formatted(corpus))
                  .body())
              .path("id")
              .asText();
      Await.until(
          PATIENCE,
          () -> shell("other").run("status", "--topics", topics).out().contains(": 1 of 1: "));
      Await.until(
          PATIENCE,
          () ->
              found(server, "/v1/jobs/" + job)
                  .path("notice")
                  .asText()
                  .startsWith("no index worker runs on the server's home"));

      assertThat(found(server, "/v1/jobs/" + job).path("state").asText()).isEqualTo("running");
      assertThat(found(server, "/ready").path("status").asText()).isEqualTo("ready");
      assertThat(found(server, "/ready").path("notice").asText())
          .contains("start one with brimful index-worker");

      try (var _ = new BackgroundCommand(shell("home"), "index-worker", "--topics", topics)) {
        Await.until(
            PATIENCE, () -> found(server, "/v1/jobs/" + job).path("state").asText().equals("done"));
        assertThat(found(server, "/v1/jobs/" + job).path("notice").isNull()).isTrue();
        assertThat(found(server, "/ready").has("notice")).isFalse();
        assertThat(found(server, "/v1/collections/docs").path("coverage").path("indexed").asInt())
            .isEqualTo(1);
      }
    }
  }

  @Test
  void aJobSaysWhatItsFilesWaitFor() throws Exception {
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Files.writeString(corpus.resolve("a.md"), "# Broker\n\nThe broker rebalances at noon.\n");
    Map<String, String> environment =
        Map.of(
            "BRIMFUL_HOME",
            folder.resolve("home").toString(),
            "BRIMFUL_KAFKA",
            TestBroker.address());

    try (var _ = new BackgroundCommand(shell("home"), "index-worker", "--topics", topics);
        var server = RunningServer.start(environment, corpus, "--topics", topics)) {
      assertThat(server.post("/v1/collections", "{\"name\":\"docs\"}").statusCode()).isEqualTo(201);
      String job =
          tree(server
                  .post("/v1/collections/docs/sources", "{\"location\":\"%s\"}".formatted(corpus))
                  .body())
              .path("id")
              .asText();
      try (var _ = worker("narrow", elsewhere)) {
        Await.until(
            PATIENCE,
            () -> found(server, "/v1/jobs/" + job).path("notice").asText().contains("1 wait: "));
        assertThat(found(server, "/v1/jobs/" + job).path("notice").asText())
            .contains("is not below --roots: start a worker that may read it (worker narrow)");
      }
      try (var _ = worker("wide", corpus)) {
        Await.until(
            PATIENCE, () -> found(server, "/v1/jobs/" + job).path("state").asText().equals("done"));
        assertThat(found(server, "/v1/jobs/" + job).path("notice").isNull()).isTrue();
      }
    }
  }

  private BackgroundCommand worker(String name, Path root) {
    return new BackgroundCommand(
        shell(name),
        "worker",
        "--topics",
        topics,
        "--slots",
        "1",
        "--name",
        name,
        "--roots",
        root.toString());
  }
}
