package brimful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.cli.command.ExitCode;
import brimful.testing.FakeSite;
import brimful.testing.TestBroker;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Command lines whose documents are pages of a web site.
final class WebCommandsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private final String topics = "web-" + UUID.randomUUID();
  private final FakeSite site = new FakeSite();

  @AfterEach
  void stop() {
    site.close();
  }

  private Shell shell(String home) {
    return new Shell(folder.resolve(home));
  }

  private Shell connected(String home) {
    return shell(home).with("BRIMFUL_KAFKA", TestBroker.address());
  }

  private static String succeeded(Shell.Result result) {
    assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
    return result.out();
  }

  private static List<String> documents(String chunks) {
    return chunks.lines().map(line -> line.substring(0, line.indexOf('\t'))).distinct().toList();
  }

  /// What a test waits for.
  @FunctionalInterface
  private interface Reached {
    boolean now() throws IOException;
  }

  private static void await(Reached reached) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!reached.now()) {
      assertThat(System.nanoTime()).as("patience").isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private void guide() {
    site.sitemap(
            "/sitemap.xml", "/guide/broker", "/guide/index?v=2", "/guide/worker.html", "/other")
        .page("/guide/broker", FakeSite.html("The broker rebalances at noon"), Map.of("ETag", "1"))
        .page("/guide/index?v=2", FakeSite.html("The index commits at dusk"), Map.of("ETag", "2"))
        .page("/guide/worker.html", FakeSite.html("The worker rests at night"));
  }

  private long reads() {
    return site.requests.stream().filter(one -> one.startsWith("GET /guide")).count();
  }

  @Test
  void aSiteIsReadOnceAndThenWhatHasChanged() {
    guide();
    String[] pack = {
      "pack", site.location("/guide/"), "-q", "When does the broker rebalance?", "-o", "-"
    };
    String[] chunks = {"chunks", site.location("/guide/")};

    assertThat(succeeded(shell("home").run(pack)))
        .contains("<document path=\"guide/broker.html\">")
        .contains("The broker rebalances at noon")
        .doesNotContain("<h1>");
    site.requests.clear();

    assertThat(documents(succeeded(shell("home").run(chunks))))
        .containsExactly("guide/broker.html", "guide/index?v=2.html", "guide/worker.html");
    // The page without a tag is fetched to tell whether it has changed.
    assertThat(reads()).isOne();

    site.page("/guide/broker", FakeSite.html("The broker rebalances at one"), Map.of("ETag", "3"))
        .sitemap("/sitemap.xml", "/guide/broker", "/guide/index?v=2");
    site.requests.clear();

    assertThat(succeeded(shell("home").run(pack)))
        .contains("rebalances at one")
        .doesNotContain("at noon", "worker");
    assertThat(reads()).isOne();
  }

  @Test
  void amongSeveralPathsASiteIsNamedByItsHost() throws IOException {
    guide();
    Path notes = Files.createDirectories(folder.resolve("notes"));
    Files.writeString(notes.resolve("a.md"), "The shard splits at dawn.\n");
    String host = site.url("").replaceFirst("http://", "");

    assertThat(
            documents(
                succeeded(
                    shell("home").run("chunks", site.location("/guide/broker"), notes.toString()))))
        .containsExactly(host + "/guide/broker.html", "notes/a.md");
  }

  @Test
  void aListThatCannotBeHadRemovesNothing() {
    guide();
    site.sitemap("/sitemap.xml", "/guide/broker");
    String[] report = {"report", site.location("/sitemap.xml")};
    succeeded(shell("home").run(report));

    site.status("/sitemap.xml", 500, Map.of());
    Shell.Result away = shell("home").run(report);
    site.sitemap("/sitemap.xml", "/guide/broker");
    site.requests.clear();

    assertThat(away.code()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(away.err())
        .contains("/sitemap.xml: the site answers with status 500, try again later");
    assertThat(succeeded(shell("home").run(report))).contains("guide/broker.html");
    assertThat(site.requests).doesNotContain("GET /guide/broker");
  }

  @Test
  void aPageThatFailedForNowIsReadAgain() {
    site.sitemap("/sitemap.xml", "/a | 2026-01-01T03:04:05Z").status("/a", 503, Map.of());
    String[] report = {"report", site.location("/sitemap.xml")};

    assertThat(shell("home").run(report).out())
        .contains("the site answers with status 503, try again later");

    site.page("/a", FakeSite.html("The broker rebalances at noon"));

    assertThat(shell("home").run(report).out()).contains("indexed   a.html");
  }

  @Test
  void aServerReadsSitesThatItsRootsName() throws Exception {
    guide();
    Path root = Files.createDirectories(folder.resolve("root"));
    Map<String, String> environment = Map.of("BRIMFUL_HOME", folder.resolve("home").toString());
    String source = "{\"location\":\"%s\"}".formatted(site.location("/guide/"));

    try (var server = RunningServer.start(environment, root)) {
      server.post("/v1/collections", "{\"name\":\"docs\"}");
      for (String refused :
          List.of(
              source,
              "{\"location\":\"web:http://169.254.169.254/latest/\"}",
              "{\"location\":\"web:http://[::1]/\"}")) {
        var answer = server.post("/v1/collections/docs/sources", refused);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("is not a public host");
      }
      assertThat(
              server.post("/v1/collections/docs/sources", "{\"location\":\"web:x\"}").statusCode())
          .isEqualTo(400);
    }
    assertThat(site.requests).isEmpty();

    try (var server = RunningServer.start(environment, root, "--roots", site.location("/"))) {
      var added = server.post("/v1/collections/docs/sources", source);
      assertThat(added.statusCode()).as(added.body()).isEqualTo(202);
      String job = JSON.readTree(added.body()).path("id").asText();
      await(() -> !state(server, job).path("state").asText().equals("running"));

      assertThat(state(server, job).path("state").asText())
          .as(state(server, job).toString())
          .isEqualTo("done");
      assertThat(files(server).toString()).contains("guide/broker.html", "indexed");
    }
  }

  private static JsonNode state(RunningServer server, String job) throws IOException {
    return JSON.readTree(server.get("/v1/jobs/" + job).body());
  }

  private static JsonNode files(RunningServer server) throws IOException {
    return JSON.readTree(server.get("/v1/collections/docs/files").body());
  }

  @Test
  void workersReadPagesWithoutListingThem() throws Exception {
    guide();
    String[] ingest = {
      "ingest", site.location("/guide/"), "--collection", "docs", "--topics", topics
    };

    try (var _ = new BackgroundCommand(connected("index"), "index-worker", "--topics", topics)) {
      succeeded(connected("home").run(ingest));
      try (var _ =
          new BackgroundCommand(
              connected("far"), "worker", "--topics", topics, "--roots", folder.toString())) {
        await(() ->
            connected("home")
                .run("status", "--topics", topics)
                .out()
                .contains("is not below --roots"));
      }
      site.requests.clear();
      try (var _ =
          new BackgroundCommand(
              connected("near"), "worker", "--topics", topics, "--roots", site.location("/"))) {
        await(() ->
            documents(connected("index").run("chunks", "--collection", "docs").out()).size() == 3);
      }
      assertThat(site.requests).doesNotContain("GET /sitemap.xml");
      assertThat(connected("home").run(ingest).err()).contains("nothing has changed in 3 files");
    }
  }
}
