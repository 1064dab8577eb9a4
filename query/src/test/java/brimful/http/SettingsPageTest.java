package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.http.edge.EdgeConfig;
import brimful.http.key.Grant;
import brimful.http.key.Right;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The operator's settings: over REST, and on the page.
final class SettingsPageTest extends PageVisits {
  private static final String SECRET = "sk-of-nobody-0123456789";

  private static HttpResponse<String> patch(TestServer server, String body) {
    return server.send(
        server
            .request(SettingsApi.PATH)
            .header("Content-Type", "application/json")
            .method("PATCH", HttpRequest.BodyPublishers.ofString(body)));
  }

  private static String key(JsonNode settings, String provider) {
    for (JsonNode one : settings.path("providers")) {
      if (one.path("name").asText().equals(provider)) {
        return one.path("key").asText();
      }
    }
    return "";
  }

  @Test
  void aKeyIsKeptForTheOwnerAloneAndNeverShown(@TempDir Path folder) throws IOException {
    try (TestServer server = TestServer.alone(folder)) {
      assertThat(key(TestServer.tree(server.get(SettingsApi.PATH).body()), "deepseek"))
          .isEqualTo("none");

      HttpResponse<String> kept =
          patch(server, "{\"provider\":\"deepseek\",\"api_key\":\"%s\"}".formatted(SECRET));

      Path file = folder.resolve("home").resolve("config.properties");
      assertThat(kept.statusCode()).isEqualTo(200);
      assertThat(key(TestServer.tree(kept.body()), "deepseek")).isEqualTo("file");
      assertThat(kept.body()).doesNotContain(SECRET, SECRET.substring(SECRET.length() - 4));
      assertThat(Files.readString(file)).contains("api_key.deepseek=" + SECRET);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(server.get("/v1/status").body()).contains("\"connected\":true");

      HttpResponse<String> gone = patch(server, "{\"provider\":\"deepseek\",\"api_key\":\"\"}");
      assertThat(key(TestServer.tree(gone.body()), "deepseek")).isEqualTo("none");
      assertThat(Files.readString(file)).doesNotContain(SECRET);
    }
  }

  @Test
  void refusesWhatHasNoEffect(@TempDir Path folder) {
    try (TestServer server = TestServer.alone(folder)) {
      assertThat(patch(server, "{}").body()).contains("nothing to change");
      assertThat(patch(server, "{\"provider\":\"deepseek\"}").statusCode()).isEqualTo(400);
      assertThat(patch(server, "{\"provider\":\"acme\",\"api_key\":\"x\"}").body())
          .contains("no provider is called acme: say ");
      assertThat(patch(server, "{\"model\":\"no-such-model\"}").statusCode()).isEqualTo(404);
      JsonNode changed = TestServer.tree(patch(server, "{\"model\":\"deepseek-flash\"}").body());
      assertThat(changed.path("model").asText()).isEqualTo("deepseek-flash");
    }
  }

  private static String key(TestServer server, Right... rights) {
    return server.keys.add(
        "key" + rights.length, new Grant(List.of("*"), Set.of(rights), List.of()), 0, 60);
  }

  /// A key that only reads metrics is given to other programs.
  @Test
  void onlyAnOperatorSeesThemAndOnlyOneWhoManagesChangesThem(@TempDir Path folder) {
    try (TestServer server = TestServer.behind(folder, EdgeConfig.NONE, true)) {
      String change = "{\"model\":\"deepseek-flash\"}";

      server.as(key(server, Right.MANAGE));
      assertThat(server.get(SettingsApi.PATH).statusCode()).isEqualTo(403);
      assertThat(patch(server, change).statusCode()).isEqualTo(403);

      server.keys.revoke("key1");
      server.as(key(server, Right.OPERATE));
      assertThat(server.get(SettingsApi.PATH).statusCode()).isEqualTo(200);
      assertThat(patch(server, change).statusCode()).isEqualTo(403);

      server.as(key(server, Right.OPERATE, Right.MANAGE));
      assertThat(patch(server, change).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void areChangedOnThePage() {
    try (BrowserVisit visit =
        chrome.visit(pageTestServer.serveWithoutModel(pageTestServer.collections()))) {
      visit.see("#model", "No model connected");
      visit.go("settings");
      visit.see("[data-provider=deepseek]", "no key");

      visit.fill("[data-provider=deepseek] input", SECRET);
      visit.page().locator("[data-provider=deepseek] input").press("Enter");

      visit.see("[data-provider=deepseek]", "stored on the server");
      visit.see("#model", "connected");
      assertThat(visit.page().locator("[data-provider=deepseek] input").inputValue()).isEmpty();
      assertThat(visit.page().content()).doesNotContain(SECRET);
      visit.see("[data-test=spent]", "without a limit");
      visit.wholeShot("settings");
      assertThat(visit.barriers()).isEmpty();
      visit.click("[data-provider=deepseek] .danger");
      visit.click("#confirm");
      visit.see("[data-provider=deepseek]", "no key");
      assertThat(visit.troubles()).isEmpty();
    }
  }

  @Test
  void theEnvironmentDecidesWhereItSpeaks() {
    try (BrowserVisit visit = chrome.visit(pageTestServer.serve(pageTestServer.collections()))) {
      visit.go("settings");

      visit.see("[data-provider=deepseek]", "from the server’s environment");
      assertThat(visit.count("[data-provider=deepseek] input")).isZero();
      assertThat(visit.page().locator("#default-model").isDisabled()).isTrue();
    }
  }

  @Test
  void aKeyThatOnlyAsksSeesNoSettings() {
    String key = pageTestServer.askingKey();
    try (BrowserVisit visit =
        chrome.visit(pageTestServer.serveWithKeys(pageTestServer.collections()))) {
      visit.fill("#key", key);
      visit.page().locator("#key").press("Enter");
      visit.see("#ask-form", PageTestServer.COLLECTION);

      assertThat(visit.page().locator("[data-view=settings]").isVisible()).isFalse();
    }
  }
}
