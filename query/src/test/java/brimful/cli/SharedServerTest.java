package brimful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.cli.command.ExitCode;
import brimful.testing.Await;
import brimful.testing.OpenSearchContainer;
import brimful.testing.TestBroker;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server whose collections are in OpenSearch, where an index worker of another home writes them.
final class SharedServerTest {
  private static final Duration PATIENCE = Await.PATIENCE;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private final String topics = "shared-" + UUID.randomUUID();

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

  @Test
  void readsWhatAnotherHomesIndexWorkerWrites() throws Exception {
    String index = OpenSearchContainer.option();
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    Files.writeString(corpus.resolve("a.md"), "# Broker\n\nThe broker rebalances at noon.\n");
    Map<String, String> environment =
        Map.of(
            "BRIMFUL_HOME",
            folder.resolve("home").toString(),
            "BRIMFUL_KAFKA",
            TestBroker.address(),
            "BRIMFUL_INDEX",
            index);

    try (var _ = new BackgroundCommand(shell("worker"), "worker", "--topics", topics);
        var server = RunningServer.start(environment, corpus, "--topics", topics)) {
      assertThat(tree(server.get("/ready").body()).path("notice").asText())
          .startsWith("no index worker runs on OpenSearch at http://");
      try (var _ =
          new BackgroundCommand(
              shell("writer"), "index-worker", "--topics", topics, "--index", index)) {
        assertThat(server.post("/v1/collections", "{\"name\":\"docs\"}").statusCode())
            .isEqualTo(201);
        String job =
            tree(server
                    .post("/v1/collections/docs/sources", "{\"location\":\"%s\"}".formatted(corpus))
                    .body())
                .path("id")
                .asText();
        Await.until(
            PATIENCE,
            () -> tree(server.get("/v1/jobs/" + job).body()).path("state").asText().equals("done"));

        assertThat(
                server
                    .post(
                        "/v1/search", "{\"collection\":\"docs\",\"question\":\"who rebalances?\"}")
                    .body())
            .contains("The broker rebalances at noon.");
        assertThat(tree(server.get("/ready").body()).has("notice")).isFalse();

        Shell.Result second =
            shell("second").run("collections", "drop", "docs", "--topics", topics, "--follow");
        assertThat(second.code()).as(second.err()).isEqualTo(ExitCode.OK);
        Await.until(
            PATIENCE,
            () ->
                shell("second").run("chunks", "--collection", "docs", "--index", index).code()
                    == ExitCode.NO_INPUT);
      }
    }
  }
}
