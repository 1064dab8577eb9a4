package brimful.http;

import static brimful.http.OtterChat.question;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.model.Cost;
import brimful.model.ModelCatalog;
import brimful.testing.FakeDeepSeek;
import brimful.testing.Script;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every parameter of OpenAI's protocol reaches the model, or is refused by name.
final class ChatParametersTest {
  private static final String TOOLS =
      "[{\"type\":\"function\",\"function\":{\"name\":\"weather\",\"parameters\":{\"type\":\"object\"}}}]";

  @TempDir private Path folder;

  private TestServer otters(FakeDeepSeek model) {
    return new OtterChat(folder).server(model);
  }

  private JsonNode sent(ObjectNode body) {
    return new OtterChat(folder).sent(body);
  }

  private JsonNode refused(ObjectNode body) {
    return new OtterChat(folder).refused(body);
  }

  private JsonNode replied(Script script, ObjectNode body) {
    return new OtterChat(folder).replied(script, body);
  }

  @Test
  void passesOnWhatTheModelsServerTakes() {
    String more =
        """
        "temperature":0.3,"top_p":0.9,"stop":["END"],"presence_penalty":0.5,"frequency_penalty":-0.5,
        "logprobs":true,"top_logprobs":2,"reasoning_effort":"low","response_format":{"type":"json_object"},
        "tools":%s,"tool_choice":"none"\
        """
            .formatted(TOOLS);

    JsonNode sent = sent(question(more));

    question(more)
        .properties()
        .forEach(field -> {
          if (!List.of("model", "messages").contains(field.getKey())) {
            assertThat(sent.path(field.getKey())).as(field.getKey()).isEqualTo(field.getValue());
          }
        });
  }

  @Test
  void passesMoreOnToServersThatTakeMore() {
    String more =
        """
        "seed":7,"user":"ann","store":true,"metadata":{"a":"b"},"parallel_tool_calls":false,
        "response_format":{"type":"json_schema","json_schema":{"name":"x","schema":{"type":"object"}}}\
        """;
    ObjectNode body = question(more).put("model", "brimful/docs/gpt-5");

    JsonNode sent = sent(body);

    for (String field :
        List.of("seed", "user", "store", "metadata", "parallel_tool_calls", "response_format")) {
      assertThat(sent.path(field)).as(field).isEqualTo(body.path(field));
    }
  }

  @Test
  void refusesByNameWhatTheModelsServerDoesNotTake() {
    JsonNode error = refused(question("\"seed\":7"));

    assertThat(error.path("code").asText()).isEqualTo("unsupported_parameter");
    assertThat(error.path("param").asText()).isEqualTo("seed");
    assertThat(error.path("message").asText())
        .isEqualTo("deepseek-flash does not take \"seed\": leave it out");
  }

  @Test
  void refusesTheKindOfFormatThatTheModelsServerDoesNotTake() {
    JsonNode error =
        refused(
            question(
                "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"x\",\"schema\":{}}}"));

    assertThat(error.path("param").asText()).isEqualTo("response_format");
    assertThat(error.path("message").asText()).contains("response_format.json_schema");
  }

  @Test
  void refusesFieldsThatNobodyKnows() {
    JsonNode error = refused(question("\"temprature\":1"));

    assertThat(error.path("code").asText()).isEqualTo("unknown_parameter");
    assertThat(error.path("param").asText()).isEqualTo("temprature");
  }

  @Test
  void refusesMoreThanOneAnswer() {
    assertThat(refused(question("\"n\":2")).path("param").asText()).isEqualTo("n");
  }

