package brimful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.cli.command.ExitCode;
import brimful.testing.Await;
import brimful.testing.FakeSite;
import brimful.testing.TestBroker;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Command lines whose documents are pages of a web site.
final class WebCommandsTest {
  private static final Duration PATIENCE = Await.PATIENCE;
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

  private static String today() {
    return LocalDate.now(ZoneOffset.UTC).toString();
  }

  @Test
  void thePageThatFailsForNowKeepsItsTextAndSaysSo() {
    site.sitemap("/sitemap.xml", "/a", "/b")
        .page("/a", FakeSite.html("The broker rebalances at noon"), Map.of("ETag", "1"))
        .page("/b", FakeSite.html("The index commits at dusk"), Map.of("ETag", "1"));
    String[] report = {"report", site.location("/sitemap.xml")};
    String[] pack = {"pack", site.location("/sitemap.xml"), "-o", "-"};
    succeeded(shell("home").run(report));

    site.status("/a", 503, Map.of());
    Shell.Result away = shell("home").run(report);

    assertThat(away.err())
        .contains("1 that cannot be had now: the index keeps what it has of them")
        .contains("2 files found: 2 indexed, 0 truncated, 0 skipped, 0 encrypted, 0 failed");
    assertThat(succeeded(away))
        .contains(
            "indexed   a.html: failed for now (the site answers with status 503, try again later), text of %s kept"
                .formatted(today()));
    assertThat(succeeded(shell("home").run(pack))).contains("rebalances at noon");

    site.page("/a", FakeSite.html("The broker rebalances at noon"), Map.of("ETag", "1"));

    assertThat(succeeded(shell("home").run(report))).doesNotContain("failed for now");
  }

  @Test
  void thePageThatFailsWhenItIsReadKeepsItsTextAndSaysSo() {
    site.sitemap("/sitemap.xml", "/a | 2026-01-01T03:04:05Z")
        .page("/a", FakeSite.html("The broker rebalances at noon"));
    String[] report = {"report", site.location("/sitemap.xml")};
    String[] pack = {"pack", site.location("/sitemap.xml"), "-o", "-"};
    succeeded(shell("home").run(report));

    site.sitemap("/sitemap.xml", "/a | 2026-01-02T03:04:05Z").status("/a", 500, Map.of());
    for (int i = 0; i < 2; i++) {
      Shell.Result away = shell("home").run(report);

      assertThat(away.err())
          .contains("1 that could not be read now: the index keeps what it has of them")
          .contains("1 file found: 1 indexed, 0 truncated, 0 skipped, 0 encrypted, 0 failed");
      assertThat(succeeded(away))
          .contains(
              "failed for now (the site answers with status 500, try again later), text of %s kept"
                  .formatted(today()));
    }
    assertThat(succeeded(shell("home").run(pack))).contains("rebalances at noon");

    site.page("/a", FakeSite.html("The broker rebalances at one"));

    assertThat(succeeded(shell("home").run(report))).doesNotContain("failed for now");
    assertThat(succeeded(shell("home").run(pack)))
        .contains("rebalances at one")
        .doesNotContain("at noon");
  }

  @Test
  void workersKeepTheTextOfPagesThatFailForNow() throws Exception {
    site.sitemap("/sitemap.xml", "/a", "/b | 2026-01-01T03:04:05Z", "/c")
        .page("/a", FakeSite.html("The broker rebalances at noon"), Map.of("ETag", "1"))
        .page("/b", FakeSite.html("The index commits at dusk"))
        .page("/c", FakeSite.html("The worker rests at night"), Map.of("ETag", "1"));
    String[] ingest = {
      "ingest",
      site.location("/sitemap.xml"),
      "--collection",
      "docs",
      "--topics",
      topics,
      "--follow"
    };
    String[] report = {"report", "--collection", "docs"};

    try (var _ = new BackgroundCommand(connected("index"), "index-worker", "--topics", topics);
        var _ =
            new BackgroundCommand(
                connected("near"), "worker", "--topics", topics, "--roots", site.location("/"))) {
      succeeded(connected("home").run(ingest));

      site.sitemap("/sitemap.xml", "/a", "/b | 2026-01-02T03:04:05Z", "/c")
          .status("/a", 503, Map.of())
          .status("/b", 502, Map.of());
      Shell.Result away = connected("home").run(ingest);

      assertThat(away.err())
          .contains("1 that cannot be had now: the index keeps what it has of them");
      Shell.Result kept = connected("index").run(report);
      assertThat(kept.err())
          .contains("3 files found: 3 indexed, 0 truncated, 0 skipped, 0 encrypted, 0 failed");
      assertThat(succeeded(kept))
          .contains(
              "failed for now (the site answers with status 503, try again later), text of "
                  + today())
          .contains(
              "failed for now (the site answers with status 502, try again later), text of "
                  + today());
      assertThat(succeeded(connected("index").run("pack", "--collection", "docs", "-o", "-")))
          .contains("rebalances at noon", "commits at dusk", "rests at night");

      site.page("/a", FakeSite.html("The broker rebalances at one"), Map.of("ETag", "2"))
          .page("/b", FakeSite.html("The index commits at dawn"));
      succeeded(connected("home").run(ingest));

      assertThat(succeeded(connected("index").run(report)))
          .contains("indexed   a.html", "indexed   b.html", "indexed   c.html")
          .doesNotContain("failed for now");
      assertThat(succeeded(connected("index").run("pack", "--collection", "docs", "-o", "-")))
          .contains("rebalances at one", "commits at dawn", "rests at night")
          .doesNotContain("at noon", "at dusk");
    }
  }

  @Test
  void workersKeepThePagesOfASiteWhoseSitemapIsGone() throws Exception {
    guide();
    site.page("/guide/", FakeSite.html("The guide begins here"));
    String[] ingest = {
      "ingest", site.location("/guide/"), "--collection", "docs", "--topics", topics, "--follow"
    };

    try (var _ = new BackgroundCommand(connected("index"), "index-worker", "--topics", topics);
        var _ =
            new BackgroundCommand(
                connected("near"), "worker", "--topics", topics, "--roots", site.location("/"))) {
      succeeded(connected("home").run(ingest));
      site.without("/sitemap.xml");
      Shell.Result away = connected("home").run(ingest);

      assertThat(away.err()).contains("0 deleted").contains("3 that cannot be had now");
      assertThat(succeeded(connected("index").run("pack", "--collection", "docs", "-o", "-")))
          .contains("rebalances at noon", "The guide begins here");
    }
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
