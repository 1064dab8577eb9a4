package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.http.key.Grant;
import brimful.http.key.Key;
import brimful.http.key.KeyStore;
import brimful.http.key.Right;
import brimful.service.SpendAccount;
import brimful.testing.FakeDeepSeek;
import brimful.testing.Script;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What keys open: asking always, the rest by right.
final class KeyRightsTest {
  private static final String NEW = "{\"name\":\"new\"}";

  @TempDir private static Path folder;

  private static FakeDeepSeek model;
  private static TestServer testServer;
  private static int made;

  @BeforeAll
  static void serve() {
    model = FakeDeepSeek.start(Script.answer("No."));
    testServer =
        TestServer.locked(folder, model)
            .file("team/a.txt", "otters\n")
            .file("other/b.txt", "owls\n");
    testServer.collection("docs");
    testServer.collection("else");
  }

  @AfterAll
  static void stop() {
    testServer.close();
    model.close();
  }

  @BeforeEach
  void anew() {
    testServer.as("");
  }

  private static void as(Grant grant) {
    made++;
    testServer.as(testServer.keys.add("key" + made, grant, 0, 1_000));
  }

  private static Grant of(String collection, Right... rights) {
    return new Grant(List.of(collection), Set.of(rights), List.of());
  }

  private static HttpResponse<String> send(String method, String path, String body) {
    return testServer.send(
        testServer
            .request(path)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /v1/collections",
        "DELETE /v1/collections/docs",
        "POST /v1/collections/docs/sources",
        "DELETE /v1/collections/docs/sources/root",
        "POST /v1/collections/docs/sources/root/sync",
        "POST /v1/collections/docs/uploads",
        "DELETE /v1/jobs/any",
        "POST /v1/batches",
        "POST /v1/batches/any/resume",
        "DELETE /v1/batches/any",
        "POST /v1/exhaustive",
        "POST /v1/exhaustive/any/resume",
        "DELETE /v1/exhaustive/any",
        "GET /metrics"
      })
  void whatChangesAnythingNeedsARight(String request) {
    as(of("*"));
    String[] parts = request.split(" ", 2);

    HttpResponse<String> refused = send(parts[0], parts[1], NEW);

    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(TestServer.tree(refused.body()).path("detail").asText())
        .contains("may ask, but not")
        .contains("brimful keys add NAME --");
    assertThat(testServer.collections.collections()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /v1/collections",
        "GET /v1/collections/docs/files",
        "GET /v1/jobs",
        "GET /v1/models",
        "GET /v1/batches",
        "GET /v1/exhaustive",
        "POST /v1/exhaustive/forecast",
        "GET /v1/status",
        "POST /v1/search",
        "POST /v1/pack",
        "POST /v1/ask"
      })
  void everyKeyAsks(String request) {
    as(of("docs"));
    String[] parts = request.split(" ", 2);

    HttpResponse<String> answer =
        parts[0].equals("GET")
            ? testServer.get(parts[1])
            : send(parts[0], parts[1], "{\"collection\":\"docs\",\"question\":\"otters\"}");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  @Test
  void aLimitedKeyManagesItsOwnCollectionsOnly() {
    as(of("docs", Right.MANAGE));
    String location =
        TestServer.JSON.createObjectNode().put("location", "" + testServer.root).toString();

    assertThat(send("POST", "/v1/collections", NEW).statusCode()).isEqualTo(403);
    assertThat(send("DELETE", "/v1/collections/else", "").statusCode()).isEqualTo(404);
    assertThat(send("POST", "/v1/collections/else/sources", location).statusCode()).isEqualTo(404);
    assertThat(send("POST", "/v1/collections/docs/sources/root/sync", "{}").statusCode())
        .isEqualTo(202);
    assertThat(testServer.collections.collections()).hasSize(2);
  }

  @Test
  void aKeyAddsFoldersBelowItsRootsOnly() throws IOException {
    as(new Grant(List.of("*"), Set.of(Right.MANAGE), List.of(testServer.root.resolve("team"))));
    send("POST", "/v1/collections", "{\"name\":\"mine\"}");
    Path link = testServer.root.resolve("team/link");
    Files.createSymbolicLink(link, testServer.root.resolve("other"));

    for (String location :
        new String[] {
          testServer.root.resolve("other").toString(),
          testServer.root.toString(),
          testServer.root + "/team/../other",
          link.toString(),
          "~",
          "other",
          "/etc",
          "/no/such"
        }) {
      HttpResponse<String> refused =
          send(
              "POST",
              "/v1/collections/mine/sources",
              TestServer.JSON.createObjectNode().put("location", location).toString());

      assertThat(refused.statusCode()).as(location).isEqualTo(403);
      assertThat(refused.body()).contains("is not below a folder that this key may add");
    }
    HttpResponse<String> added =
        send(
            "POST",
            "/v1/collections/mine/sources",
            TestServer.JSON
                .createObjectNode()
                .put("location", testServer.root.resolve("team").toString())
                .toString());

    assertThat(added.statusCode()).as(added.body()).isEqualTo(202);
    testServer.await(TestServer.tree(added.body()).path("id").asText());
    testServer.collections.delete("mine");
  }

  @Test
  void theServersFoldersAreTheOperators() {
    as(of("*", Right.MANAGE));
    JsonNode status = TestServer.tree(testServer.get("/v1/status").body());
    String refused =
        send("POST", "/v1/collections/docs/sources", "{\"location\":\"/etc/passwd\"}").body();
    String collections = testServer.get("/v1/collections").body();
    as(of("*", Right.OPERATE));
    JsonNode operators = TestServer.tree(testServer.get("/v1/status").body());

    assertThat(status.path("roots")).isEmpty();
    assertThat(status.path("rights").toString()).isEqualTo("[\"manage\"]");
    assertThat(refused).contains("/etc/passwd").doesNotContain(folder.toString());
    assertThat(collections).contains("…/root").doesNotContain(folder.toString());
    assertThat(operators.path("roots").get(0).asText()).isEqualTo(testServer.root.toString());
    assertThat(operators.path("rights").toString()).isEqualTo("[\"operate\"]");
    assertThat(testServer.get("/metrics").statusCode()).isEqualTo(200);
    assertThat(testServer.get("/v1/collections").body()).contains(testServer.root.toString());
  }

  @Test
  void aLineLosesTheServersPaths() {
    var caller = new Caller("me", of("*"), SpendAccount.LOCAL, testServer.spending);

    assertThat(Redaction.line(caller, "/srv/data/x.txt is gone (/srv/data, /opt)"))
        .isEqualTo("…/x.txt is gone (…/data, …/opt)");
    assertThat(Redaction.line(caller, "https://host/a/b.git: 3/4 of and/or"))
        .isEqualTo("https://host/a/b.git: 3/4 of and/or");
  }

  @Test
  void keysOfOlderVersionsOnlyAsk(@TempDir Path home) throws IOException {
    var keys = new KeyStore(home, Clock.systemUTC());
    String secret = keys.add("old", Grant.everything(), 0, 60);
    Path file = home.resolve("keys.json");
    String older =
        Files.readString(file)
            .replaceAll(",\"rights\":\\[[^]]*]", "")
            .replaceAll(",\"roots\":\\[[^]]*]", "");
    assertThat(older).doesNotContain("rights", "roots");
    Files.writeString(file, older);

    Key key = new KeyStore(home, Clock.systemUTC()).find(secret).orElseThrow();

    assertThat(key.grant()).isEqualTo(of("*"));
  }

  @Test
  void rightsAndRootsAreKept(@TempDir Path home) {
    var grant = new Grant(List.of("a", "b"), Set.of(Right.MANAGE), List.of(home));
    String secret = new KeyStore(home, Clock.systemUTC()).add("new", grant, 0, 60);

    assertThat(new KeyStore(home, Clock.systemUTC()).find(secret).orElseThrow().grant())
        .isEqualTo(grant);
  }

  @Test
  void everyRouteThatChangesSomethingIsGuarded() {
    assertThat(
            testServer.server.routes().stream()
                .filter(route -> Rights.needed(route).isEmpty())
                .filter(route -> !route.method().name().equals("GET"))
                .map(Route::path))
        .containsExactlyInAnyOrder(
            "/v1/search",
            "/v1/pack",
            "/v1/ask",
            "/v1/chat/completions",
            "/v1/batches/forecast",
            "/v1/exhaustive/forecast",
            "/v1/hooks/{collection}/{source}",
            // A key's own responses, and refusals.
            "/v1/responses",
            "/v1/responses/{response}",
            "/v1/completions",
            "/v1/embeddings",
            // A key's own conversations.
            "/v1/conversations",
            "/v1/conversations/{conversation}",
            "/v1/conversations/{conversation}",
            "/v1/conversations/{conversation}/turns/{turn}/feedback");
  }
}
