package brimful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.Await;
import brimful.testing.TestBroker;
import brimful.testing.TestBucket;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Uploads that a server keeps in an object store, for workers that do not see its folders.
final class BucketUploadsTest {
  private static final Duration PATIENCE = Await.PATIENCE;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private final String topics = "uploads-" + UUID.randomUUID();
  private TestBucket bucket;

  @BeforeEach
  void start() throws Exception {
    bucket = new TestBucket();
  }

  @AfterEach
  void stop() throws Exception {
    bucket.close();
  }

  private Map<String, String> environment(String home) {
    Map<String, String> all = new HashMap<>(bucket.environment());
    all.put("BRIMFUL_HOME", folder.resolve(home).toString());
    all.put("BRIMFUL_KAFKA", TestBroker.address());
    return all;
  }

  private Shell shell(String home) {
    var shell = new Shell(folder.resolve(home));
    environment(home).forEach(shell::with);
    return shell;
  }

  private RunningServer server() throws IOException {
    Path root = Files.createDirectories(folder.resolve("root"));
    return RunningServer.start(
        environment("home"),
        root,
        "--topics",
        topics,
        "--uploads",
        "s3://docs/uploads",
        "--roots",
        "s3://docs/team");
  }

  private static HttpResponse<String> upload(RunningServer server, String name, String text) {
    return server.send(
        HttpRequest.newBuilder(URI.create(server.address + "/v1/collections/docs/uploads"))
            .timeout(PATIENCE)
            .header("Content-Type", "multipart/form-data; boundary=b")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n\r\n%s\r\n--b--\r\n"
                        .formatted(name, text))));
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void done(RunningServer server, HttpResponse<String> job)
      throws InterruptedException {
    assertThat(job.statusCode()).as(job.body()).isEqualTo(202);
    String path = "/v1/jobs/" + tree(job.body()).path("id").asText();
    Await.until(
        PATIENCE, () -> tree(server.get(path).body()).path("state").asText().equals("done"));
  }

  private List<String> stored() {
    return bucket.keys().stream().filter(key -> key.startsWith("uploads/")).toList();
  }

  private static String text(RunningServer server, String document) {
    return server.get("/v1/collections/docs/text?document=" + document).body();
  }

  @Test
  void aWorkerWithAnotherHomeReadsUploadsAndADropDeletesThem() throws Exception {
    bucket.put("uploads/others/b~1/x", "not of this server");
    try (var _ =
            new BackgroundCommand(
                shell("worker"),
                "worker",
                "--topics",
                topics,
                "--slots",
                "1",
                "--roots",
                "s3://docs/uploads,s3://docs/team");
        var _ = new BackgroundCommand(shell("home"), "index-worker", "--topics", topics)) {
      try (var server = server()) {
        assertThat(server.post("/v1/collections", "{\"name\":\"docs\"}").statusCode())
            .isEqualTo(201);
        done(server, upload(server, "sub/a.md", "The broker rebalances at noon."));

        assertThat(text(server, "uploads/sub/a.md")).contains("rebalances at noon");
        assertThat(stored()).hasSize(2);
        assertThat(stored()).anyMatch(key -> key.matches("uploads/.+/docs~.+/[0-9a-f]{64}"));
        try (var files = Files.walk(folder.resolve("home/library"))) {
          assertThat(files.filter(Files::isRegularFile))
              .allSatisfy(file -> assertThat(file).content().doesNotContain("rebalances"));
        }

        done(server, upload(server, "sub/a.md", "The broker rebalances at one."));
        assertThat(text(server, "uploads/sub/a.md")).contains("rebalances at one");
        assertThat(stored()).hasSize(3);
      }
      try (var server = server()) {
        assertThat(text(server, "uploads/sub/a.md")).contains("rebalances at one");
        assertThat(stored()).as("objects of today are kept").hasSize(3);

        assertThat(
                server
                    .send(
                        HttpRequest.newBuilder(URI.create(server.address + "/v1/collections/docs"))
                            .timeout(PATIENCE)
                            .DELETE())
                    .statusCode())
            .isEqualTo(204);
        Await.until(PATIENCE, () -> stored().equals(List.of("uploads/others/b~1/x")));
      }
    }
  }

  @Test
  void aServerAddsSourcesBelowItsBucketsOnly() throws Exception {
    bucket.put("team/a.md", "The broker rebalances at noon.");
    bucket.put("secret/b.md", "Hidden.");
    try (var server = server()) {
      assertThat(server.post("/v1/collections", "{\"name\":\"docs\"}").statusCode()).isEqualTo(201);
      for (String location : List.of("s3://docs/secret", "s3://docs", "s3://docs/team/../secret")) {
        HttpResponse<String> refused =
            server.post(
                "/v1/collections/docs/sources", "{\"location\":\"%s\"}".formatted(location));
        assertThat(refused.statusCode()).as(refused.body()).isIn(400, 403);
      }
      HttpResponse<String> taken =
          server.post("/v1/collections/docs/sources", "{\"location\":\"s3://docs/team\"}");

      assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
    }
    assertThat(bucket.reads()).isZero();
  }

  @Test
  void anUploadWhileTheStoreIsAwayIsRefusedAndLeavesNothing() throws Exception {
    try (var server = server()) {
      assertThat(server.post("/v1/collections", "{\"name\":\"docs\"}").statusCode()).isEqualTo(201);
      bucket.goAway();

      HttpResponse<String> refused = upload(server, "a.md", "The broker rebalances at noon.");

      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
      assertThat(refused.body()).contains("uploads cannot be stored").doesNotContain("s3://");
      assertThat(tree(server.get("/v1/collections/docs/sources").body()).toString())
          .doesNotContain("uploads");
      bucket.comeBack();
    }
  }
}
