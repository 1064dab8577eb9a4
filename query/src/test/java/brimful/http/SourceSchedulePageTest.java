package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is said of a source, and how often it is read again: over REST, and on the page.
final class SourceSchedulePageTest extends PageVisits {
  private static HttpResponse<String> patch(TestServer server, String source, String body) {
    return server.send(
        server
            .request("/v1/collections/docs/sources/" + source)
            .header("Content-Type", "application/json")
            .method("PATCH", HttpRequest.BodyPublishers.ofString(body)));
  }

  @Test
  void aSourceGetsATimeOfItsOwn(@TempDir Path folder) {
    try (TestServer server = TestServer.alone(folder).file("a.md", "Otters.\n")) {
      server.collection("docs");

      HttpResponse<String> changed = patch(server, "root", "{\"every\":\"90m\"}");

      assertThat(changed.statusCode()).isEqualTo(202);
      server.await(TestServer.tree(changed.body()).path("id").asText());
      JsonNode source =
          TestServer.tree(server.get("/v1/collections/docs/sources").body()).at("/data/0");
      assertThat(source.path("every").asText()).isEqualTo("90m");
      assertThat(Instant.parse(source.path("next").asText()))
          .isEqualTo(Instant.parse(source.path("synced").asText()).plus(Duration.ofMinutes(90)));
      assertThat(patch(server, "root", "{\"every\":\"1x\"}").body()).contains("every 1x");
      assertThat(patch(server, "none", "{\"every\":\"1h\"}").statusCode()).isEqualTo(404);
      assertThat(patch(server, "root", "{\"location\":\"/etc\"}").statusCode()).isEqualTo(400);
    }
  }

  @Test
  void aSourceSaysWhichOneItLiesIn(@TempDir Path folder) {
    try (TestServer server = TestServer.alone(folder).file("sub/a.md", "Otters.\n")) {
      server.collection("docs");

      HttpResponse<String> added =
          server.post(
              "/v1/collections/docs/sources", "{\"location\":\"%s/sub\"}".formatted(server.root));

      server.await(TestServer.tree(added.body()).path("id").asText());
      JsonNode sources = TestServer.tree(server.get("/v1/collections/docs").body()).at("/sources");
      assertThat(sources.at("/0/lies_in").isNull()).isTrue();
      assertThat(sources.at("/1/lies_in").asText()).isEqualTo("root");
      assertThat(TestServer.tree(server.get("/v1/collections/docs/sources").body()).at("/data"))
          .isEqualTo(sources);
    }
  }

  @Test
  void isShownAndChanged() {
    try (BrowserVisit visit = chrome.visit(pageTestServer.serve(pageTestServer.collections()))) {
      visit.go("collections");
      visit.see("[data-source=code]", "synced");

      visit.page().locator("[data-test=every]").selectOption("6h");

      visit.see("[data-source=code]", ", next ");
      assertThat(visit.page().locator("[data-test=every]").inputValue()).isEqualTo("6h");
      visit.wholeShot("schedule");
      assertThat(visit.barriers()).isEmpty();
      visit.page().locator("[data-test=every]").selectOption("never");
      visit
          .page()
          .waitForCondition(() -> !visit.see("[data-source=code]").innerText().contains("next"));
      assertThat(visit.troubles()).isEmpty();
    }
  }

  @Test
  void aKeyThatOnlyAsksChangesNothing() {
    String key = pageTestServer.askingKey();
    try (BrowserVisit visit =
        chrome.visit(pageTestServer.serveWithKeys(pageTestServer.collections()))) {
      visit.fill("#key", key);
      visit.page().locator("#key").press("Enter");
      visit.go("collections");
      visit.see("[data-source=code]", "synced");

      assertThat(visit.count("[data-test=every]:visible")).isZero();
    }
  }
}
