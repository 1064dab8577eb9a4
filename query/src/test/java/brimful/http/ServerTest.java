package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.http.edge.Problem;
import brimful.testing.FakeDeepSeek;
import brimful.testing.Script;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServerTest {
  private static final String ASK =
      "{\"collection\":\"docs\",\"question\":\"where do otters swim?\"}";

  @TempDir private Path folder;

  @Test
  void aFolderBecomesACollectionThatCanBeSearched() {
    try (TestServer testServer =
        TestServer.alone(folder).file("otters.md", "# Otters\n\nThey swim in rivers.\n")) {
      testServer.file("broken.pdf", "%PDF-1.7\nnothing follows");
      HttpResponse<String> created = testServer.post("/v1/collections", "{\"name\":\"docs\"}");
      HttpResponse<String> added =
          testServer.post(
              "/v1/collections/docs/sources", "{\"location\":\"%s\"}".formatted(testServer.root));
      testServer.await(TestServer.tree(added.body()).path("id").asText());

      JsonNode collection = TestServer.tree(testServer.get("/v1/collections/docs").body());
      JsonNode failed =
          TestServer.tree(testServer.get("/v1/collections/docs/files?state=failed").body());
      JsonNode hits =
          TestServer.tree(
              testServer
                  .post("/v1/search", "{\"collection\":\"docs\",\"question\":\"otters\"}")
                  .body());

      assertThat(created.statusCode()).isEqualTo(201);
      assertThat(added.statusCode()).isEqualTo(202);
      assertThat(collection.path("coverage").path("found").asInt()).isEqualTo(2);
      assertThat(collection.path("coverage").path("failed").asInt()).isEqualTo(1);
      assertThat(failed.path("data").get(0).path("id").asText()).isEqualTo("root/broken.pdf");
      assertThat(failed.path("data").get(0).path("reason").asText()).startsWith("failed: ");
      assertThat(hits.path("hits").get(0).path("document").asText()).isEqualTo("root/otters.md");
    }
  }

  @Test
  void anAnswerStreamsAsEvidenceDeltasCitationsAndReceipt() {
    Script script = Script.answer("In rivers ", "[root/otters.md:3], not [root/otters.md:99].");
    try (FakeDeepSeek model = FakeDeepSeek.start(script);
        TestServer testServer =
            TestServer.with(folder, model)
                .file("otters.md", "# Otters\n\nThey swim in rivers.\n")) {
      testServer.collection("docs");

      List<TestServer.Event> events = testServer.stream("/v1/ask", ASK);

      assertThat(events.stream().map(TestServer.Event::name).distinct())
          .containsExactly("evidence", "delta", "citation", "receipt");
      assertThat(text(events)).isEqualTo("In rivers [root/otters.md:3], not [root/otters.md:99].");
      assertThat(events.stream().filter(event -> event.name().equals("citation")))
          .extracting(event -> event.data().path("verified").asBoolean())
          .containsExactly(true, false);
      JsonNode receipt = events.getLast().data();
      assertThat(receipt.path("usage").path("cached_tokens").asInt()).isEqualTo(3328);
      assertThat(receipt.path("cost_usd").asDouble()).isPositive();
      assertThat(model.requests()).hasSize(1);
    }
  }

  private static String text(List<TestServer.Event> events) {
    return events.stream()
        .filter(event -> event.name().equals("delta"))
        .map(event -> event.data().path("text").asText())
        .collect(Collectors.joining());
  }

  @Test
  void anAnswerInOnePieceHasTheSame() {
    try (FakeDeepSeek model = FakeDeepSeek.start(Script.answer("In rivers [root/otters.md:3]."));
        TestServer testServer =
            TestServer.with(folder, model)
                .file("otters.md", "# Otters\n\nThey swim in rivers.\n")) {
      testServer.collection("docs");

      JsonNode answer = TestServer.tree(testServer.post("/v1/ask", ASK).body());

      assertThat(answer.path("answer").asText()).isEqualTo("In rivers [root/otters.md:3].");
      assertThat(answer.path("citations").get(0).path("verified").asBoolean()).isTrue();
      assertThat(answer.path("receipt").path("answered").asBoolean()).isTrue();
      assertThat(answer.path("evidence").path("best").get(0).path("document").asText())
          .isEqualTo("root/otters.md");
    }
  }

  @Test
  void whatTheModelRefusesEndsAsAnErrorEvent() {
    try (FakeDeepSeek model = FakeDeepSeek.start(Script.error(429));
        TestServer testServer =
            TestServer.with(folder, model).file("otters.md", "They swim in rivers.\n")) {
      testServer.collection("docs");

      List<TestServer.Event> events = testServer.stream("/v1/ask", ASK);
      HttpResponse<String> whole = testServer.post("/v1/ask", ASK);

      assertThat(events.getLast().name()).isEqualTo("error");
      assertThat(events.getLast().data().path("status").asInt()).isEqualTo(429);
      assertThat(whole.statusCode()).isEqualTo(429);
      assertThat(whole.headers().firstValue("Content-Type")).hasValue(Problem.CONTENT_TYPE);
    }
  }

  private static Script stalling() {
    return Script.stream(Script.answerEvents(List.of(), List.of("In ")).subList(0, 2))
        .ending(Script.End.STALL);
  }

  @Test
  void aServerThatStopsEndsItsAnswersWithAnError() throws Exception {
    try (FakeDeepSeek model = FakeDeepSeek.start(stalling());
        TestServer testServer =
            TestServer.with(folder, model).file("otters.md", "They swim in rivers.\n")) {
      testServer.collection("docs");
      var events = new FutureTask<>(() -> testServer.stream("/v1/ask", ASK));
      Thread.ofVirtual().start(events);
      while (model.requests().isEmpty()) {
        Thread.onSpinWait();
      }

      testServer.server.close();

      assertThat(events.get().getLast().name()).isEqualTo("error");
    }
  }

  @Test
  void uploadsAreASourceOfTheirOwnAndGoWithTheCollection() {
    try (TestServer testServer = TestServer.alone(folder)) {
      testServer.post("/v1/collections", "{\"name\":\"docs\"}");
      String body =
          "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"notes/a.txt\"\r\n\r\nOtters swim.\r\n--x--\r\n";

      HttpResponse<String> uploaded =
          testServer.send(
              testServer
                  .request("/v1/collections/docs/uploads")
                  .header("Content-Type", "multipart/form-data; boundary=x")
                  .POST(HttpRequest.BodyPublishers.ofString(body)));
      testServer.await(TestServer.tree(uploaded.body()).path("id").asText());
      JsonNode text =
          TestServer.tree(
              testServer.get("/v1/collections/docs/text?document=uploads/notes/a.txt").body());
      HttpResponse<String> deleted = testServer.delete("/v1/collections/docs");

      assertThat(uploaded.statusCode()).isEqualTo(202);
      assertThat(text.path("parts").get(0).path("text").asText()).isEqualTo("Otters swim.");
      assertThat(deleted.statusCode()).isEqualTo(204);
      assertThat(Files.exists(folder.resolve("library/docs"))).isFalse();
    }
  }

  @Test
  void aDocumentIsReadBackByWhateverItIsCalled() {
    try (TestServer testServer = TestServer.alone(folder)) {
      testServer.post("/v1/collections", "{\"name\":\"docs\"}");
      String name = "wow!/größer 50% #1? a&b=c+d \u202Etxt\u0092.md";
      String id = "uploads/wow\\x21/größer 50% #1? a&b=c+d \\u{202E}txt\\u{92}.md";
      String body =
          "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n\r\nOtters swim.\r\n--x--\r\n"
              .formatted(name);

      HttpResponse<String> uploaded =
          testServer.send(
              testServer
                  .request("/v1/collections/docs/uploads")
                  .header("Content-Type", "multipart/form-data; boundary=x")
                  .POST(HttpRequest.BodyPublishers.ofString(body)));
      testServer.await(TestServer.tree(uploaded.body()).path("id").asText());
      JsonNode files = TestServer.tree(testServer.get("/v1/collections/docs/files").body());
      String encoded = URLEncoder.encode(id, StandardCharsets.UTF_8);
      JsonNode text =
          TestServer.tree(testServer.get("/v1/collections/docs/text?document=" + encoded).body());

      assertThat(files.path("data").get(0).path("id").asText()).isEqualTo(id);
      assertThat(text.path("parts").get(0).path("text").asText()).isEqualTo("Otters swim.");
    }
  }

  @Test
  void aRemovedSourceIsForgotten() {
    try (TestServer testServer = TestServer.alone(folder).file("otters.md", "They swim.\n")) {
      testServer.collection("docs");

      HttpResponse<String> removed = testServer.delete("/v1/collections/docs/sources/root");
      testServer.await(TestServer.tree(removed.body()).path("id").asText());
      JsonNode collection = TestServer.tree(testServer.get("/v1/collections/docs").body());

      assertThat(collection.path("sources")).isEmpty();
      assertThat(collection.path("documents").asInt()).isZero();
    }
  }

  @Test
  void theSameRequestWithTheSameKeyIsDoneOnce() {
    try (TestServer testServer = TestServer.alone(folder).file("otters.md", "They swim.\n")) {
      testServer.collection("docs");
      HttpRequest.Builder again =
          testServer
              .json(
                  "/v1/collections/docs/sources",
                  "{\"location\":\"%s\"}".formatted(testServer.root))
              .header("Idempotency-Key", "one");

      String first = TestServer.tree(testServer.send(again).body()).path("id").asText();
      String second = TestServer.tree(testServer.send(again).body()).path("id").asText();

      assertThat(second).isEqualTo(first);
      assertThat(testServer.collections.jobs()).hasSize(2);
    }
  }

  @Test
  void listsComeAPageAtATime() {
    try (TestServer testServer = TestServer.alone(folder)) {
      for (int i = 0; i < 5; i++) {
        testServer.file("f%s.txt".formatted(i), "text\n");
      }
      testServer.collection("docs");

      JsonNode first = TestServer.tree(testServer.get("/v1/collections/docs/files?limit=3").body());
      JsonNode second =
          TestServer.tree(
              testServer
                  .get("/v1/collections/docs/files?limit=3&after=" + first.path("next").asText())
                  .body());

      assertThat(first.path("data")).hasSize(3);
      assertThat(second.path("data")).hasSize(2);
      assertThat(second.path("next").isNull()).isTrue();
    }
  }

  @Test
  void aJobsEventsEndWithItsEnd() {
    try (TestServer testServer = TestServer.alone(folder).file("otters.md", "They swim.\n")) {
      testServer.collection("docs");
      String job = testServer.collections.jobs().getFirst().id();

      List<TestServer.Event> events =
          TestServer.events(testServer.get("/v1/jobs/" + job + "/events").body());

      assertThat(events.getLast().name()).isEqualTo("end");
      assertThat(events.getLast().data().path("state").asText()).isEqualTo("done");
    }
  }

  @Test
  void countingForAnotherTokenizerIsAJob() {
    try (TestServer testServer = TestServer.alone(folder).file("otters.md", "They swim.\n")) {
      testServer.collection("docs");
      for (int i = 0; i < 2; i++) {
        HttpResponse<String> packed =
            testServer.post(
                "/v1/pack",
                "{\"collection\":\"docs\",\"question\":\"Where?\",\"model\":\"gpt-5.5\"}");
        assertThat(packed.statusCode()).as(packed.body()).isEqualTo(200);
      }

      JsonNode jobs = TestServer.tree(testServer.get("/v1/jobs?collection=docs").body());

      assertThat(jobs.path("data")).hasSize(2);
      JsonNode count = jobs.path("data").path(0);
      assertThat(count.path("kind").asText()).isEqualTo("count");
      assertThat(count.path("source").asText()).isEqualTo("o200k_base");
      assertThat(count.path("state").asText()).isEqualTo("done");
      assertThat(count.path("files").asInt()).isEqualTo(1);
      assertThat(count.path("read").asInt()).isEqualTo(1);
    }
  }

  @Test
  void metricsCountWhatWasAsked() {
    try (FakeDeepSeek model = FakeDeepSeek.start(Script.answer("In rivers."));
        TestServer testServer = TestServer.with(folder, model).file("otters.md", "They swim.\n")) {
      testServer.collection("docs");
      testServer.post("/v1/ask", ASK);

      String metrics = testServer.get("/metrics").body();

      assertThat(metrics)
          .contains("brimful_ask_seconds_count 1")
          .contains("brimful_tokens_total{kind=\"cached\"} 3328");
    }
  }
}
