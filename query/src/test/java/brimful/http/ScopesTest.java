package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.http.key.Grant;
import brimful.testing.FakeDeepSeek;
import brimful.testing.Script;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A question may be about several collections, or a part of them, through every door of HTTP.
final class ScopesTest {
  private static final Pattern DOCUMENT = Pattern.compile("<document path=\"([^\"]+)\"");

  @TempDir private Path folder;
  private FakeDeepSeek model;
  private TestServer testServer;

  @BeforeEach
  void serve() {
    model = FakeDeepSeek.start(Script.answer("In rivers [zoo/root/src/otters.md:3]."));
    testServer =
        TestServer.with(folder, model)
            .file("src/otters.md", "# Otters\n\nOtters swim in rivers.\n")
            .file("src/deep/otters.txt", "Young otters swim in ponds.\n")
            .file("docs/otters.md", "# Guide\n\nOtters swim for visitors.\n")
            .collection("docs")
            .file("docs/beavers.md", "# Beavers\n\nBeavers swim and build.\n")
            .collection("zoo");
  }

  @AfterEach
  void stop() {
    testServer.close();
    model.close();
  }

  private List<String> documents(ObjectNode body) {
    HttpResponse<String> response = testServer.post("/v1/chat/completions", body.toString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    String prompt =
        String.join(
            "\n",
            TestServer.tree(model.requests().getLast().body())
                .path("messages")
                .findValuesAsText("content"));
    return DOCUMENT.matcher(prompt).results().map(found -> found.group(1)).toList();
  }

  private static ObjectNode chat(String name, String... scope) {
    ObjectNode body = TestServer.JSON.createObjectNode().put("model", name);
    body.putArray("messages")
        .addObject()
        .put("role", "user")
        .put("content", "Where do otters swim in the zoo?");
    if (scope.length > 0) {
      List.of(scope).forEach(body.putArray("scope")::add);
    }
    return body;
  }

  @Test
  void aScopeLeavesTheRestOut() {
    assertThat(documents(chat("brimful/docs@8k", "src/**")))
        .containsExactly("root/src/deep/otters.txt", "root/src/otters.md");
    assertThat(documents(chat("brimful/docs@8k", "root/src/*.md")))
        .containsExactly("root/src/otters.md");
    assertThat(documents(chat("brimful/docs@8k", "document:root/docs/otters.md", "**/deep")))
        .containsExactly("root/docs/otters.md", "root/src/deep/otters.txt");
  }

  @Test
  void collectionsAreFoldersOfOneCorpus() {
    assertThat(documents(chat("brimful/docs+zoo@8k")))
        .contains("docs/root/src/otters.md", "zoo/root/docs/beavers.md");
    assertThat(documents(chat("brimful/docs+zoo@8k", "src/**", "beavers.md", "**/beavers.md")))
        .contains("docs/root/src/otters.md", "zoo/root/docs/beavers.md")
        .doesNotContain("docs/root/docs/otters.md");
  }

  @Test
  void citationsOfSeveralCollectionsAreChecked() {
    HttpResponse<String> response =
        testServer.post("/v1/chat/completions", chat("brimful/docs+zoo@8k").toString());

    JsonNode citation = TestServer.tree(response.body()).at("/brimful/citations/0");
    assertThat(citation.path("document").asText()).isEqualTo("zoo/root/src/otters.md");
    assertThat(citation.path("verified").asBoolean()).isTrue();
  }

  @Test
  void restHasTheSameScopes() {
    String body =
        "{\"collection\":\"docs+zoo\",\"question\":\"where do otters swim?\",\"scope\":[\"root/docs/**\"],\"budget\":\"8k\"}";

    JsonNode hits = TestServer.tree(testServer.post("/v1/search", body).body()).path("hits");
    JsonNode packed = TestServer.tree(testServer.post("/v1/pack", body).body());

    assertThat(hits.findValuesAsText("document"))
        .isNotEmpty()
        .allMatch(id -> id.contains("/docs/"));
    assertThat(packed.path("prompt").asText())
        .contains("docs/root/docs/otters.md", "zoo/root/docs/beavers.md")
        .doesNotContain("deep/otters.txt");
  }

  @Test
  void whatMatchesNothingIsSaid() {
    HttpResponse<String> response =
        testServer.post("/v1/chat/completions", chat("brimful/docs", "sources/**").toString());

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(TestServer.tree(response.body()).at("/error/param").asText()).isEqualTo("scope");
    assertThat(response.body()).contains("sources/** matches no document of collection docs");
    assertThat(
            testServer
                .post("/v1/chat/completions", chat("brimful/docs+none").toString())
                .statusCode())
        .isEqualTo(404);
    assertThat(
            testServer
                .post("/v1/chat/completions", chat("brimful/docs").put("scope", 7).toString())
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void aKeyMustOpenEachCollection() {
    try (TestServer locked =
        TestServer.locked(folder.resolve("locked"), model)
            .file("a.txt", "otters\n")
            .collection("docs")
            .collection("zoo")) {
      locked.as(locked.keys.add("one", Grant.asking("docs"), 0, 1_000));

      assertThat(
              locked.post("/v1/chat/completions", chat("brimful/docs+zoo").toString()).statusCode())
          .isEqualTo(404);
      assertThat(locked.post("/v1/chat/completions", chat("brimful/docs").toString()).statusCode())
          .isEqualTo(200);
    }
  }
}
