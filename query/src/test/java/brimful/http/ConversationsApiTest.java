package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.http.key.Grant;
import brimful.testing.FakeDeepSeek;
import brimful.testing.Script;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Conversations that the server keeps.
final class ConversationsApiTest {
  private static final String PATH = "/v1/conversations";

  @TempDir private Path folder;

  private final FakeDeepSeek model =
      FakeDeepSeek.start(0, Duration.ZERO, request -> script(request.body()));

  private static Script script(String body) {
    if (body.contains("FAIL")) {
      return Script.error(500);
    }
    if (body.contains("ENDLESS")) {
      List<String> whole = Script.answerEvents(List.of(), List.of("At ", "noon, ", "or"));
      return Script.stream(whole.subList(0, 4)).ending(Script.End.STALL);
    }
    return Script.answer(
        body.contains("The question now")
            ? "Because of tides [root/tide.txt:1]."
            : "At noon [root/tide.txt:1].");
  }

  @AfterEach
  void stop() {
    model.close();
  }

  private TestServer server() {
    return TestServer.with(folder, model)
        .file("tide.txt", "The ferry leaves at noon, because of the tides.\n")
        .collection("docs");
  }

  private static String created(TestServer server) {
    HttpResponse<String> response = server.post(PATH, "{}");
    assertThat(response.statusCode()).isEqualTo(201);
    return TestServer.tree(response.body()).path("id").asText();
  }

  private static ObjectNode question(String id, String text) {
    return TestServer.JSON
        .createObjectNode()
        .put("collection", "docs")
        .put("question", text)
        .put("conversation", id);
  }

