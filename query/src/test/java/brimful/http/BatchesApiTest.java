package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.http.key.Grant;
import brimful.http.key.KeyStore;
import brimful.testing.FakeBatchModel;
import brimful.testing.FakeBatchModel.Faults;
import brimful.testing.FakeDeepSeek;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BatchesApiTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int REQUESTS_PER_MINUTE = 6_000;
  private static final String ORDER =
      """
      {"collection": "docs", "max_cost_usd": 1, "questions": [
        {"id": "what", "question": "What is it about?"},
        {"id": "many", "question": "How many are there?", "type": "number"}]}
      """;

  @TempDir private Path folder;

  private static TestServer docs(Path folder, FakeDeepSeek model) {
    TestServer testServer = TestServer.with(folder, model);
    for (int i = 0; i < 3; i++) {
      testServer.file(
          "d%s.md".formatted(i), "# Otters %s\n\n%s otters swim.\n".formatted(i, i + 7));
    }
    return testServer.collection("docs");
  }

  private static FakeDeepSeek model(FakeBatchModel batch, Duration delay) {
    return FakeDeepSeek.start(0, delay, batch);
  }

  private static JsonNode ended(TestServer testServer, String id) {
    List<TestServer.Event> events =
        TestServer.events(testServer.get("/v1/batches/%s/events".formatted(id)).body());
    assertThat(events.getLast().name()).isEqualTo("end");
    return events.getLast().data();
  }

  @Test
  void aBatchBecomesATableWithCitations() {
    var answers = new FakeBatchModel(Faults.NONE);
    try (FakeDeepSeek model = model(answers, Duration.ZERO);
        TestServer testServer = docs(folder, model)) {
      JsonNode started = TestServer.tree(testServer.post("/v1/batches", ORDER).body());
      String id = started.path("id").asText();

      JsonNode end = ended(testServer, id);

      assertThat(end.path("state").asText()).isEqualTo("done");
      assertThat(end.path("cells").asInt()).isEqualTo(6);
      assertThat(end.path("answered").asInt()).isEqualTo(6);
      assertThat(end.path("spent_usd").asDouble()).isPositive();
      JsonNode cells = TestServer.tree(testServer.get("/v1/batches/%s/cells".formatted(id)).body());
      assertThat(cells.path("data")).hasSize(6);
      JsonNode citation = cells.path("data").get(0).path("citations").get(0);
      assertThat(citation.path("verified").asBoolean()).isTrue();
      assertThat(citation.path("document").asText()).isEqualTo("root/d0.md");
      assertThat(citation.path("locator").path("kind").asText()).isEqualTo("lines");
      HttpResponse<String> table = testServer.get("/v1/batches/%s/table.csv".formatted(id));
      assertThat(table.headers().firstValue("Content-Disposition").orElse(""))
          .startsWith("attachment");
      assertThat(table.body().lines()).hasSize(7);
    }
  }

  @Test
  void aLimitWithoutAPriceIsRefusedAtOnce() {
    String order = ORDER.replace("docs", BatchTestServer.COLLECTION);
    String unpriced = "{\"models\": [{\"id\": \"deepseek-flash\", \"prices\": []}]}";
    try (var server = BatchTestServer.open(folder, unpriced)) {
      HttpResponse<String> refused = server.serving.post("/v1/batches", order);
      HttpResponse<String> unlimited =
          server.serving.post("/v1/batches", order.replace("\"max_cost_usd\": 1, ", ""));

      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.body())
          .contains(
              "deepseek-flash has no known price, so max_cost_usd cannot be kept: leave the limit out, or add {");
      assertThat(unlimited.statusCode()).as(unlimited.body()).isLessThan(300);
      assertThat(TestServer.tree(server.serving.get("/v1/batches").body()).path("data")).hasSize(1);
    }
  }

  @Test
  void aFormWithAFileWillDo() {
    var answers = new FakeBatchModel(Faults.NONE);
    try (FakeDeepSeek model = model(answers, Duration.ZERO);
        TestServer testServer = docs(folder, model)) {
      String form =
          """
          --x
          Content-Disposition: form-data; name="questions"; filename="q.csv"

          id,question
          what,What is it about?

          --x
          Content-Disposition: form-data; name="options"

          {"collection": "docs", "per": "collection"}
          --x--
          """
              .replace("\n", "\r\n");

      HttpResponse<String> started =
          testServer.send(
              testServer
                  .request("/v1/batches")
                  .header("Content-Type", "multipart/form-data; boundary=x")
                  .POST(HttpRequest.BodyPublishers.ofString(form)));

      assertThat(started.statusCode()).as(started.body()).isEqualTo(202);
      JsonNode end = ended(testServer, TestServer.tree(started.body()).path("id").asText());
      assertThat(end.path("cells").asInt()).isEqualTo(1);
    }
  }

  @Test
  void aForecastSendsNothing() {
    var answers = new FakeBatchModel(Faults.NONE);
    try (FakeDeepSeek model = model(answers, Duration.ZERO);
        TestServer testServer = docs(folder, model)) {
      JsonNode forecast = TestServer.tree(testServer.post("/v1/batches/forecast", ORDER).body());

      assertThat(forecast.path("cells").asInt()).isEqualTo(6);
      assertThat(forecast.path("cost_usd").path("most").asDouble())
          .isGreaterThan(forecast.path("cost_usd").path("least").asDouble());
      assertThat(model.requests()).isEmpty();
    }
  }

  @Test
  void aStoppedBatchGoesOnAndPaysNothingTwice() {
    var answers = new FakeBatchModel(Faults.NONE);
    try (FakeDeepSeek model = model(answers, Duration.ofMillis(60));
        TestServer testServer = docs(folder, model)) {
      String id = TestServer.tree(testServer.post("/v1/batches", ORDER).body()).path("id").asText();
      while (answers.log().isEmpty()) {
        Thread.onSpinWait();
      }

      testServer.delete("/v1/batches/" + id);
      JsonNode stopped = ended(testServer, id);
      HttpResponse<String> resumed = testServer.post("/v1/batches/%s/resume".formatted(id), "{}");
      JsonNode done = ended(testServer, id);

      assertThat(stopped.path("state").asText()).isIn("stopped", "done");
      assertThat(resumed.statusCode()).isEqualTo(202);
      assertThat(done.path("answered").asInt() + done.path("failed").asInt()).isEqualTo(6);
      assertThat(answers.billed()).extracting(FakeBatchModel.Entry::body).doesNotHaveDuplicates();
    }
  }

  @Test
  void anotherLimitIsKeptWhenTheServerStartsAgain() {
    var answers = new FakeBatchModel(Faults.NONE);
    try (FakeDeepSeek model = model(answers, Duration.ZERO)) {
      String batch;
      try (TestServer testServer = docs(folder, model)) {
        JsonNode started = TestServer.tree(testServer.post("/v1/batches", ORDER).body());
        batch = "/v1/batches/" + started.path("id").asText();
        JsonNode done = ended(testServer, started.path("id").asText());
        assertThat(done.path("max_cost_usd").asDouble()).isEqualTo(1);

        testServer.post(batch + "/resume", "{\"max_cost_usd\": 2.5}");

        JsonNode again = ended(testServer, started.path("id").asText());
        assertThat(again.path("max_cost_usd").asDouble()).isEqualTo(2.5);
        assertThat(again.path("left_usd").asDouble())
            .isEqualTo(2.5 - again.path("spent_usd").asDouble());
        assertThat(testServer.post(batch + "/resume", "{\"max_cost_usd\": -1}").statusCode())
            .isEqualTo(400);
      }

      try (TestServer restarted = TestServer.with(folder, model)) {
        JsonNode known = TestServer.tree(restarted.get(batch).body());
        assertThat(known.path("max_cost_usd").asDouble()).isEqualTo(2.5);

        restarted.post(batch + "/resume", "{\"max_cost_usd\": null}");

        JsonNode free = ended(restarted, known.path("id").asText());
        assertThat(free.path("state").asText()).isEqualTo("done");
        assertThat(free.path("max_cost_usd").isNull()).isTrue();
        assertThat(free.path("left_usd").isNull()).isTrue();
      }
    }
  }

  @Test
  void whoeverGoesOnPays() {
    var wrongAndDear = new Faults(1, 0, 0, 1, 0, 0, Duration.ZERO, 10_000);
    try (BatchTestServer batchTestServer = BatchTestServer.locked(folder)) {
      batchTestServer.when("falsely", BatchTestServer.answering(wrongAndDear, Duration.ZERO));
      KeyStore keys = batchTestServer.serving.keys;
      String first = keys.add("first", Grant.everything(), 0, REQUESTS_PER_MINUTE);
      String order =
          """
          {"collection": "harbours", "questions": [{"id": "q", "question": "Who answers falsely?"}]}
          """;
      TestServer testServer = batchTestServer.serving.as(first);
      String id = TestServer.tree(testServer.post("/v1/batches", order).body()).path("id").asText();
      assertThat(ended(testServer, id).path("failed").asInt()).isEqualTo(BatchTestServer.DOCUMENTS);
      double paid = testServer.spent("first");

      // Less than the batch has cost, and more than is still to be paid.
      String second = keys.add("second", Grant.everything(), paid / 2, REQUESTS_PER_MINUTE);
      batchTestServer.asUsual("falsely");
      testServer.as(second).post("/v1/batches/%s/resume".formatted(id), "{\"retry_failed\": true}");

      assertThat(ended(testServer, id).path("answered").asInt())
          .isEqualTo(BatchTestServer.DOCUMENTS);
      assertThat(testServer.spent("second")).isPositive();
      assertThat(testServer.spent("first")).isEqualTo(paid);
    }
  }

  @Test
  void aBadOrderIsTheClientsFault() {
    var answers = new FakeBatchModel(Faults.NONE);
    try (FakeDeepSeek model = model(answers, Duration.ZERO);
        TestServer testServer = docs(folder, model)) {
      assertThat(testServer.post("/v1/batches", "{\"collection\":\"docs\"}").statusCode())
          .isEqualTo(400);
      assertThat(
              testServer
                  .post("/v1/batches", ORDER.replace("\"max_cost_usd\": 1", "\"per\": \"page\""))
                  .statusCode())
          .isEqualTo(400);
      assertThat(testServer.post("/v1/batches", ORDER.replace("docs", "none")).statusCode())
          .isEqualTo(404);
      assertThat(testServer.get("/v1/batches/none").statusCode()).isEqualTo(404);
      assertThat(model.requests()).isEmpty();
    }
  }
}
