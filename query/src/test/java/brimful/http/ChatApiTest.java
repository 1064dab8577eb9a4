package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.FakeDeepSeek;
import brimful.testing.Script;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.model.openai.OpenAiChatModel;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChatApiTest {
  private static final String PIXEL =
      "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

  @TempDir private Path folder;

  private static TestServer otters(Path folder, FakeDeepSeek model) {
    return TestServer.with(folder, model)
        .file("otters.md", "# Otters\n\nThey swim in rivers.\n")
        .collection("docs");
  }

  private static ObjectNode chat(String... turns) {
    ObjectNode body = TestServer.JSON.createObjectNode().put("model", "brimful/docs");
    ArrayNode messages = body.putArray("messages");
    for (int i = 0; i < turns.length; i += 2) {
      messages.addObject().put("role", turns[i]).put("content", turns[i + 1]);
    }
    return body;
  }

  @Test
  void langChain4jsClientGetsAModelThatHasReadTheCollection() {
    try (FakeDeepSeek model = FakeDeepSeek.start(Script.answer("In rivers [root/otters.md:3]."));
        TestServer testServer = otters(folder, model)) {
      var client =
          OpenAiChatModel.builder()
              .baseUrl("http://127.0.0.1:%s/v1".formatted(testServer.port))
              .apiKey("none")
              .modelName("brimful/docs")
              .build();

      String answer = client.chat("Where do otters swim?");

      assertThat(answer).isEqualTo("In rivers [root/otters.md:3].");
      assertThat(model.requests().getFirst().body()).contains("They swim in rivers.");
    }
  }

  @Test
  void aStreamHasTheProtocolsChunksAndUsage() {
    try (FakeDeepSeek model = FakeDeepSeek.start(Script.answer("In ", "rivers."));
        TestServer testServer = otters(folder, model)) {
      ObjectNode body = chat("user", "Where do otters swim?").put("stream", true);
      body.putObject("stream_options").put("include_usage", true);

      HttpResponse<String> response = testServer.post("/v1/chat/completions", body.toString());

      List<TestServer.Event> events = TestServer.events(response.body());
      assertThat(response.body()).endsWith("data: [DONE]\n\n");
      assertThat(
              events.stream()
                  .map(event -> event.data().at("/choices/0/delta/content").asText(""))
                  .collect(Collectors.joining()))
          .isEqualTo("In rivers.");
      assertThat(events.getLast().data().at("/usage/prompt_tokens_details/cached_tokens").asInt())
          .isEqualTo(3328);
    }
  }

  @Test
  void whatWasSaidBeforeGoesAlong() {
    try (FakeDeepSeek model = FakeDeepSeek.start(Script.answer("In rivers."));
        TestServer testServer = otters(folder, model)) {
      String body =
          chat(
                  "system", "Speak like a pirate.",
                  "user", "My name is Ann.",
                  "assistant", "Ahoy Ann.",
                  "user", "Where do otters swim?")
              .toString();

      testServer.post("/v1/chat/completions", body);

      String sent = model.requests().getFirst().body();
      assertThat(sent).contains("Speak like a pirate.").contains("My name is Ann.");
      assertThat(sent.indexOf("My name is Ann.")).isLessThan(sent.indexOf("The question now"));
    }
  }

  @Test
  void aLongHistoryIsPackedAndSaysSo() {
    try (FakeDeepSeek model = FakeDeepSeek.start(Script.answer("Blue."));
        TestServer testServer = otters(folder, model)) {
      ObjectNode body = chat();
      ArrayNode messages = body.withArray("messages");
      for (int i = 0; i < 3_000; i++) {
        String text = i == 700 ? "The boat of Ann is painted cobalt blue." : filler(i);
        messages.addObject().put("role", i % 2 == 0 ? "user" : "assistant").put("content", text);
      }
      messages
          .addObject()
          .put("role", "user")
          .put("content", "Which colour has the boat of Ann that I told you of?");

      HttpResponse<String> response = testServer.post("/v1/chat/completions", body.toString());

      assertThat(response.statusCode()).isEqualTo(200);
      String sent = model.requests().getFirst().body();
      assertThat(sent)
          .contains("painted cobalt blue")
          .contains("The conversation so far had 3,000");
      assertThat(sent).contains(filler(2_999).substring(0, 40)).doesNotContain(filler(20));
    }
  }

  private static String filler(int turn) {
    return "Turn %s goes on and on about the weather. ".formatted(turn) + "It rains. ".repeat(120);
  }

  @Test
  void imagesGoToAModelThatTakesThem() {
    try (FakeDeepSeek model = FakeDeepSeek.start(Script.answer("An otter."));
        TestServer testServer = otters(folder, model)) {
      ObjectNode body = TestServer.JSON.createObjectNode().put("model", "brimful/docs");
      ArrayNode parts =
          body.putArray("messages").addObject().put("role", "user").putArray("content");
      parts.addObject().put("type", "text").put("text", "What swims here?");
      parts.addObject().put("type", "image_url").putObject("image_url").put("url", PIXEL);

      HttpResponse<String> response = testServer.post("/v1/chat/completions", body.toString());

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(model.requests().getFirst().body())
          .contains("image_url", "iVBORw0KGgo")
          .containsPattern("\"detail\"\\s*:\\s*\"auto\"");
    }
  }

  @Test
  void anImageFromElsewhereIsNotFetched() {
    try (FakeDeepSeek model = FakeDeepSeek.start(Script.answer("An otter."));
        TestServer testServer = otters(folder, model)) {
      ObjectNode body = TestServer.JSON.createObjectNode().put("model", "brimful/docs");
      ArrayNode parts =
          body.putArray("messages").addObject().put("role", "user").putArray("content");
      parts.addObject().put("type", "text").put("text", "What swims here?");
      parts
          .addObject()
          .put("type", "image_url")
          .putObject("image_url")
          .put("url", "http://169.254.169.254/latest");

      HttpResponse<String> response = testServer.post("/v1/chat/completions", body.toString());

      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(model.requests()).isEmpty();
    }
  }

  @Test
  void errorsHaveTheProtocolsForm() {
    try (FakeDeepSeek model = FakeDeepSeek.start(Script.answer("No."));
        TestServer testServer = otters(folder, model)) {
      String body = chat("user", "Where?").put("model", "gpt-5").toString();

      HttpResponse<String> response = testServer.post("/v1/chat/completions", body);

      JsonNode error = TestServer.tree(response.body()).path("error");
      assertThat(response.statusCode()).isEqualTo(404);
      assertThat(error.path("message").asText()).contains("say brimful/COLLECTION");
    }
  }

  @Test
  void modelsAreCollections() {
    try (FakeDeepSeek model = FakeDeepSeek.start(Script.answer("No."));
        TestServer testServer = otters(folder, model)) {
      JsonNode models = TestServer.tree(testServer.get("/v1/models").body());

      assertThat(models.path("data").findValuesAsText("id"))
          .contains("brimful/docs", "brimful/docs/deepseek-flash");
    }
  }
}
