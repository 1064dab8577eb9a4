package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.http.key.Grant;
import brimful.testing.FakeDeepSeek;
import brimful.testing.Script;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ResponsesApiTest {
  private static final String RESPONSES = "/v1/responses";
  private static final Script CALL =
      Script.stream(
          List.of(
              Script.delta("{\"content\":null,\"reasoning_content\":\"Hm.\"}"),
              Script.delta(
                  "{\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"shell\",\"arguments\":\"\"}}]}"),
              Script.delta("{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{}\"}}]}"),
              Script.finish("tool_calls"),
              Script.usage(9, 3, 5, 2),
              "data: [DONE]"));

  @TempDir private Path folder;
  private final AtomicReference<Script> script =
      new AtomicReference<>(
          Script.stream(Script.answerEvents(List.of("Let me "), List.of("In ", "rivers."))));
  private FakeDeepSeek model;
  private TestServer testServer;

  @BeforeEach
  void serve() {
    model = FakeDeepSeek.start(0, Duration.ZERO, _ -> script.get());
    testServer =
        TestServer.locked(folder, model)
            .file("otters.md", "# Otters\n\nThey swim in rivers.\n")
            .collection("docs");
    testServer.as(testServer.keys.add("one", Grant.asking("*"), 0, 1_000));
  }

  @AfterEach
  void stop() {
    testServer.close();
    model.close();
  }

  private static ObjectNode request(String more) {
    return (ObjectNode)
        TestServer.tree(
            "{\"model\":\"brimful/docs\",\"input\":\"Where do otters swim?\"%s}"
                .formatted(more.isEmpty() ? "" : "," + more));
  }

  private JsonNode ok(ObjectNode body) {
    HttpResponse<String> response = testServer.post(RESPONSES, body.toString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return TestServer.tree(response.body());
  }

  private JsonNode sent() {
    return TestServer.tree(model.requests().getLast().body());
  }

  @Test
  void aWholeResponseHasReasoningAndText() {
    JsonNode response =
        ok(request("\"instructions\":\"Be brief.\",\"max_output_tokens\":700,\"temperature\":0.5"));

    assertThat(response.path("object").asText()).isEqualTo("response");
    assertThat(response.path("status").asText()).isEqualTo("completed");
    assertThat(response.path("output").findValuesAsText("type"))
        .containsExactly("reasoning", "reasoning_text", "message", "output_text");
    assertThat(response.at("/output/1/content/0/text").asText()).isEqualTo("In rivers.");
    assertThat(response.at("/usage/input_tokens").asInt()).isEqualTo(3353);
    assertThat(response.at("/usage/input_tokens_details/cached_tokens").asInt()).isEqualTo(3328);
    assertThat(response.at("/brimful/receipt/answered").asBoolean()).isTrue();
    assertThat(sent().path("max_tokens").asInt()).isEqualTo(700);
    assertThat(sent().path("temperature").asDouble()).isEqualTo(0.5);
    assertThat(sent().path("messages").toString()).contains("Be brief.", "They swim in rivers.");
  }

  @Test
  void aStreamHasTheProtocolsEventsInOrder() {
    HttpResponse<String> response =
        testServer.post(RESPONSES, request("\"stream\":true").toString());

    List<TestServer.Event> events = TestServer.events(response.body());
    List<String> types = events.stream().map(event -> event.data().path("type").asText()).toList();
    assertThat(types)
        .containsExactly(
            "response.created",
            "response.in_progress",
            "response.output_item.added",
            "response.reasoning_text.delta",
            "response.reasoning_text.done",
            "response.output_item.done",
            "response.output_item.added",
            "response.content_part.added",
            "response.output_text.delta",
            "response.output_text.delta",
            "response.output_text.done",
            "response.content_part.done",
            "response.output_item.done",
            "response.completed");
    for (int i = 0; i < events.size(); i++) {
      assertThat(events.get(i).data().path("sequence_number").asInt()).isEqualTo(i);
      assertThat(events.get(i).name()).isEqualTo(types.get(i));
    }
    assertThat(events.getLast().data().at("/response/output/1/content/0/text").asText())
        .isEqualTo("In rivers.");
  }

  @Test
  void aResponseContinuesOneOfTheSameKey() {
    String first = ok(request("")).path("id").asText();

    ok(request("\"previous_response_id\":\"%s\"".formatted(first)).put("input", "And in winter?"));

    assertThat(sent().path("messages").toString())
        .contains("[user] Where do otters swim?", "[assistant] In rivers.", "And in winter?");
    assertThat(testServer.get(RESPONSES + "/" + first).statusCode()).isEqualTo(200);

    testServer.as(testServer.keys.add("two", Grant.asking("*"), 0, 1_000));
    HttpResponse<String> others =
        testServer.post(
            RESPONSES, request("\"previous_response_id\":\"%s\"".formatted(first)).toString());
    assertThat(others.statusCode()).isEqualTo(404);
    assertThat(TestServer.tree(others.body()).at("/error/param").asText())
        .isEqualTo("previous_response_id");
    assertThat(testServer.get(RESPONSES + "/" + first).statusCode()).isEqualTo(404);
  }

  @Test
  void aResponseThatIsNotStoredOrIsDeletedIsGone() {
    String unstored = ok(request("\"store\":false")).path("id").asText();
    String stored = ok(request("")).path("id").asText();

    assertThat(testServer.delete(RESPONSES + "/" + stored).statusCode()).isEqualTo(200);

    assertThat(testServer.get(RESPONSES + "/" + unstored).statusCode()).isEqualTo(404);
    assertThat(testServer.get(RESPONSES + "/" + stored).statusCode()).isEqualTo(404);
  }

  @Test
  void callsOfToolsAndTheirResultsGoBothWays() {
    script.set(CALL);
    String tools =
        "\"tools\":[{\"type\":\"function\",\"name\":\"shell\",\"parameters\":{\"type\":\"object\"},\"strict\":false}],\"tool_choice\":{\"type\":\"function\",\"name\":\"shell\"}";

    JsonNode first = ok(request(tools));

    assertThat(sent().at("/tools/0/function/name").asText()).isEqualTo("shell");
    assertThat(sent().at("/tool_choice/function/name").asText()).isEqualTo("shell");
    JsonNode call = first.at("/output/1");
    assertThat(call.path("type").asText()).isEqualTo("function_call");
    assertThat(call.path("call_id").asText()).isEqualTo("c1");
    assertThat(call.path("arguments").asText()).isEqualTo("{}");

    script.set(Script.answer("In rivers."));
    ObjectNode next =
        request("\"previous_response_id\":\"%s\"".formatted(first.path("id").asText()));
    next.putArray("input")
        .addObject()
        .put("type", "function_call_output")
        .put("call_id", "c1")
        .put("output", "wet");
    ok(next);

    JsonNode messages = sent().path("messages");
    assertThat(messages.findValuesAsText("role"))
        .containsExactly("system", "user", "assistant", "tool");
    assertThat(messages.get(2).path("reasoning_content").asText()).isEqualTo("Hm.");
    assertThat(messages.get(3).path("content").asText()).isEqualTo("wet");
  }

  @Test
  void callsStreamWithTheirArguments() {
    script.set(CALL);

    List<TestServer.Event> events =
        TestServer.events(testServer.post(RESPONSES, request("\"stream\":true").toString()).body());

    assertThat(
            events.stream()
                .filter(event ->
                    event.data().path("type").asText().endsWith("function_call_arguments.delta"))
                .map(event -> event.data().path("delta").asText())
                .collect(Collectors.joining()))
        .isEqualTo("{}");
  }

  @Test
  void codexIsUnderstood() throws IOException {
    JsonNode body;
    try (InputStream recorded =
        Objects.requireNonNull(
            ResponsesApiTest.class.getResourceAsStream("/clients/codex-responses.json"))) {
      body = TestServer.JSON.readTree(recorded);
    }

    HttpResponse<String> response = testServer.post(RESPONSES, body.toString());

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(sent().path("reasoning_effort").asText()).isEqualTo("high");
    assertThat(sent().at("/tools/0/function/name").asText()).isEqualTo("shell");
    assertThat(sent().path("messages").toString())
        .contains("coding agent", "How does the group coordinator rebalance?");
    List<TestServer.Event> events = TestServer.events(response.body());
    assertThat(events.getLast().data().at("/response/brimful/ignored").toString())
        .isEqualTo("[\"include\",\"parallel_tool_calls\",\"prompt_cache_key\"]");
  }

  @Test
  void structuredOutputsAreTranslated() {
    ok(
        request(
                "\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"x\",\"strict\":true,\"schema\":{\"type\":\"object\"}}}")
            .put("model", "brimful/docs/gpt-5"));

    assertThat(sent().path("response_format").toString())
        .isEqualTo(
            "{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"x\",\"schema\":{\"type\":\"object\"},\"strict\":true}}");
  }

  @Test
  void aLimitThatIsReachedIsIncomplete() {
    script.set(Script.stream(List.of(Script.text("In"), Script.finish("length"), "data: [DONE]")));

    JsonNode response = ok(request(""));

    assertThat(response.path("status").asText()).isEqualTo("incomplete");
    assertThat(response.at("/incomplete_details/reason").asText()).isEqualTo("max_output_tokens");
  }

  @Test
  void errorsNameTheFieldAsItIsCalledHere() {
    assertThat(param("\"max_output_tokens\":0")).isEqualTo("max_output_tokens");
    assertThat(
            param("\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"x\",\"schema\":{}}}"))
        .isEqualTo("text.format");
    assertThat(param("\"messages\":[]")).isEqualTo("messages");
    assertThat(param("\"background\":true")).isEqualTo("background");
    assertThat(param("\"tools\":[{\"type\":\"web_search\"}]")).isEqualTo("tools");
    assertThat(param("\"surprise\":1")).isEqualTo("surprise");
    assertThat(model.requests()).isEmpty();
  }

  private String param(String more) {
    HttpResponse<String> response = testServer.post(RESPONSES, request(more).toString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    return TestServer.tree(response.body()).at("/error/param").asText();
  }

  @Test
  void aFailureAfterTheBeginningIsAnEvent() {
    script.set(Script.stream(List.of(Script.text("In "))).ending(Script.End.CUT));

    List<TestServer.Event> events =
        TestServer.events(testServer.post(RESPONSES, request("\"stream\":true").toString()).body());

    assertThat(events.getLast().name()).isEqualTo("response.failed");
    assertThat(events.getLast().data().at("/response/error/code").asText())
        .isEqualTo("server_error");
  }

  @Test
  void modelsAreFoundByTheirIdEncodedOrNot() {
    for (String path :
        List.of(
            "/v1/models/brimful/docs",
            "/v1/models/brimful%2Fdocs",
            "/v1/models/brimful%2Fdocs%2Fdeepseek-flash",
            "/v1/models/brimful/docs/deepseek-flash@32k")) {
      HttpResponse<String> response = testServer.get(path);

      assertThat(response.statusCode()).as(path + response.body()).isEqualTo(200);
      assertThat(TestServer.tree(response.body()).path("id").asText()).startsWith("brimful/docs");
    }
    for (String path :
        List.of(
            "/v1/models/brimful/none",
            "/v1/models/brimful%2Fnone",
            "/v1/models/gpt-5",
            "/v1/models/brimful/docs/none")) {
      assertThat(testServer.get(path).statusCode()).as(path).isEqualTo(404);
    }
    for (String path : List.of("/v1/models/..%2F..%2Fmcp", "/v1/models/%2F", "/v1%2Fmodels")) {
      assertThat(RawHttp.send(testServer.port, "GET", path).status()).as(path).isIn(400, 401);
    }
  }

  @Test
  void whatIsNotServedSaysWhatIs() {
    assertThat(testServer.post("/v1/completions", "{}").statusCode()).isEqualTo(404);
    assertThat(testServer.post("/v1/completions", "{}").body()).contains("/v1/chat/completions");
    assertThat(testServer.post("/v1/embeddings", "{}").body()).contains("/v1/search");
  }
}
