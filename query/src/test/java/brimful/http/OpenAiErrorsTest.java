package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.http.key.Grant;
import brimful.testing.FakeDeepSeek;
import brimful.testing.Script;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Clients of OpenAI's protocol read every error on its routes in its form, whoever refuses.
final class OpenAiErrorsTest {
  private static final String CHAT = "/v1/chat/completions";

  @TempDir private static Path folder;

  private static FakeDeepSeek model;
  private static TestServer testServer;

  @BeforeAll
  static void serve() {
    model = FakeDeepSeek.start(Script.answer("No."));
    testServer = TestServer.locked(folder, model).file("a.txt", "text\n").collection("docs");
  }

  @AfterAll
  static void stop() {
    testServer.close();
    model.close();
  }

  private static void assertError(HttpResponse<String> answer, int status, String type) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type"))
        .as(answer.body())
        .hasValue("application/json");
    JsonNode error = TestServer.tree(answer.body()).path("error");
    assertThat(error.path("message").asText()).isNotBlank();
    assertThat(error.path("type").asText()).isEqualTo(type);
    assertThat(error.has("param")).isTrue();
    assertThat(error.path("code").asText()).isEqualTo(Integer.toString(status));
  }

  @Test
  void withoutAKey() {
    for (String path : List.of(CHAT, "/v1/models", "/v1/models/x", "/v1/embeddings")) {
      HttpResponse<String> answer = testServer.as("").get(path);

      assertError(answer, 401, "authentication_error");
      assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    }
  }

  @Test
  void withAKey() {
    testServer.as(testServer.keys.add("other", Grant.asking("else"), 0, 1_000));
    String unknown =
        "{\"model\":\"brimful/docs\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";

    assertError(testServer.post(CHAT, "{"), 400, "invalid_request_error");
    assertError(testServer.post(CHAT, unknown), 404, "invalid_request_error");
    assertError(testServer.get("/v1/models/none"), 404, "invalid_request_error");
    assertError(testServer.post("/v1/embeddings", "{}"), 404, "invalid_request_error");
    assertError(testServer.get(CHAT), 405, "invalid_request_error");
    assertError(testServer.delete("/v1/models"), 405, "invalid_request_error");
    assertError(
        testServer.send(
            testServer
                .request(CHAT)
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("x"))),
        415,
        "invalid_request_error");
    assertError(
        testServer.send(
            testServer.request("/v1/models").header("Origin", "https://evil.example").GET()),
        403,
        "permission_error");
    assertError(
        testServer.post(CHAT, "{\"model\":\"" + "x".repeat(33 << 20) + "\"}"),
        413,
        "invalid_request_error");
  }

  @Test
  void whoAsksTooOftenHearsHowLongToWait() {
    testServer.as(testServer.keys.add("slow", Grant.asking("*"), 0, 2));
    assertThat(testServer.get("/v1/models").statusCode()).isEqualTo(200);
    assertThat(testServer.get("/v1/models").statusCode()).isEqualTo(200);

    HttpResponse<String> refused = testServer.get("/v1/models");

    assertError(refused, 429, "rate_limit_error");
    assertThat(Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow()))
        .isBetween(1, 30);
  }
}