  @Test
  void refusesValuesOfAnotherKind() {
    JsonNode error = refused(question("\"temperature\":\"hot\""));

    assertThat(error.path("message").asText())
        .isEqualTo("\"temperature\" is \"hot\": give a number");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "temperature | 9 | a number from 0 to 2",
        "temperature | -0.1 | a number from 0 to 2",
        "top_p | 1.01 | a number from 0 to 1",
        "presence_penalty | -3 | a number from -2 to 2",
        "frequency_penalty | 2.5 | a number from -2 to 2",
        "top_logprobs | 21 | a whole number from 0 to 20",
        "stop | [1] | a text, or a list of texts",
        "stream | \"yes\" | true or false",
        "stream | 1 | true or false"
      })
  void refusesValuesOutOfRangeWhetherAModelIsConnectedOrNot(
      String name, String value, String form) {
    ObjectNode body = question("\"%s\":%s".formatted(name, value));
    String line = "\"%s\" is %s: give %s".formatted(name, value, form);

    JsonNode error = refused(body);

    assertThat(error.path("message").asText()).isEqualTo(line);
    assertThat(error.path("param").asText()).isEqualTo(name);
    try (TestServer alone = alone()) {
      HttpResponse<String> response = alone.post("/v1/chat/completions", body.toString());
      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(TestServer.tree(response.body()).at("/error/message").asText()).isEqualTo(line);
    }
  }

  private TestServer alone() {
    return TestServer.alone(folder.resolve("alone"))
        .file("otters.md", "# Otters\n\nThey swim in rivers.\n")
        .collection("docs");
  }

  @Test
  void refusesJsonWhereNoModelCanWriteIt() {
    try (TestServer alone = alone()) {
      HttpResponse<String> json =
          alone.post(
              "/v1/chat/completions",
              question("\"response_format\":{\"type\":\"json_object\"}").toString());
      HttpResponse<String> responses =
          alone.post(
              "/v1/responses",
              "{\"model\":\"brimful/docs\",\"input\":\"Where do otters swim?\",\"text\":{\"format\":{\"type\":\"json_object\"}}}");
      HttpResponse<String> text =
          alone.post(
              "/v1/chat/completions",
              question("\"response_format\":{\"type\":\"text\"}").toString());

      assertThat(json.statusCode()).as(json.body()).isEqualTo(400);
      assertThat(TestServer.tree(json.body()).at("/error/param").asText())
          .isEqualTo("response_format");
      assertThat(TestServer.tree(json.body()).at("/error/message").asText())
          .contains("no model is connected");
      assertThat(TestServer.tree(responses.body()).at("/error/param").asText())
          .isEqualTo("text.format");
      assertThat(text.statusCode()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "messages[0].weight | {\"role\":\"user\",\"content\":\"x\",\"weight\":1}",
        "messages[0].prefix | {\"role\":\"assistant\",\"content\":\"x\",\"prefix\":true}",
        "messages[0].function_call | {\"role\":\"assistant\",\"content\":\"x\",\"function_call\":{\"name\":\"f\"}}",
        "messages[0].content[1].file | {\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"x\"},{\"type\":\"text\",\"text\":\"y\",\"file\":1}]}",
        "messages[0].tool_calls[0].when | {\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c\",\"when\":1,\"function\":{}}]}",
        "messages[0].tool_calls[0].function.strict | {\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c\",\"function\":{\"strict\":true}}]}"
      })
  void refusesFieldsOfMessagesThatNobodyKnows(String param, String message) {
    JsonNode error = refused(after(message));

    assertThat(error.path("param").asText()).isEqualTo(param);
    assertThat(error.path("code").asText()).isEqualTo("unknown_parameter");
    assertThat(error.path("message").asText()).contains(param);
  }

  private static ObjectNode after(String message) {
    ObjectNode body = question("");
    body.withArray("messages").insert(0, TestServer.tree(message));
    return body;
  }

  @Test
  void listsFieldsOfMessagesThatDoNotAffectTheAnswer() {
    JsonNode reply =
        replied(
            Script.answer("In rivers."),
            after(
                """
                {"role":"assistant","content":[{"type":"text","text":"x","cache_control":{"type":"ephemeral"}}],\
                "name":"ann","audio":null,"function_call":null,"annotations":[],"tool_calls":[]}\
                """));

    assertThat(reply.at("/brimful/ignored").toString())
        .isEqualTo("[\"messages[].name\",\"messages[].content[].cache_control\"]");
  }

  @Test
  void whatWasRefusedBeforeIsPartOfTheConversation() {
    JsonNode sent =
        sent(after("{\"role\":\"assistant\",\"content\":null,\"refusal\":\"I may not tell.\"}"));

    assertThat(sent.path("messages").toString()).contains("I may not tell.");
  }

  @Test
  void aSuffixThatIsNoBudgetIsNamed() {
    for (String name : List.of("brimful/docs@banana", "brimful/docs@banana/deepseek-flash")) {
      JsonNode error = refused(question("").put("model", name));

      assertThat(error.path("param").asText()).isEqualTo("model");
      assertThat(error.path("message").asText())
          .startsWith("model \"" + name + "\": @banana")
          .contains("is no budget", "@32k", "@auto", "@none");
    }
  }

  @Test
  void takesDefaultsForNothing() {
    JsonNode sent =
        sent(
            question(
                "\"n\":1,\"store\":false,\"parallel_tool_calls\":true,\"seed\":null,\"logit_bias\":{},\"response_format\":{\"type\":\"text\"}"));

    assertThat(sent.has("store")).isFalse();
    assertThat(sent.has("seed")).isFalse();
    assertThat(sent.has("response_format")).isFalse();
  }

  @Test
  void listsWhatDoesNotAffectTheAnswer() {
    JsonNode reply =
        replied(
            Script.answer("In rivers."), question("\"user\":\"ann\",\"metadata\":{\"a\":\"b\"}"));

    assertThat(reply.at("/brimful/ignored").toString()).isEqualTo("[\"user\",\"metadata\"]");
  }

  @Test
  void honoursTheLimitOfTheReplyByEitherName() {
    assertThat(sent(question("\"max_tokens\":1000")).path("max_tokens").asInt()).isEqualTo(1_000);
    assertThat(sent(question("\"max_completion_tokens\":50")).path("max_tokens").asInt())
        .isEqualTo(50);
    assertThat(
            sent(question("\"max_tokens\":70").put("model", "brimful/docs/gpt-5"))
                .path("max_completion_tokens")
                .asInt())
        .isEqualTo(70);
  }

  @Test
  void refusesLimitsThatContradictEachOtherOrTheModel() {
    assertThat(
            refused(question("\"max_tokens\":10,\"max_completion_tokens\":20"))
                .path("param")
                .asText())
        .isEqualTo("max_tokens");
    assertThat(refused(question("\"max_tokens\":0")).path("param").asText())
        .isEqualTo("max_tokens");
    assertThat(refused(question("\"max_tokens\":9000000")).path("message").asText())
        .contains("reply of 9000000 tokens");
  }

  @Test
  void reservesTheMoneyOfTheLimitedReplyOnly() throws InterruptedException {
    Script stalled = Script.stream(List.of(Script.text("In "))).ending(Script.End.STALL);
    try (FakeDeepSeek model = FakeDeepSeek.start(stalled);
        TestServer testServer = otters(model)) {
      ObjectNode body = question("\"max_tokens\":10").put("stream", true);
      var asking =
          Thread.ofVirtual().start(() -> testServer.post("/v1/chat/completions", body.toString()));
      long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (testServer.spending.balance("local").reservedUsd() == 0 && System.nanoTime() < end) {
        Thread.sleep(20);
      }

      double reserved = testServer.spending.balance("local").reservedUsd();

      double usual =
          Cost.estimate(ModelCatalog.builtIn().defaultProfile(), 0, 32_768, Instant.now())
              .mostUsd();
      assertThat(reserved).isPositive().isLessThan(usual / 10);
      model.close();
      asking.join(Duration.ofSeconds(20));
    }
  }

  @Test
  void aParameterThatTheModelsServerRefusesIsNamed() {
    Script refusal =
        new Script(
            400,
            Map.of("Content-Type", "application/json"),
            List.of(
                "{\"error\":{\"message\":\"Unsupported value at api.openai.example\",\"type\":\"invalid_request_error\",\"param\":\"temperature\",\"code\":\"unsupported_value\"}}"),
            true,
            Script.End.WHOLE);
    try (FakeDeepSeek model = FakeDeepSeek.start(refusal);
        TestServer testServer = otters(model)) {
      HttpResponse<String> response =
          testServer.post("/v1/chat/completions", question("\"temperature\":0.3").toString());

      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(TestServer.tree(response.body()).at("/error/param").asText())
          .isEqualTo("temperature");
      assertThat(response.body())
          .contains("deepseek-flash does not take")
          .doesNotContain("api.openai");
      assertThat(testServer.post("/v1/chat/completions", question("").toString()).statusCode())
          .isEqualTo(422);
    }
  }
}
