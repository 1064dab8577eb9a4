package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.FakeDeepSeek;
import brimful.testing.Script;
import brimful.token.Tokenizers;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests as chat front ends and coding assistants send them, by their published source, on a
/// collection that fills any window.
final class FrontEndsTest {
  private static final int HOUSEKEEPING_TOKENS_MAX = 2_000;

  @TempDir private Path folder;
  private FakeDeepSeek model;
  private TestServer testServer;

  @BeforeEach
  void serve() {
    model = FakeDeepSeek.start(Script.answer("At noon."));
    TestServer server =
        TestServer.with(folder, model).file("broker.md", "# Broker\n\nIt rebalances at noon.\n");
    for (int i = 0; i < 60; i++) {
      server.file(
          "chapter%s.md".formatted(i),
          "# Chapter %s\n\n".formatted(i)
              + "The group coordinator of chapter %s rebalances members, titles and tags.\n\n"
                  .formatted(i)
                  .repeat(200));
    }
    testServer = server.collection("docs");
  }

  @AfterEach
  void stop() {
    testServer.close();
    model.close();
  }

  private static ObjectNode recorded(String name) {
    try (InputStream stream =
        Objects.requireNonNull(
            FrontEndsTest.class.getResourceAsStream("/clients/" + name + ".json"))) {
      return (ObjectNode) TestServer.JSON.readTree(stream);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private JsonNode sent(ObjectNode body) {
    HttpResponse<String> response = testServer.post("/v1/chat/completions", body.toString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return TestServer.tree(model.requests().getLast().body());
  }

  private static int tokens(JsonNode sent) {
    return Tokenizers.named("deepseek-v3")
        .count(String.join("\n", sent.path("messages").findValuesAsText("content")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "open-webui-title",
        "open-webui-tags",
        "open-webui-follow-ups",
        "open-webui-queries",
        "open-webui-autocomplete",
        "librechat-title",
        "librechat-title-structured",
        "continue-title"
      })
  void housekeepingCostsNoWindow(String name) {
    JsonNode sent = sent(recorded(name));

    assertThat(tokens(sent)).isLessThan(HOUSEKEEPING_TOKENS_MAX);
    assertThat(sent.toString()).doesNotContain("<documents>", "Cite the source");
    assertThat(sent.at("/thinking/type").asText()).isEqualTo("disabled");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "open-webui-chat",
        "librechat-chat",
        "continue-chat",
        "continue-tool-result",
        "cline-task"
      })
  void questionsGetDocuments(String name) {
    JsonNode sent = sent(recorded(name));

    assertThat(sent.toString()).contains("How does the group coordinator rebalance?");
    assertThat(tokens(sent)).isBetween(HOUSEKEEPING_TOKENS_MAX, 130_000);
    assertThat(sent.has("thinking")).isFalse();
  }

  @Test
  void greetingsCostNoWindowAndTheirConversationOnlyALittle() {
    ObjectNode body = recorded("open-webui-chat");
    JsonNode question = body.withArray("messages").get(1);
    ((ObjectNode) question).put("content", "Hi!");

    assertThat(tokens(sent(body))).isLessThan(100);

    body.withArray("messages").removeAll();
    for (int i = 0; i < 40; i++) {
      body.withArray("messages")
          .addObject()
          .put("role", i % 2 == 0 ? "user" : "assistant")
          .put("content", "The weather is fine. ".repeat(200));
    }
    body.withArray("messages").addObject().put("role", "user").put("content", "Thank you!");

    assertThat(tokens(sent(body))).isLessThan(HOUSEKEEPING_TOKENS_MAX);
  }

  @Test
  void aPersonsOwnInstructionsDoNotTakeTheDocumentsAway() {
    ObjectNode body = recorded("open-webui-chat");
    ObjectNode system = (ObjectNode) body.withArray("messages").get(0);
    system.put("content", "### Task:\nAnswer. The conversation is in <chat_history>.");

    assertThat(sent(body).toString()).contains("<documents>");
  }

  @Test
  void aTitleMayBeAskedForByTheSystem() {
    ObjectNode body = recorded("open-webui-chat");
    ObjectNode system = (ObjectNode) body.withArray("messages").get(0);
    system.put(
        "content",
        "Generate a short title (four words or less) for this. Reply with only the title, nothing else.");

    assertThat(sent(body).toString()).doesNotContain("<documents>");
  }

  @Test
  void toolsAndFormsAreNotForbiddenByTheRules() {
    ObjectNode tools = recorded("continue-chat");
    ObjectNode form = recorded("open-webui-chat");
    form.putObject("response_format").put("type", "json_object");

    assertThat(sent(tools).toString()).contains("Call the tools that you are given");
    assertThat(sent(form).toString()).contains("Answer in JSON, in the form that is asked for");
    assertThat(sent(recorded("open-webui-chat")).toString())
        .doesNotContain("Call the tools", "Answer in JSON");
  }

  @Test
  void theNamesSuffixAndTheFieldSetTheBudget() {
    ObjectNode body = recorded("open-webui-chat");

    assertThat(tokens(sent(body.deepCopy().put("model", "brimful/docs@8k"))))
        .isBetween(6_000, 9_500);
    assertThat(tokens(sent(body.deepCopy().put("model", "brimful/docs/deepseek-v4-pro@4k"))))
        .isBetween(3_000, 5_000);
    assertThat(tokens(sent(body.deepCopy().put("model", "brimful/docs@8k").put("budget", 20_000))))
        .isBetween(16_000, 23_000);
    assertThat(tokens(sent(body.deepCopy().put("budget", "none")))).isLessThan(100);
    assertThat(tokens(sent(recorded("open-webui-title").put("budget", "8k")))).isGreaterThan(6_000);
  }

  @Test
  void aBudgetThatIsNoneIsRefusedByName() {
    HttpResponse<String> response =
        testServer.post(
            "/v1/chat/completions", recorded("open-webui-chat").put("budget", "lots").toString());

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(TestServer.tree(response.body()).at("/error/param").asText()).isEqualTo("budget");
  }
}
