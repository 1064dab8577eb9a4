package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.http.key.Grant;
import brimful.testing.FakeDeepSeek;
import brimful.testing.Script;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What callers see of what is not theirs: the provider, its key, and collections of others.
final class CallersViewTest {
  @TempDir private Path folder;

  private static JsonNode ended(TestServer serving, String order) {
    HttpResponse<String> started = serving.post("/v1/batches", order);
    assertThat(started.statusCode()).as(started.body()).isEqualTo(202);
    String id = TestServer.tree(started.body()).path("id").asText();
    JsonNode batch = TestServer.tree(started.body());
    while (batch.path("state").asText().equals("running")) {
      batch = TestServer.tree(serving.get("/v1/batches/" + id).body());
    }
    return batch;
  }

  @Test
  void aBatchThatIsRefusedNamesNeitherAddressNorKey() {
    try (FakeDeepSeek model = FakeDeepSeek.start(Script.error(401));
        TestServer serving = TestServer.locked(folder, model).file("a.md", "They swim.\n")) {
      serving.collection("docs");
      serving.as(serving.keys.add("team", Grant.everything(), 0, 10_000));

      JsonNode batch =
          ended(
              serving,
              "{\"collection\":\"docs\",\"questions\":[{\"id\":\"q\",\"question\":\"Where?\"}]}");

      assertThat(batch.path("notice").asText())
          .isNotEmpty()
          .doesNotContain(model.baseUrl(), "127.0.0.1", "cdef");
    }
  }

  @Test
  void aForecastForAModelOfAnotherTokenizerIsMade() {
    try (FakeDeepSeek model = FakeDeepSeek.start(Script.answer("No."));
        TestServer serving = TestServer.with(folder, model).file("a.md", "They swim.\n")) {
      serving.collection("docs");

      HttpResponse<String> forecast =
          serving.post(
              "/v1/batches/forecast",
              "{\"collection\":\"docs\",\"model\":\"gpt-5.5\",\"questions\":[{\"id\":\"q\",\"question\":\"Where?\"}]}");

      assertThat(forecast.statusCode()).as(forecast.body()).isEqualTo(200);
    }
  }

  @Test
  void aJobOfAnothersCollectionLooksLikeNone() {
    try (FakeDeepSeek model = FakeDeepSeek.start(Script.answer("No."));
        TestServer serving = TestServer.locked(folder, model).file("a.md", "They swim.\n")) {
      serving.collection("docs");
      String job = serving.collections.jobs().getFirst().id();
      serving.as(
          serving.keys.add("other", new Grant(List.of("other"), Set.of(), List.of()), 0, 1_000));

      HttpResponse<String> foreign = serving.get("/v1/jobs/" + job);
      HttpResponse<String> none = serving.get("/v1/jobs/none");

      assertThat(foreign.statusCode()).isEqualTo(404);
      assertThat(foreign.body().replace(job, "none")).isEqualTo(none.body());
    }
  }

  @Test
  void aNameThatIsAFileAndAFolderIsRefusedAndLeavesNothing() {
    try (TestServer serving = TestServer.alone(folder)) {
      serving.post("/v1/collections", "{\"name\":\"docs\"}");

      assertThat(uploaded(serving, "x.md", "x.md/y.md").statusCode()).isEqualTo(400);
      assertThat(uploaded(serving, "x.md").statusCode()).isEqualTo(202);
      assertThat(uploaded(serving, "x.md/z/y.md").statusCode()).isEqualTo(400);
    }
  }

  private static HttpResponse<String> uploaded(TestServer serving, String... names) {
    var body = new StringBuilder();
    for (String name : names) {
      body.append(
          "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n\r\nText.\r\n"
              .formatted(name));
    }
    return serving.send(
        serving
            .request("/v1/collections/docs/uploads")
            .header("Content-Type", "multipart/form-data; boundary=x")
            .POST(java.net.http.HttpRequest.BodyPublishers.ofString(body + "--x--\r\n")));
  }

  @Test
  void aChatWithoutAQuestionIsRefused() {
    try (TestServer serving = TestServer.alone(folder).file("a.md", "They swim.\n")) {
      serving.collection("docs");
      for (String content : List.of("null", "\"\"", "[]")) {
        String body =
            "{\"model\":\"brimful/docs\",\"messages\":[{\"role\":\"user\",\"content\":%s}]}"
                .formatted(content);

        assertThat(serving.post("/v1/chat/completions", body).statusCode()).isEqualTo(400);
      }
    }
  }
}