  private static JsonNode ask(TestServer server, ObjectNode question) {
    HttpResponse<String> response = server.post("/v1/ask", question.toString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return TestServer.tree(response.body());
  }

  private static JsonNode get(TestServer server, String path) {
    HttpResponse<String> response = server.get(path);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return TestServer.tree(response.body());
  }

  private static HttpResponse<String> send(
      TestServer server, String method, String path, String body) {
    return server.send(
        server
            .request(path)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body)));
  }

  @Test
  void aFollowUpKnowsWhatWasSaidBefore() {
    try (TestServer server = server()) {
      String id = created(server);
      ask(server, question(id, "When does the ferry leave?"));
      JsonNode second = ask(server, question(id, "And why?"));

      assertThat(second.path("answer").asText()).startsWith("Because of tides");
      assertThat(second.path("turn").asInt()).isEqualTo(2);
      assertThat(model.requests().getLast().body())
          .contains("[user] When does the ferry leave?")
          .contains("[assistant] At noon");
      // The search has the words of the question before.
      assertThat(second.at("/evidence/best/0/document").asText()).endsWith("tide.txt");
      JsonNode kept = get(server, PATH + "/" + id);
      assertThat(kept.path("title").asText()).isEqualTo("When does the ferry leave?");
      assertThat(kept.path("turns")).hasSize(2);
      assertThat(kept.at("/turns/1/state").asText()).isEqualTo("answered");
      assertThat(kept.at("/turns/1/outcome/citations/0/document").asText()).endsWith("tide.txt");
      assertThat(kept.at("/turns/1/outcome/receipt/model").asText()).isEqualTo("deepseek-flash");
      assertThat(get(server, PATH + "/" + id + "/turns/2/evidence").at("/receipt/documents"))
          .isNotEmpty();
    }
  }

  @Test
  void outlivesTheServer() {
    String id;
    try (TestServer server = server()) {
      id = created(server);
      ask(server, question(id, "When does the ferry leave?"));
    }
    try (TestServer server = TestServer.with(folder, model)) {
      assertThat(get(server, PATH).at("/data/0/title").asText())
          .isEqualTo("When does the ferry leave?");
      assertThat(get(server, PATH + "/" + id).at("/turns/0/outcome/answer").asText())
          .startsWith("At noon");
    }
  }

  @Test
  void aReplacedTurnGoesWithAllThatCameAfterIt() {
    try (TestServer server = server()) {
      String id = created(server);
      ask(server, question(id, "When does the ferry leave?"));
      ask(server, question(id, "And why?"));
      ask(server, question(id, "Since when?"));

      ask(server, question(id, "Why not earlier?").put("replaces", 2));

      JsonNode turns = get(server, PATH + "/" + id).path("turns");
      assertThat(turns).extracting(turn -> turn.path("id").asInt()).containsExactly(1, 4);
      assertThat(model.requests().getLast().body()).doesNotContain("And why?");
      assertThat(server.get(PATH + "/" + id + "/turns/2/evidence").statusCode()).isEqualTo(404);
      HttpResponse<String> gone =
          server.post("/v1/ask", question(id, "Again?").put("replaces", 2).toString());
      assertThat(gone.statusCode()).isEqualTo(404);
      assertThat(gone.body()).contains("has no turn 2");
    }
  }

  @Test
  void isItsOwnersUntilItIsShared() {
    try (TestServer server =
        TestServer.locked(folder, model).file("tide.txt", "At noon.\n").collection("docs")) {
      String mia = key(server, "mia", "docs");
      String tom = key(server, "tom", "docs");
      String eve = key(server, "eve", "other");
      String id = created(server.as(mia));
      ask(server, question(id, "When does the ferry leave?"));
      String one = PATH + "/" + id;

      assertThat(server.as(tom).get(one).statusCode()).isEqualTo(404);
      assertThat(get(server, PATH).path("data")).isEmpty();
      assertThat(send(server, "PATCH", one, "{\"shared\":true}").statusCode()).isEqualTo(404);

      assertThat(send(server.as(mia), "PATCH", one, "{\"shared\":true}").statusCode())
          .isEqualTo(200);

      JsonNode read = get(server.as(tom), one);
      assertThat(read.path("own").asBoolean()).isFalse();
      assertThat(read.has("owner")).isFalse();
      assertThat(get(server, one + "/turns/1/evidence").has("best")).isTrue();
      assertThat(server.delete(one).statusCode()).isEqualTo(404);
      assertThat(server.post("/v1/ask", question(id, "And why?").toString()).statusCode())
          .isEqualTo(404);
      assertThat(server.as(eve).get(one).statusCode()).isEqualTo(404);
      assertThat(server.get("/v1/feedback.jsonl?all=true").statusCode()).isEqualTo(403);
    }
  }

  private static String key(TestServer server, String name, String collection) {
    return server.keys.add(name, new Grant(List.of(collection), Set.of(), List.of()), 0, 600);
  }

  @Test
  void isFoundRenamedExportedAndDeleted() {
    try (TestServer server = server()) {
      String id = created(server);
      ask(server, question(id, "When does\nthe ferry leave?"));
      ask(server, question(created(server), "Something else"));
      String one = PATH + "/" + id;

      assertThat(get(server, PATH + "?query=FERRY").path("data"))
          .extracting(head -> head.path("id").asText())
          .containsExactly(id);
      assertThat(send(server, "PATCH", one, "{\"title\":\" Tides \"}").body())
          .contains("\"Tides\"");
      assertThat(server.get(one + "/export.md").body())
          .startsWith("# Tides\n\n## When does the ferry leave?\n")
          .contains("\nAt noon [root/tide.txt:1].\n", "\n- [root/tide.txt:1]\n", "deepseek-flash");
      JsonNode exported = get(server, one + "/export.json");
      assertThat(exported.path("title").asText()).isEqualTo("Tides");
      assertThat(exported.at("/turns/0/outcome/answer").asText()).startsWith("At noon");
      assertThat(server.delete(one).statusCode()).isEqualTo(204);
      assertThat(server.get(one).statusCode()).isEqualTo(404);
      assertThat(get(server, PATH).path("data")).hasSize(1);
    }
  }

  @Test
  void whatPeopleLikedBecomesQuestionsOfEval() {
    try (TestServer server = server()) {
      String id = created(server);
      ask(server, question(id, "When does the ferry leave?"));
      ask(server, question(id, "And why?"));
      String turns = PATH + "/" + id + "/turns/";

      send(server, "PUT", turns + "1/feedback", "{\"thumb\":\"up\"}");
      send(server, "PUT", turns + "2/feedback", "{\"thumb\":\"down\",\"note\":\"too short\"}");

      assertThat(server.get("/v1/feedback/questions.jsonl").body())
          .isEqualTo(
              "{\"id\":\"%s-1\",\"query\":\"When does the ferry leave?\",\"collection\":\"docs\",\"thumb\":\"up\",\"note\":\"\",\"gold\":[\"root/tide.txt\"]}\n"
                  .formatted(id));
      assertThat(server.get("/v1/feedback.jsonl?all=true").body().lines().toList())
          .hasSize(2)
          .last()
          .asString()
          .contains("too short", "Because of tides")
          .containsPattern("\"window\":\\{\"model\":\"deepseek-flash\".*\"documents\":1,");
      assertThat(send(server, "PUT", turns + "1/feedback", "{\"thumb\":\"great\"}").body())
          .contains("thumb \\\"great\\\": say up, down, or nothing");
    }
  }

  @Test
  void aFailureIsKeptWithItsReason() {
    try (TestServer server = server()) {
      String id = created(server);

      assertThat(server.post("/v1/ask", question(id, "FAIL?").toString()).statusCode())
          .isEqualTo(502);

      JsonNode turn = get(server, PATH + "/" + id).at("/turns/0");
      assertThat(turn.path("state").asText()).isEqualTo("failed");
      assertThat(turn.at("/outcome/problem").asText()).contains("deepseek-flash");
      // What failed does not belong to what was said.
      ask(server, question(id, "When does the ferry leave?"));
      assertThat(model.requests().getLast().body()).doesNotContain("The conversation so far");
    }
  }

  @Test
  void whatItsReaderStopsKeepsWhatCame() throws IOException, InterruptedException {
    try (TestServer server = server()) {
      String id = created(server);
      String body = question(id, "ENDLESS?").toString();
      var begun = server.stream(server.json("/v1/ask", body).header("Accept", "text/event-stream"));
      try (InputStream events = begun.body()) {
        // The evidence has the words, too, without an end of the text after them.
        await(events, "noon, \"");
        HttpResponse<String> busy = server.post("/v1/ask", question(id, "Now?").toString());
        assertThat(busy.statusCode()).isEqualTo(409);
        assertThat(busy.body()).contains("is being answered");
      }
      JsonNode turn = get(server, PATH + "/" + id).at("/turns/0");
      while (turn.path("state").asText().equals("running")) {
        Thread.onSpinWait();
        turn = get(server, PATH + "/" + id).at("/turns/0");
      }
      assertThat(turn.path("state").asText()).isEqualTo("stopped");
      assertThat(turn.at("/outcome/answer").asText()).startsWith("At noon, ");
    }
  }

  private static void await(InputStream events, String text) throws IOException {
    var seen = new StringBuilder();
    while (seen.indexOf(text) < 0) {
      int next = events.read();
      assertThat(next).as(seen.toString()).isNotNegative();
      seen.append((char) next);
    }
  }

  @Test
  void whatIsWrongIsNamed() {
    try (TestServer server = server()) {
      String id = created(server);
      String one = PATH + "/" + id;
      ask(server, question(id, "When does the ferry leave?"));

      assertThat(
              server.post("/v1/ask", question(id, "Why?").put("replaces", 1.9).toString()).body())
          .contains("\\\"replaces\\\" is 1.9");
      assertThat(server.post("/v1/ask", question(id, "Why?").put("modle", "x").toString()).body())
          .contains("\\\"modle\\\" is no field of this request, which has collection, scope");
      assertThat(
              server
                  .post("/v1/ask", "{\"collection\":\"docs\",\"question\":\"Why?\",\"replaces\":1}")
                  .body())
          .contains("a turn of no conversation");
      assertThat(get(server, one).path("turns")).hasSize(1);
      assertThat(model.requests()).hasSize(1);
      assertThat(server.get(PATH + "/" + "a".repeat(300)).statusCode()).isEqualTo(404);
      assertThat(send(server, "PATCH", one, "{\"title\":\"a\\u0000b\\n# c\"}").body())
          .contains("\"a b # c\"");
      assertThat(send(server, "PATCH", one, "{\"shared\":\"yes\"}").statusCode()).isEqualTo(400);
      assertThat(TestServer.tree(server.post(PATH, "{\"title\":\"Ferries\"}").body()).path("title"))
          .hasToString("\"Ferries\"");
      assertThat(server.post(PATH, "{\"titel\":\"Ferries\"}").statusCode()).isEqualTo(400);
    }
  }
}
